//! Every word that a user reads, in French and English.

mod exchange;
pub mod fit;
mod grounds;
mod history;
pub mod mail;
mod sentences;
mod sign_off;
mod trail;
mod words;

use std::fmt::Display;
use std::rc::Rc;

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

pub use history::is_percent;
pub use sentences::site_and_lot;
pub use words::{Tone, decimal, outcome_tone, tone};

use crate::model::month::Month;
use crate::model::problem::Problem;

/// A language of the screens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// French, unless the locale says English.
    #[default]
    French,
    /// English.
    English,
}

impl Language {
    /// Reads a locale such as `en_GB.UTF-8` or `fr`; everything that is not English is French.
    pub fn of_locale(locale: &str) -> Self {
        let english = locale.get(..2).is_some_and(|it| it.eq_ignore_ascii_case("en"));
        if english && locale.as_bytes().get(2).is_none_or(|it| !it.is_ascii_alphabetic()) {
            Self::English
        } else {
            Self::French
        }
    }

    const fn sources(self) -> &'static [&'static str] {
        match self {
            Self::French => &[
                include_str!("../../locales/fr/cli.ftl"),
                include_str!("../../locales/fr/actions.ftl"),
                include_str!("../../locales/fr/decide.ftl"),
                include_str!("../../locales/fr/exchange.ftl"),
                include_str!("../../locales/fr/line.ftl"),
                include_str!("../../locales/fr/notices.ftl"),
                include_str!("../../locales/fr/mail.ftl"),
                include_str!("../../locales/fr/export.ftl"),
                include_str!("../../locales/fr/import.ftl"),
                include_str!("../../locales/fr/rules.ftl"),
                include_str!("../../locales/fr/sign-off.ftl"),
                include_str!("../../locales/fr/store.ftl"),
                include_str!("../../locales/fr/words.ftl"),
                include_str!("../../locales/fr/ui.ftl"),
                include_str!("../../locales/fr/ui-exchange.ftl"),
                include_str!("../../locales/fr/ui-forms.ftl"),
                include_str!("../../locales/fr/ui-help.ftl"),
                include_str!("../../locales/fr/ui-import.ftl"),
                include_str!("../../locales/fr/ui-more.ftl"),
                include_str!("../../locales/fr/ui-notices.ftl"),
                include_str!("../../locales/fr/ui-sign-off.ftl"),
            ],
            Self::English => &[
                include_str!("../../locales/en/cli.ftl"),
                include_str!("../../locales/en/actions.ftl"),
                include_str!("../../locales/en/decide.ftl"),
                include_str!("../../locales/en/exchange.ftl"),
                include_str!("../../locales/en/line.ftl"),
                include_str!("../../locales/en/notices.ftl"),
                include_str!("../../locales/en/mail.ftl"),
                include_str!("../../locales/en/export.ftl"),
                include_str!("../../locales/en/import.ftl"),
                include_str!("../../locales/en/rules.ftl"),
                include_str!("../../locales/en/sign-off.ftl"),
                include_str!("../../locales/en/store.ftl"),
                include_str!("../../locales/en/words.ftl"),
                include_str!("../../locales/en/ui.ftl"),
                include_str!("../../locales/en/ui-exchange.ftl"),
                include_str!("../../locales/en/ui-forms.ftl"),
                include_str!("../../locales/en/ui-help.ftl"),
                include_str!("../../locales/en/ui-import.ftl"),
                include_str!("../../locales/en/ui-more.ftl"),
                include_str!("../../locales/en/ui-notices.ftl"),
                include_str!("../../locales/en/ui-sign-off.ftl"),
            ],
        }
    }

    fn identifier(self) -> LanguageIdentifier {
        let code = match self {
            Self::French => "fr",
            Self::English => "en",
        };
        code.parse().unwrap_or_default()
    }
}

/// The texts of one language; clones share them.
#[derive(Clone)]
pub struct Texts {
    bundle: Rc<FluentBundle<FluentResource>>,
    /// The language.
    pub language: Language,
}

impl Texts {
    /// Loads the texts of a language.
    pub fn new(language: Language) -> Self {
        let mut bundle = FluentBundle::new(vec![language.identifier()]);
        bundle.set_use_isolating(false);
        for source in language.sources() {
            // A faulty message is left out; a test reads every message of both languages.
            let resource =
                FluentResource::try_new((*source).to_owned()).unwrap_or_else(|(resource, _)| resource);
            bundle.add_resource_overriding(resource);
        }
        Self { bundle: Rc::new(bundle), language }
    }

    /// Returns a text; a key without text is shown as it is.
    pub fn text(&self, key: &str) -> String {
        self.format(key, None)
    }

    /// Returns a text with its places filled.
    pub fn fill(&self, key: &str, arguments: &[(&str, &dyn Display)]) -> String {
        let mut filled = FluentArgs::new();
        for (name, value) in arguments {
            filled.set(*name, argument(&value.to_string()));
        }
        self.format(key, Some(&filled))
    }

    /// Returns the sentence of a problem as it is said on a screen, where no verb and no option is typed.
    pub fn problem_here(&self, problem: &Problem) -> String {
        let key = format!("{}-here", problem.key);
        if !self.has(&key) {
            return self.problem(problem);
        }
        self.problem(&Problem { key, arguments: problem.arguments.clone() })
    }

