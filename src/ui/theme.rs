//! Every colour and symbol, by meaning. Nothing here is said by colour alone.

use ratatui::style::{Color, Modifier, Style};

use crate::rules::Status;
use crate::texts::{Tone, tone};

/// How many colours the terminal has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// None, or `NO_COLOR` asks for none.
    None,
    /// The sixteen that the user's terminal defines.
    Sixteen,
    /// The palette of 256.
    Palette,
    /// Any.
    True,
}

/// Which colours are chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scheme {
    /// The terminal's own sixteen colours: light and dark follow it.
    #[default]
    Terminal,
    /// Tones for a dark ground.
    Dark,
    /// Tones for a light ground.
    Light,
    /// No colour.
    Plain,
}

impl Scheme {
    /// Every scheme, in the order in which one key steps through them.
    pub const ALL: [Self; 4] = [Self::Terminal, Self::Dark, Self::Light, Self::Plain];

    /// Returns the scheme after this one.
    #[must_use]
    pub fn next(self) -> Self {
        let at = Self::ALL.iter().position(|it| *it == self).unwrap_or(0);
        Self::ALL[(at + 1) % Self::ALL.len()]
    }

    /// Returns the word of its message key.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Terminal => "terminal",
            Self::Dark => "dark",
            Self::Light => "light",
            Self::Plain => "plain",
        }
    }
}

/// Colours and symbols.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    /// How many colours there are.
    pub depth: Depth,
    /// Which are chosen.
    pub scheme: Scheme,
    /// Whether the terminal says that its ground is light.
    pub light: bool,
}

/// A tone in the palette of 256, and as red, green and blue.
type Shade = (u8, (u8, u8, u8));

/// The tones of the two grounds: 256-colour number and true colour. Orange and blue stay apart for colour-blind eyes.
struct Tones {
    critical: Shade,
    problem: Shade,
    good: Shade,
    quiet: Shade,
    accent: Shade,
}

const ON_DARK: Tones = Tones {
    critical: (203, (255, 99, 88)),
    problem: (215, (240, 178, 92)),
    good: (108, (132, 178, 132)),
    quiet: (245, (138, 143, 150)),
    accent: (110, (126, 176, 214)),
};
const ON_LIGHT: Tones = Tones {
    critical: (160, (190, 30, 30)),
    problem: (130, (160, 90, 0)),
    good: (65, (60, 110, 70)),
    quiet: (242, (105, 110, 118)),
    accent: (25, (20, 90, 150)),
};

impl Theme {
    /// Reads what the environment says of the terminal.
    pub fn of_environment(variable: impl Fn(&str) -> Option<String>) -> Self {
        let filled = |name: &str| variable(name).filter(|it| !it.is_empty());
        let term = filled("TERM").unwrap_or_default();
        let depth = if filled("NO_COLOR").is_some() || term == "dumb" || term.starts_with("vt1") {
            Depth::None
        } else if filled("COLORTERM").is_some_and(|it| it.contains("truecolor") || it.contains("24bit")) {
            Depth::True
        } else if term.contains("256color") {
            Depth::Palette
        } else {
            Depth::Sixteen
        };
        // `COLORFGBG` ends with the number of the background: 7 and above 8 are light.
        let ground = filled("COLORFGBG").and_then(|it| it.rsplit(';').next()?.parse::<u8>().ok());
        let light = ground.is_some_and(|it| it == 7 || it > 8);
        Self { depth, scheme: Scheme::default(), light }
    }

    /// Returns the style of a meaning.
    pub fn tone(self, tone: Tone) -> Style {
        // Bold and dim never meet: terminals show the two together in different ways.
        let bold = Style::new().add_modifier(Modifier::BOLD).remove_modifier(Modifier::DIM);
        match tone {
            Tone::Plain => Style::new(),
            Tone::Strong => bold,
            Tone::Critical if self.is_plain() => bold,
            Tone::Critical => Style::new().fg(self.colour(Color::Red, |it| it.critical)),
            Tone::Problem if self.is_plain() => Style::new().add_modifier(Modifier::UNDERLINED),
            Tone::Problem => {
                let sixteen = if self.light { Color::Magenta } else { Color::Yellow };
                Style::new().fg(self.colour(sixteen, |it| it.problem))
            }
            Tone::Good if self.is_plain() => Style::new(),
            Tone::Good => Style::new().fg(self.colour(Color::Green, |it| it.good)),
            Tone::Quiet if self.is_plain() || self.scheme == Scheme::Terminal => {
                Style::new().add_modifier(Modifier::DIM).remove_modifier(Modifier::BOLD)
            }
            Tone::Quiet => Style::new().fg(self.colour(Color::DarkGray, |it| it.quiet)),
        }
    }

