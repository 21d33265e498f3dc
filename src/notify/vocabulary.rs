//! The words of one language that letters need, taken from `locales/` once.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use crate::model::month::Month;
use crate::model::notice::NoticeKind;
use crate::model::organisation::Post;
use crate::texts::{Language, Texts};

const STATUSES: [&str; 8] =
    ["critique", "problematique", "bon", "non-renseigne", "suspendu", "acheve", "a-completer", "hors-suivi"];
const PARTIES: [&str; 2] = ["entreprise", "maitre-ouvrage"];
const COLUMNS: [&str; 9] =
    ["month", "cumulative", "progress", "normal", "target", "delay", "status", "old", "new"];

/// Reads the word of a language, `fr` or `en`; everything else is French.
pub fn language(word: &str) -> Language {
    if word == "en" { Language::English } else { Language::French }
}

/// Returns the word of a language.
pub const fn language_word(language: Language) -> &'static str {
    match language {
        Language::French => "fr",
        Language::English => "en",
    }
}

/// The words of one language that letters need.
#[derive(Clone, Debug)]
pub struct Vocabulary {
    language: Language,
    months: Vec<String>,
    words: BTreeMap<String, String>,
}

impl Vocabulary {
    /// Takes them from the texts of a language.
    pub fn new(language: Language) -> Self {
        let texts = Texts::new(language);
        let months = (1..=12).map(|it| texts.text(&format!("month-{it}"))).collect();
        let posts = Post::ALL.map(|it| format!("post-{}", it.word()));
        let kinds = NoticeKind::ALL.map(NoticeKind::word);
        let keys = STATUSES.iter().map(|it| format!("status-{it}")).chain(posts);
        let keys = keys.chain(PARTIES.iter().map(|it| format!("role-{it}")));
        let keys = keys.chain(COLUMNS.iter().map(|it| format!("letter-column-{it}")));
        let keys = keys.chain(kinds.iter().map(|it| format!("notice-kind-{it}")));
        let keys = keys.chain(kinds.iter().map(|it| format!("notice-named-{it}")));
        let words = keys.map(|key| (key.clone(), texts.text(&key))).collect();
        Self { language, months, words }
    }

    /// Names a month that is given as `YYYY-MM`.
    pub fn month(&self, text: &str) -> Option<String> {
        text.parse().ok().map(|it| self.month_named(it))
    }

    fn month_named(&self, month: Month) -> String {
        let number = usize::try_from(month.number()).unwrap_or(1);
        let name = self.months.get(number.saturating_sub(1)).map_or("", String::as_str);
        format!("{name} {}", month.year())
    }

    /// Names a day that is given as `YYYY-MM-DD`, as letters do.
    pub fn day(&self, text: &str) -> Option<String> {
        text.parse().ok().map(|it| self.day_named(it))
    }

    /// Names a day as letters do: `1er avril 2026`, `1 April 2026`.
    pub fn day_named(&self, day: NaiveDate) -> String {
        let number = match (self.language, day.day()) {
            (Language::French, 1) => "1er".to_owned(),
            (_, number) => number.to_string(),
        };
        format!("{number} {}", self.month_named(Month::of(day)))
    }

    /// Writes a decimal string with the decimal sign of the language.
    pub fn decimal(&self, text: &str) -> Option<String> {
        let number = text.strip_prefix('-').unwrap_or(text);
        let digits = number.bytes().all(|it| it.is_ascii_digit() || it == b'.');
        if number.is_empty() || !digits || number.matches('.').count() > 1 {
            return None;
        }
        let sign = if text.starts_with('-') { "\u{2212}" } else { "" };
        Some(match self.language {
            Language::French => format!("{sign}{}", number.replace('.', ",")),
            Language::English => format!("{sign}{number}"),
        })
    }

    /// Returns the word of a status.
    pub fn status(&self, word: &str) -> Option<String> {
        self.words.get(&format!("status-{}", word.replace('_', "-"))).cloned()
    }

    /// Returns the word of a post, or of what an addressee is.
    pub fn role(&self, word: &str) -> Option<String> {
        self.words.get(&format!("post-{word}")).or_else(|| self.words.get(&format!("role-{word}"))).cloned()
    }

    /// Returns the name of a kind of notice.
    pub fn kind(&self, word: &str) -> Option<String> {
        self.words.get(&format!("notice-kind-{word}")).cloned()
    }

    /// Returns the name of a kind of notice within a sentence.
    pub fn kind_named(&self, word: &str) -> Option<String> {
        self.words.get(&format!("notice-named-{word}")).cloned()
    }

    /// Returns the title of a column.
    pub fn column(&self, word: &str) -> &str {
        self.words.get(&format!("letter-column-{word}")).map_or("", String::as_str)
    }
}
