//! Cursor moves: the shortest sequence from one place to another.

/// A place of the cursor, from 0. A column equal to the width of the screen means that the last
/// column was written and the cursor waits to wrap: only a return or an absolute move is sure then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Column.
    pub x: usize,
    /// Row.
    pub y: usize,
}

/// The shortest move to `to`; from an unknown place the move is absolute.
pub fn shortest(from: Option<Place>, to: Place, width: usize) -> Vec<u8> {
    let absolute = absolute(to);
    let Some(from) = from else { return absolute };
    if from == to {
        return Vec::new();
    }
    let down = vertical(from.y, to.y);
    let mut best = absolute;
    let mut offer = |steps: &[&[u8]]| {
        if steps.iter().map(|it| it.len()).sum::<usize>() < best.len() {
            best = steps.concat();
        }
    };
    offer(&[b"\r", &down, &horizontal(0, to.x)]);
    if from.x < width {
        offer(&[&down, &horizontal(from.x, to.x)]);
    }
    best
}

fn absolute(to: Place) -> Vec<u8> {
    let row = if to.y == 0 { String::new() } else { (to.y + 1).to_string() };
    let column = if to.x == 0 { String::new() } else { format!(";{}", to.x + 1) };
    format!("\x1b[{row}{column}H").into_bytes()
}

/// A line feed never scrolls here: the target is on the screen and no region is set.
fn vertical(from: usize, to: usize) -> Vec<u8> {
    let rows = from.abs_diff(to);
    match (to > from, rows) {
        (_, 0) => Vec::new(),
        (true, 1..=4) => b"\n".repeat(rows),
        (true, _) => format!("\x1b[{rows}B").into_bytes(),
        (false, 1) => b"\x1bM".to_vec(),
        (false, _) => format!("\x1b[{rows}A").into_bytes(),
    }
}

fn horizontal(from: usize, to: usize) -> Vec<u8> {
    let columns = from.abs_diff(to);
    match (to > from, columns) {
        (_, 0) => Vec::new(),
        (true, 1) => b"\x1b[C".to_vec(),
        (true, _) => format!("\x1b[{columns}C").into_bytes(),
        (false, 1..=4) => b"\x08".repeat(columns),
        (false, _) => format!("\x1b[{columns}D").into_bytes(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(from: Option<(usize, usize)>, to: (usize, usize)) -> String {
        let place = |(x, y)| Place { x, y };
        let bytes = shortest(from.map(place), place(to), 80);
        String::from_utf8(bytes).unwrap().replace('\x1b', "^").replace('\x08', "<")
    }

    #[test]
    fn the_shortest_move_is_chosen() {
        for (from, to, bytes) in [
            (None, (0, 0), "^[H"),
            (None, (0, 4), "^[5H"),
            (None, (9, 0), "^[;10H"),
            (None, (9, 22), "^[23;10H"),
            (Some((5, 5)), (5, 5), ""),
            (Some((5, 5)), (0, 5), "\r"),
            (Some((5, 5)), (6, 5), "^[C"),
            (Some((5, 5)), (25, 5), "^[20C"),
            (Some((5, 5)), (3, 5), "<<"),
            (Some((50, 5)), (40, 5), "^[10D"),
            (Some((50, 5)), (1, 5), "\r^[C"),
            (Some((5, 5)), (5, 6), "\n"),
            (Some((5, 5)), (0, 7), "\r\n\n"),
            (Some((5, 5)), (5, 4), "^M"),
            (Some((5, 5)), (0, 4), "\r^M"),
            (Some((5, 5)), (4, 6), "\n<"),
            (Some((5, 5)), (5, 15), "^[10B"),
            (Some((80, 5)), (0, 6), "\r\n"),
            (Some((80, 5)), (79, 5), "\r^[79C"),
            (Some((80, 5)), (79, 6), "^[7;80H"),
        ] {
            assert_eq!(shown(from, to), bytes, "{from:?} to {to:?}");
        }
    }
}