    /// Returns the style of what can be pressed or stands out: keys, titles of the focused part.
    pub fn accent(self) -> Style {
        if self.is_plain() {
            return Style::new().add_modifier(Modifier::BOLD);
        }
        Style::new().fg(self.colour(Color::Cyan, |it| it.accent))
    }

    /// Returns the style of a status: only what asks for attention is coloured.
    pub fn status(self, status: Status) -> Style {
        match tone(status) {
            Tone::Good | Tone::Quiet => Style::new(),
            other => self.tone(other),
        }
    }

    /// Returns the style of the cell that is being typed.
    pub fn typed(self) -> Style {
        Style::new().add_modifier(Modifier::UNDERLINED)
    }

    fn is_plain(self) -> bool {
        self.depth == Depth::None || self.scheme == Scheme::Plain
    }

    fn colour(self, sixteen: Color, tone: fn(&Tones) -> Shade) -> Color {
        let tones = match self.scheme {
            Scheme::Dark => &ON_DARK,
            Scheme::Light => &ON_LIGHT,
            Scheme::Terminal | Scheme::Plain => return sixteen,
        };
        let (palette, (red, green, blue)) = tone(tones);
        match self.depth {
            Depth::True => Color::Rgb(red, green, blue),
            Depth::Palette => Color::Indexed(palette),
            Depth::Sixteen | Depth::None => sixteen,
        }
    }
}

/// Marks the selected row.
pub const MARKER: &str = "►";
/// A figure that is saved.
pub const SAVED: &str = "√";
/// A figure that is saved and that no other machine has yet.
pub const UNSHARED: &str = "↑";
/// A figure that asks a question.
pub const DOUBTFUL: &str = "?";
/// A month that is locked.
pub const LOCKED: &str = "■";
/// A signed text that is another than the present one.
pub const DIFFERS: &str = "≠";
/// A value of which two versions compete.
pub const CONTESTED: &str = "‼";
/// Before what belongs to the row above.
pub const BRANCH: &str = "└";
/// There is more above what is in sight.
pub const MORE_ABOVE: &str = "▲";
/// There is more below what is in sight.
pub const MORE_BELOW: &str = "▼";
/// Between the parts of the breadcrumb.
pub const CRUMB: &str = " › ";

/// The bars of a curve, lowest first: only what the fonts of old terminals have.
pub const BARS: [&str; 3] = ["_", "▄", "█"];
/// The months of a trend: critical, problematic, good. Half blocks leave the rows of a list apart.
pub const TREND: [&str; 3] = ["×", "_", "▄"];

#[cfg(test)]
mod tests {
    use super::*;

    fn theme(pairs: &[(&str, &str)]) -> Theme {
        let pairs: Vec<(String, String)> =
            pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Theme::of_environment(|wanted| {
            pairs.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.clone())
        })
    }

    #[test]
    fn the_environment_says_how_many_colours() {
        assert_eq!(theme(&[("TERM", "linux")]).depth, Depth::Sixteen);
        assert_eq!(theme(&[("TERM", "xterm-256color")]).depth, Depth::Palette);
        assert_eq!(theme(&[("TERM", "xterm"), ("COLORTERM", "truecolor")]).depth, Depth::True);
        assert_eq!(theme(&[("TERM", "xterm-256color"), ("NO_COLOR", "1")]).depth, Depth::None);
        assert!(theme(&[("TERM", "xterm"), ("COLORFGBG", "0;15")]).light);
        assert!(!theme(&[("TERM", "xterm"), ("COLORFGBG", "15;0")]).light);
    }

    #[test]
    fn without_colours_weight_tells_the_tones_apart() {
        let plain = theme(&[("TERM", "xterm"), ("NO_COLOR", "1")]);
        let styles = [Tone::Critical, Tone::Problem, Tone::Quiet, Tone::Plain].map(|it| plain.tone(it));
        for (index, style) in styles.iter().enumerate() {
            assert!(style.fg.is_none() && !styles[index + 1..].contains(style));
        }
    }
}
