//! Amounts of money: integers of the smallest unit, shown and read as decimals.

use rust_decimal::Decimal;

use super::problem::Problem;

/// Returns how many decimals the amounts of a currency have (ISO 4217).
pub fn decimals(currency: &str) -> u32 {
    match currency {
        "XOF" | "XAF" | "GNF" | "KMF" | "DJF" | "RWF" | "BIF" | "XPF" | "UGX" | "JPY" | "KRW" | "VND"
        | "CLP" | "PYG" => 0,
        "TND" | "LYD" | "KWD" | "BHD" | "OMR" | "JOD" | "IQD" => 3,
        _ => 2,
    }
}

/// Reads a typed amount into the smallest unit of `currency`: spaces group, comma or dot before the decimals.
pub fn minor(text: &str, currency: &str) -> Result<i64, Problem> {
    scaled(text, decimals(currency))
        .ok_or_else(|| Problem::new("amount-unreadable").with("text", text).with("currency", currency))
}

/// Reads a typed number into hundredths.
pub fn hundredths(text: &str) -> Result<i64, Problem> {
    scaled(text, 2).ok_or_else(|| Problem::new("number-unreadable").with("text", text))
}

/// Shows an amount of the smallest unit with its currency, a dot before the decimals.
pub fn shown(minor: i64, currency: &str) -> String {
    format!("{} {currency}", Decimal::new(minor, decimals(currency)))
}

fn scaled(text: &str, decimals: u32) -> Option<i64> {
    let plain: String = text.chars().filter(|it| !it.is_whitespace() && *it != '\u{202f}').collect();
    let plain = plain.replace(',', ".");
    if plain.is_empty() || !plain.bytes().all(|it| it.is_ascii_digit() || it == b'.') {
        return None;
    }
    let mut amount: Decimal = plain.parse().ok()?;
    if amount.normalize().scale() > decimals {
        return None;
    }
    amount.rescale(decimals);
    i64::try_from(amount.mantissa()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_shows_amounts() {
        assert_eq!(minor("125 000 000", "XOF").unwrap(), 125_000_000);
        assert_eq!(minor("12,5", "EUR").unwrap(), 1250);
        assert_eq!(shown(1250, "EUR"), "12.50 EUR");
        assert_eq!(shown(125_000_000, "XAF"), "125000000 XAF");
        for text in ["", "-1", "1e9", "12,345", "1.234,56", "NaN", "99999999999999999999"] {
            assert!(minor(text, "EUR").is_err(), "{text}");
        }
        assert!(minor("12,5", "XOF").is_err(), "francs have no centimes");
    }
}