    /// Returns the sentence of a problem, its decimals, months, dates and states in the words of the language.
    pub fn problem(&self, problem: &Problem) -> String {
        let spoken: Vec<(&str, String)> =
            problem.arguments.iter().map(|(name, value)| (name.as_str(), self.spoken(name, value))).collect();
        let arguments: Vec<(&str, &dyn Display)> =
            spoken.iter().map(|(name, value)| (*name, value as &dyn Display)).collect();
        self.fill(&problem.key, &arguments)
    }

    /// Says a value that the program wrote for programs as people do.
    pub fn spoken(&self, name: &str, value: &str) -> String {
        let decimal =
            value.strip_prefix('-').unwrap_or(value).split_once('.').is_some_and(|(whole, rest)| {
                !whole.is_empty()
                    && rest.len() == 2
                    && (whole.to_owned() + rest).bytes().all(|it| it.is_ascii_digit())
            });
        if name == "state" {
            self.text(&format!("state-{value}"))
        } else if name == "role" {
            let role = format!("role-{value}");
            self.text(&if self.has(&role) { role } else { format!("post-{value}") })
        } else if name == "level" || name == "below" {
            self.text(&format!("visa-level-{value}"))
        } else if name == "post" {
            self.text(&format!("post-{value}"))
        } else if name == "posts" {
            let posts = value.split(' ').map(|it| self.text(&format!("post-{it}")));
            posts.collect::<Vec<_>>().join(&format!(" {} ", self.text("word-or")))
        } else if name == "thing" || name == "table" {
            self.text(&format!("field-{}", value.replace('_', "-")))
        } else if decimal {
            self.decimal(value)
        } else if let Ok(date) = value.parse::<chrono::NaiveDate>() {
            self.date(date)
        } else if let Ok(month) = value.parse::<Month>() {
            self.month(month)
        } else {
            value.to_owned()
        }
    }

    /// Tells whether there is a text for a key.
    pub fn has(&self, key: &str) -> bool {
        self.bundle.has_message(key)
    }

    /// Shows a decimal string with the language's decimal sign.
    pub fn decimal(&self, text: &str) -> String {
        match self.language {
            Language::French => text.replace('.', ","),
            Language::English => text.to_owned(),
        }
    }

    /// Shows a date as the language does.
    pub fn date(&self, date: chrono::NaiveDate) -> String {
        match self.language {
            Language::French => date.format("%d/%m/%Y").to_string(),
            Language::English => date.format("%-d %B %Y").to_string(),
        }
    }

    /// Shows a day of this year or the next shortly: `05/04`, or `5 April`.
    pub fn day(&self, date: chrono::NaiveDate) -> String {
        match self.language {
            Language::French => date.format("%d/%m").to_string(),
            Language::English => date.format("%-d %B").to_string(),
        }
    }

    /// Shows a day of this year or the next in a narrow column: `05/04`, or `5 Apr`.
    pub fn day_short(&self, date: chrono::NaiveDate) -> String {
        match self.language {
            Language::French => date.format("%d/%m").to_string(),
            Language::English => date.format("%-d %b").to_string(),
        }
    }

    /// Shows an instant in a time zone, to the minute.
    pub fn instant(&self, instant: chrono::DateTime<chrono::Utc>, zone: &str) -> String {
        let local = crate::clock::in_zone(instant, zone);
        match self.language {
            Language::French => local.format("%d/%m/%Y %H:%M").to_string(),
            Language::English => local.format("%-d %b %Y %H:%M").to_string(),
        }
    }

    /// Names a month, for example `mars 2026`.
    pub fn month(&self, month: Month) -> String {
        let name = self.text(&format!("month-{}", month.number()));
        format!("{name} {}", month.year())
    }

    /// Names a month in a narrow column: `03/26`, or `Mar 26`.
    pub fn month_short(&self, month: Month) -> String {
        let year = month.year().rem_euclid(100);
        match self.language {
            Language::French => format!("{:02}/{year:02}", month.number()),
            Language::English => {
                let name: String = self.text(&format!("month-{}", month.number())).chars().take(3).collect();
                format!("{name} {year:02}")
            }
        }
    }

    fn format(&self, key: &str, arguments: Option<&FluentArgs<'_>>) -> String {
        let Some(pattern) = self.bundle.get_message(key).and_then(|it| it.value()) else {
            return key.to_owned();
        };
        let mut errors = Vec::new();
        self.bundle.format_pattern(pattern, arguments, &mut errors).into_owned()
    }
}

/// Whole numbers choose plural forms; all else is text, cleaned so that nothing in it reaches a terminal.
fn argument(text: &str) -> FluentValue<'static> {
    match text.parse::<u32>() {
        Ok(number) if number.to_string() == text => FluentValue::from(number),
        _ => FluentValue::from(crate::model::text::show(text)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_message_reads() {
        for language in [Language::French, Language::English] {
            for source in language.sources() {
                if let Err((_, errors)) = FluentResource::try_new((*source).to_owned()) {
                    panic!("{errors:?}");
                }
            }
        }
    }

    #[test]
    fn the_locale_chooses_the_language() {
        for (locale, language) in [
            ("en_US.UTF-8", Language::English),
            ("EN", Language::English),
            ("fr_FR.UTF-8", Language::French),
            ("C", Language::French),
            ("", Language::French),
            ("tr_TR.UTF-8", Language::French),
            ("enx", Language::French),
        ] {
            assert_eq!(Language::of_locale(locale), language, "{locale}");
        }
    }
}
