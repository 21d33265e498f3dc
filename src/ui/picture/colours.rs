//! The colours of a picture: those of a terminal on a dark and on a light ground.

use ratatui::style::Color;

/// On which ground a terminal writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    /// Light letters on dark.
    Dark,
    /// Dark letters on light.
    Light,
}

/// A colour as red, green, blue.
pub type Rgb = (u8, u8, u8);

/// The letters, the ground and the sixteen colours of a terminal.
pub struct Palette {
    /// Letters that have no colour of their own.
    pub letters: Rgb,
    /// The ground.
    pub ground: Rgb,
    sixteen: [Rgb; 16],
}

const ON_DARK: Palette = Palette {
    letters: (0xd4, 0xd7, 0xdb),
    ground: (0x17, 0x1a, 0x1e),
    sixteen: [
        (0x17, 0x1a, 0x1e),
        (0xe0, 0x5f, 0x57),
        (0x84, 0xb2, 0x84),
        (0xe0, 0xb0, 0x62),
        (0x6c, 0x9f, 0xd0),
        (0xb8, 0x8c, 0xc8),
        (0x72, 0xb4, 0xc0),
        (0xd4, 0xd7, 0xdb),
        (0x8a, 0x8f, 0x96),
        (0xff, 0x7b, 0x70),
        (0x9c, 0xcc, 0x9c),
        (0xf4, 0xc8, 0x7c),
        (0x8c, 0xba, 0xe8),
        (0xd0, 0xa8, 0xde),
        (0x90, 0xd0, 0xdc),
        (0xff, 0xff, 0xff),
    ],
};
const ON_LIGHT: Palette = Palette {
    letters: (0x22, 0x26, 0x2b),
    ground: (0xfc, 0xfc, 0xfa),
    sixteen: [
        (0x22, 0x26, 0x2b),
        (0xbe, 0x1e, 0x1e),
        (0x3c, 0x6e, 0x46),
        (0xa0, 0x5a, 0x00),
        (0x1c, 0x5a, 0xa0),
        (0x8a, 0x3c, 0x96),
        (0x10, 0x74, 0x84),
        (0xd8, 0xd8, 0xd4),
        (0x69, 0x6e, 0x76),
        (0xd8, 0x3a, 0x34),
        (0x4c, 0x8a, 0x58),
        (0xb8, 0x74, 0x10),
        (0x30, 0x74, 0xc0),
        (0xa4, 0x58, 0xb0),
        (0x20, 0x90, 0xa0),
        (0xfc, 0xfc, 0xfa),
    ],
};

impl Ground {
    /// Returns the colours on it.
    pub const fn palette(self) -> &'static Palette {
        match self {
            Self::Dark => &ON_DARK,
            Self::Light => &ON_LIGHT,
        }
    }
}

impl Palette {
    /// Returns the colour of a cell's letter or ground; nothing where it is the terminal's own.
    pub fn colour(&self, colour: Color) -> Option<Rgb> {
        let index = match colour {
            Color::Reset => return None,
            Color::Rgb(red, green, blue) => return Some((red, green, blue)),
            Color::Indexed(index) => index,
            Color::Black => 0,
            Color::Red => 1,
            Color::Green => 2,
            Color::Yellow => 3,
            Color::Blue => 4,
            Color::Magenta => 5,
            Color::Cyan => 6,
            Color::Gray => 7,
            Color::DarkGray => 8,
            Color::LightRed => 9,
            Color::LightGreen => 10,
            Color::LightYellow => 11,
            Color::LightBlue => 12,
            Color::LightMagenta => 13,
            Color::LightCyan => 14,
            Color::White => 15,
        };
        Some(self.indexed(index))
    }

    /// The 256 colours: the sixteen, a cube of 6 x 6 x 6, 24 greys.
    fn indexed(&self, index: u8) -> Rgb {
        if let Some(colour) = self.sixteen.get(usize::from(index)) {
            return *colour;
        }
        if index >= 232 {
            let grey = 8 + (index - 232) * 10;
            return (grey, grey, grey);
        }
        let step = |it: u8| if it == 0 { 0 } else { 55 + it * 40 };
        let at = index - 16;
        (step(at / 36), step(at / 6 % 6), step(at % 6))
    }
}

/// Writes a colour as SVG does.
pub fn hex((red, green, blue): Rgb) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_palette_has_256_colours() {
        for (index, colour) in
            [(16, (0, 0, 0)), (110, (135, 175, 215)), (231, (255, 255, 255)), (232, (8, 8, 8))]
        {
            assert_eq!(ON_DARK.colour(Color::Indexed(index)), Some(colour), "{index}");
        }
        assert_eq!(ON_DARK.colour(Color::Indexed(1)), ON_DARK.colour(Color::Red));
        assert_eq!(ON_LIGHT.colour(Color::Reset), None);
    }
}
