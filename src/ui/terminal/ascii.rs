//! ASCII for every sign, of the same width, for terminals and fonts that have nothing else.

use unicode_normalization::UnicodeNormalization;

/// `(signs, what stands for each of them)`.
const SIGNS: &[(&str, &str)] = &[
    ("\u{a0}\u{2002}\u{2003}\u{2007}\u{2009}\u{200a}\u{202f}\u{2800}", " "),
    ("«»“”„″", "\""),
    ("‘’‚′´‹›", "'"),
    ("‐‑‒–—―−─━┄┅┈┉╌╍⎯", "-"),
    ("═", "="),
    ("│┃║┆┇┊┋╎╏▏▕", "|"),
    ("┌┐└┘├┤┬┴┼┏┓┗┛┣┫┳┻╋╔╗╚╝╠╣╦╩╬╭╮╯╰╒╓╕╖╘╙╛╜╞╟╡╢╤╥╧╨╪╫", "+"),
    ("╱", "/"),
    ("╲", "\\"),
    ("╳×✗✘✕✖☒", "x"),
    ("…·∙⋅‥", "."),
    ("•★☆◆♦●⬤", "*"),
    ("○◌◯◇□▢☐", "o"),
    ("■▪◼▮", "#"),
    ("→▶►▸⇒➜➤⟶", ">"),
    ("←◀◄◂⇐⟵", "<"),
    ("↑▲△▴⇑", "^"),
    ("↓▼▽▾⇓", "v"),
    ("↔⇔", "-"),
    ("✓✔☑√", "v"),
    ("▁", "_"),
    ("▂", "."),
    ("▃", "-"),
    ("▄", "="),
    ("▅", "+"),
    ("▆", "*"),
    ("▇▀▌▐▉▊▋▒▓", "#"),
    ("█", "@"),
    ("░▍▎", ":"),
    ("œøº°ð", "o"),
    ("ŒØ", "O"),
    ("æª", "a"),
    ("Æ", "A"),
    ("ß§", "s"),
    ("ł£", "l"),
    ("Ł", "L"),
    ("đ", "d"),
    ("ĐÐ", "D"),
    ("ı", "i"),
    ("þ", "t"),
    ("Þ", "T"),
    ("€", "E"),
    ("¤", "$"),
    ("©", "c"),
    ("®", "r"),
    ("µμ", "u"),
    ("±", "+"),
    ("÷", "/"),
    ("≤", "<"),
    ("≥", ">"),
    ("≈≃", "~"),
    ("≠", "#"),
    ("¬", "!"),
    ("¦", "|"),
    ("∞", "8"),
    ("Σ∑", "S"),
    ("Δ∆", "D"),
    ("№", "N"),
    ("¡", "!"),
    ("¿", "?"),
];

/// The ASCII sign for a symbol; of a wide one it stands in each of the two cells.
pub fn fold(symbol: &str, wide: bool) -> &'static str {
    let Some(first) = symbol.nfkd().next().filter(|_| !wide) else { return "?" };
    let listed = |sign: char| SIGNS.iter().find(|(signs, _)| signs.contains(sign)).map(|it| it.1);
    if let Some(sign) = symbol.chars().next().and_then(listed).or_else(|| listed(first)) {
        return sign;
    }
    match first {
        ' '..='~' => letter(first),
        '\u{2801}'..='\u{28ff}' => ".",
        _ => "?",
    }
}

/// An ASCII character as a string that lives for ever.
fn letter(character: char) -> &'static str {
    const PRINTABLE: &str =
        " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~";
    let index = (character as usize).wrapping_sub(usize::from(b' '));
    PRINTABLE.get(index..=index).unwrap_or("?")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        text.chars().map(|it| fold(it.encode_utf8(&mut [0; 4]), false)).collect()
    }

    #[test]
    fn french_reads() {
        assert_eq!(
            folded("« Où est l’œuvre ? Çà, à côté… » – 12 °C × 3 → 5 €"),
            "\" Ou est l'ouvre ? Ca, a cote. \" - 12 oC x 3 > 5 E"
        );
        assert_eq!(folded("1\u{202f}000\u{a0}m²"), "1 000 m2");
    }

    #[test]
    fn drawings_keep_their_shape() {
        assert_eq!(folded("┌─┐│╰═╝"), "+-+|+=+");
        assert_eq!(folded("▁▂▃▄▅▆▇█"), "_.-=+*#@");
        assert_eq!(folded("●○■·⣿\u{2800}▶"), "*o#.. >");
    }

    #[test]
    fn the_rest_is_a_question() {
        assert_eq!(folded("и中"), "??");
        assert_eq!(fold("コ", true), "?");
        assert_eq!(fold("e\u{301}", false), "e");
        assert!(SIGNS.iter().all(|(_, sign)| sign.len() == 1 && sign.is_ascii()));
    }

    #[test]
    fn every_letter_stands_for_itself() {
        for character in ' '..='~' {
            assert_eq!(letter(character), character.to_string());
        }
    }
}
