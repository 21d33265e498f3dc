//! Colours and attributes: the shortest sequence from what the terminal has to what a cell needs.

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

/// The attributes that are ever sent; blinking and hiding are not.
pub const SUPPORTED: Modifier = Modifier::BOLD
    .union(Modifier::DIM)
    .union(Modifier::ITALIC)
    .union(Modifier::UNDERLINED)
    .union(Modifier::REVERSED)
    .union(Modifier::CROSSED_OUT);
/// The attributes that show where there is no letter.
pub const SEEN_ON_BLANKS: Modifier =
    Modifier::UNDERLINED.union(Modifier::REVERSED).union(Modifier::CROSSED_OUT);

/// `(attribute, code that sets it, code that takes it back)`.
const CODES: [(Modifier, u8, u8); 6] = [
    (Modifier::BOLD, 1, 22),
    (Modifier::DIM, 2, 22),
    (Modifier::ITALIC, 3, 23),
    (Modifier::UNDERLINED, 4, 24),
    (Modifier::REVERSED, 7, 27),
    (Modifier::CROSSED_OUT, 9, 29),
];

/// Colours and attributes of a cell, or of the next symbol that the terminal will receive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Attributes {
    foreground: Color,
    background: Color,
    modifier: Modifier,
}

impl Attributes {
    /// The attributes of a cell.
    pub const fn of(cell: &Cell) -> Self {
        Self { foreground: cell.fg, background: cell.bg, modifier: cell.modifier }
    }

    /// Tells whether a symbol written with these attributes looks as `cell` should: a blank shows
    /// neither the colour nor the weight of its letter.
    pub fn suit(self, cell: &Cell) -> bool {
        let wanted = Self::of(cell);
        self == wanted
            || cell.symbol() == " "
                && self.background == wanted.background
                && !self.modifier.union(wanted.modifier).intersects(SEEN_ON_BLANKS)
    }

    /// Writes the shortest sequence that leads from these attributes to `wanted`.
    pub fn change(self, wanted: Self, out: &mut Vec<u8>) {
        if self == wanted {
            return;
        }
        // An empty first code resets everything.
        let afresh = [String::new()].into_iter().chain(Self::default().codes_to(wanted)).collect::<Vec<_>>();
        let stepwise = self.codes_to(wanted);
        let (afresh, stepwise) = (afresh.join(";"), stepwise.join(";"));
        let shortest = if afresh.len() < stepwise.len() { afresh } else { stepwise };
        out.extend_from_slice(format!("\x1b[{shortest}m").as_bytes());
    }

    /// The codes of a change without a reset.
    fn codes_to(self, wanted: Self) -> Vec<String> {
        let mut codes = Vec::new();
        let mut kept = self.modifier;
        for (attribute, _, off) in CODES {
            if kept.contains(attribute) && !wanted.modifier.contains(attribute) {
                codes.push(off.to_string());
                // Bold and dim are taken back by one code, together.
                for (other, _, same) in CODES {
                    if same == off {
                        kept.remove(other);
                    }
                }
            }
        }
        for (attribute, on, _) in CODES {
            if wanted.modifier.contains(attribute) && !kept.contains(attribute) {
                codes.push(on.to_string());
            }
        }
        if self.foreground != wanted.foreground {
            codes.push(colour(wanted.foreground, 30));
        }
        if self.background != wanted.background {
            codes.push(colour(wanted.background, 40));
        }
        codes
    }
}

/// The code of a colour; `base` is 30 for letters and 40 for the ground.
fn colour(colour: Color, base: u8) -> String {
    let bright = base + 60;
    let code = match colour {
        Color::Reset => base + 9,
        Color::Black => base,
        Color::Red => base + 1,
        Color::Green => base + 2,
        Color::Yellow => base + 3,
        Color::Blue => base + 4,
        Color::Magenta => base + 5,
        Color::Cyan => base + 6,
        Color::Gray => base + 7,
        Color::DarkGray => bright,
        Color::LightRed => bright + 1,
        Color::LightGreen => bright + 2,
        Color::LightYellow => bright + 3,
        Color::LightBlue => bright + 4,
        Color::LightMagenta => bright + 5,
        Color::LightCyan => bright + 6,
        Color::White => bright + 7,
        Color::Indexed(index @ 0..8) => base + index,
        Color::Indexed(index @ 8..16) => bright + index - 8,
        Color::Indexed(index) => return format!("{};5;{index}", base + 8),
        Color::Rgb(red, green, blue) => return format!("{};2;{red};{green};{blue}", base + 8),
    };
    code.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(fg: Color, bg: Color, modifier: Modifier) -> Cell {
        let mut cell = Cell::new("x");
        (cell.fg, cell.bg, cell.modifier) = (fg, bg, modifier);
        cell
    }

    fn change(from: &Cell, to: &Cell) -> String {
        let mut out = Vec::new();
        Attributes::of(from).change(Attributes::of(to), &mut out);
        String::from_utf8(out).unwrap().replace('\x1b', "^")
    }

    #[test]
    fn the_shortest_change_is_chosen() {
        let plain = cell(Color::Reset, Color::Reset, Modifier::empty());
        let red = cell(Color::Red, Color::Reset, Modifier::empty());
        let loud = cell(Color::Red, Color::Blue, Modifier::BOLD | Modifier::CROSSED_OUT);
        let faint = cell(Color::Red, Color::Blue, Modifier::BOLD | Modifier::DIM);
        let bold = cell(Color::Red, Color::Blue, Modifier::BOLD);
        for (from, to, bytes) in [
            (&plain, &plain, ""),
            (&plain, &red, "^[31m"),
            (&red, &plain, "^[m"),
            (&plain, &loud, "^[1;9;31;44m"),
            (&loud, &red, "^[;31m"),
            (&loud, &bold, "^[29m"),
            (&faint, &bold, "^[22;1m"),
            (&loud, &plain, "^[m"),
        ] {
            assert_eq!(change(from, to), bytes);
        }
    }

    #[test]
    fn every_kind_of_colour_is_said() {
        assert_eq!(colour(Color::Reset, 40), "49");
        assert_eq!(colour(Color::White, 30), "97");
        assert_eq!(colour(Color::Indexed(3), 40), "43");
        assert_eq!(colour(Color::Indexed(9), 40), "101");
        assert_eq!(colour(Color::Indexed(208), 30), "38;5;208");
        assert_eq!(colour(Color::Rgb(1, 20, 255), 40), "48;2;1;20;255");
    }

    #[test]
    fn a_blank_takes_any_letter_colour() {
        let red = Attributes::of(&cell(Color::Red, Color::Reset, Modifier::BOLD));
        assert!(red.suit(&Cell::EMPTY));
        assert!(!red.suit(&cell(Color::Reset, Color::Reset, Modifier::empty())));
        let barred = Attributes::of(&cell(Color::Reset, Color::Reset, Modifier::REVERSED));
        assert!(!barred.suit(&Cell::EMPTY));
    }
}
