//! Writes notices: subject and body from the template of their kind, and the letter around them.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use minijinja::{Environment, Error, ErrorKind};

use super::engine;
use super::facts::Facts;
use super::layout;
use super::vocabulary::{Vocabulary, language_word};
use crate::model::notice::NoticeKind;
use crate::model::problem::Problem;
use crate::model::text::{NAME_CHARS_MAX, clean_line, fold};
use crate::texts::Language;

/// The name of the template around every letter.
pub const FRAME: &str = "frame";
/// Most bytes of a template.
pub const TEMPLATE_BYTES_MAX: usize = 64 * 1024;
/// The line between subject and body.
const DIVIDER: &str = "---";
/// What stands where the approval writes the number or the date.
const BLANK: &str = "……";
const REFERENCE_PART_CHARS: usize = 12;

/// A template that does not do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateError {
    /// The file, for example `fr/delay.txt`.
    pub file: String,
    /// The line; 1 where it is the whole file.
    pub line: usize,
    /// The key of its sentence.
    pub key: &'static str,
    /// What the engine said; may be empty.
    pub detail: String,
}

impl From<TemplateError> for Problem {
    fn from(error: TemplateError) -> Self {
        Self::new(error.key).with("file", error.file).with("line", error.line).with("detail", error.detail)
    }
}

/// Templates: those of the program, and those that an organisation wrote in their place.
#[derive(Clone, Debug, Default)]
pub struct Templates(BTreeMap<String, String>);

/// In the order of [`NoticeKind::ALL`], then the frame.
const FRENCH: [&str; 10] = [
    include_str!("templates/fr/reminder.txt"),
    include_str!("templates/fr/missing-entries.txt"),
    include_str!("templates/fr/delay.txt"),
    include_str!("templates/fr/pre-demobilisation.txt"),
    include_str!("templates/fr/demobilisation.txt"),
    include_str!("templates/fr/remobilisation.txt"),
    include_str!("templates/fr/corrigendum.txt"),
    include_str!("templates/fr/formal-notice.txt"),
    include_str!("templates/fr/digest.txt"),
    include_str!("templates/fr/frame.txt"),
];
const ENGLISH: [&str; 10] = [
    include_str!("templates/en/reminder.txt"),
    include_str!("templates/en/missing-entries.txt"),
    include_str!("templates/en/delay.txt"),
    include_str!("templates/en/pre-demobilisation.txt"),
    include_str!("templates/en/demobilisation.txt"),
    include_str!("templates/en/remobilisation.txt"),
    include_str!("templates/en/corrigendum.txt"),
    include_str!("templates/en/formal-notice.txt"),
    include_str!("templates/en/digest.txt"),
    include_str!("templates/en/frame.txt"),
];

impl Templates {
    /// Returns the templates of the program: file and text.
    pub fn standard() -> impl Iterator<Item = (String, &'static str)> {
        let of = |language: Language, sources: [&'static str; 10]| {
            names().zip(sources).map(move |(name, text)| (file(language, name), text))
        };
        of(Language::French, FRENCH).chain(of(Language::English, ENGLISH))
    }

    /// Puts a template in the place of the program's.
    pub fn put(&mut self, file: &str, text: String) {
        self.0.insert(file.to_owned(), text);
    }

    /// Returns the text of a template.
    fn text(&self, file: &str) -> &str {
        let own = self.0.get(file).map(String::as_str);
        own.or_else(|| Self::standard().find(|(it, _)| it == file).map(|(_, text)| text)).unwrap_or_default()
    }
}

/// Returns the name of every template.
fn names() -> impl Iterator<Item = &'static str> {
    NoticeKind::ALL.into_iter().map(NoticeKind::word).chain([FRAME])
}

fn file(language: Language, name: &str) -> String {
    format!("{}/{name}.txt", language_word(language))
}

/// Subject and body, before the letter is around them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// One line.
    pub subject: String,
    /// Lines of at most 78 columns.
    pub body: String,
}

/// Somebody to whom a letter goes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Addressee {
    /// Name.
    pub name: String,
    /// `entreprise`, `maitre-ouvrage`, or a post.
    pub role: String,
}

/// What a letter is put together from.
#[derive(Clone, Debug)]
pub struct Sheet<'a> {
    /// The frozen figures.
    pub facts: &'a Facts,
    /// The words.
    pub draft: &'a Draft,
    /// The chronological reference; a draft shows where it will stand.
    pub reference: &'a str,
    /// The day of its approval; a draft shows where it will stand.
    pub day: Option<NaiveDate>,
    /// To whom.
    pub addressees: &'a [Addressee],
    /// Who gets a copy.
    pub copies: &'a [Addressee],
}

/// Writes letters in one language.
pub struct Writer<'a> {
    engine: Environment<'static>,
    words: Vocabulary,
    language: Language,
    templates: &'a Templates,
}

impl<'a> Writer<'a> {
    /// Prepares to write in a language.
    pub fn new(language: Language, templates: &'a Templates) -> Self {
        let words = Vocabulary::new(language);
        Self { engine: engine::environment(words.clone()), words, language, templates }
    }

    /// Writes subject and body of a notice.
    pub fn draft(&self, kind: NoticeKind, facts: &Facts) -> Result<Draft, TemplateError> {
        let file = file(self.language, kind.word());
        let text = self.templates.text(&file);
        let Some((subject, body)) = divided(text) else {
            return Err(TemplateError { file, line: 1, key: "template-undivided", detail: String::new() });
        };
        let data = facts.value();
        let render = |source: &str| {
            let rendered = engine::render(&self.engine, &file, source, engine::value(&data));
            rendered.map_err(|error| template_error(&file, &error))
        };
        let subject = clean_line(&render(&subject)?, NAME_CHARS_MAX);
        if subject.is_empty() {
            return Err(TemplateError { file, line: 1, key: "template-no-subject", detail: String::new() });
        }
        Ok(Draft { subject, body: layout::folded(&render(&body)?) })
    }

    /// Writes the letter around subject and body.
    pub fn letter(&self, sheet: &Sheet<'_>) -> Result<String, TemplateError> {
        let file = file(self.language, FRAME);
        let mut data = sheet.facts.value();
        let blank_reference;
        let reference = if sheet.reference.is_empty() {
            blank_reference = reference(None, sheet.facts, None);
            &blank_reference
        } else {
            sheet.reference
        };
        let date = sheet.day.map_or_else(|| BLANK.to_owned(), |it| self.words.day_named(it));
        // The body comes in afterwards: it keeps its lines however long it is.
        let seam = "\u{1}";
        let given = [
            ("subject", serde_json::Value::from(sheet.draft.subject.as_str())),
            ("reference", reference.into()),
            ("date", date.into()),
            ("addressees", parties(sheet.facts, sheet.addressees)),
            ("copies", parties(sheet.facts, sheet.copies)),
        ];
        if let Some(map) = data.as_object_mut() {
            map.extend(given.map(|(name, value)| (name.to_owned(), value)));
        }
        let mut context: BTreeMap<String, minijinja::Value> = BTreeMap::new();
        for (name, value) in data.as_object().into_iter().flatten() {
            context.insert(name.clone(), engine::value(value));
        }
        context.insert("body".to_owned(), minijinja::Value::from(seam));
        let source = self.templates.text(&file);
        let rendered = engine::render(&self.engine, &file, source, minijinja::Value::from(context))
            .map_err(|error| template_error(&file, &error))?;
        if !rendered.contains(seam) {
            return Err(TemplateError { file, line: 1, key: "template-no-body", detail: String::new() });
        }
        Ok(layout::folded(&rendered.replacen(seam, sheet.draft.body.trim_end(), 1).replace(seam, "")))
    }
}

/// Returns the chronological reference of a notice: `N° 012/ORG/PROJET/2026`.
pub fn reference(number: Option<u32>, facts: &Facts, year: Option<i32>) -> String {
    let number = number.map_or_else(|| BLANK.to_owned(), |it| format!("{it:03}"));
    let year = year.map_or_else(|| BLANK.to_owned(), |it| it.to_string());
    format!("N° {number}/{}/{}/{year}", short(&facts.organisation.name), short(&facts.project.name))
}

/// Reads the number of a reference, and the series in which it is counted: organisation, project, year.
pub fn reference_parts(reference: &str) -> Option<(u32, &str)> {
    let (number, series) = reference.strip_prefix("N° ")?.split_once('/')?;
    Some((number.parse().ok()?, series))
}

/// Shortens a name for a reference: its capitals where it has several words, else its beginning.
fn short(name: &str) -> String {
    let folded = fold(name).to_uppercase();
    let words: Vec<&str> = folded.split(' ').filter(|it| !it.is_empty()).collect();
    match words.as_slice() {
        [] => "–".to_owned(),
        [one] => one.chars().take(REFERENCE_PART_CHARS).collect(),
        several => {
            let is_number = |it: &str| it.bytes().all(|it| it.is_ascii_digit());
            let parts = several.iter().filter(|it| it.len() > 2 || is_number(it));
            let parts =
                parts.map(|it| if is_number(it) { (*it).to_owned() } else { it.chars().take(1).collect() });
            let made: String = parts.collect::<String>().chars().take(REFERENCE_PART_CHARS).collect();
            if made.is_empty() { several.concat().chars().take(REFERENCE_PART_CHARS).collect() } else { made }
        }
    }
}

/// Gives the template who is written to, with the addresses that the facts know.
fn parties(facts: &Facts, parties: &[Addressee]) -> serde_json::Value {
    let address = |it: &Addressee| {
        let firms = facts.unit.iter().flat_map(|it| &it.contractors);
        let found = match it.role.as_str() {
            "entreprise" => {
                firms.filter(|firm| firm.name == it.name).map(|firm| firm.address.as_str()).next()
            }
            "maitre-ouvrage" => Some(facts.project.client_address.as_str()),
            _ => None,
        };
        lines(found.unwrap_or_default())
    };
    let given = parties
        .iter()
        .map(|it| serde_json::json!({ "name": it.name, "role": it.role, "address": address(it) }));
    given.collect()
}

/// Splits an address into its lines, at ` - `, `,`, or line ends.
pub fn lines(address: &str) -> Vec<String> {
    let parts = address.split(['\n', ',']).map(str::trim).filter(|it| !it.is_empty());
    parts.map(str::to_owned).collect()
}

/// Divides a template; both parts keep the numbers of their lines.
fn divided(text: &str) -> Option<(String, String)> {
    let at = text.lines().position(|it| it.trim_end() == DIVIDER)?;
    let subject: Vec<&str> = text.lines().take(at).collect();
    let body: Vec<&str> = text.lines().skip(at + 1).collect();
    Some((subject.join("\n"), format!("{}{}", "\n".repeat(at + 1), body.join("\n"))))
}

/// Says what is wrong with a template, and where.
fn template_error(file: &str, error: &Error) -> TemplateError {
    let key = match error.kind() {
        ErrorKind::SyntaxError | ErrorKind::BadEscape | ErrorKind::InvalidDelimiter => "template-syntax",
        ErrorKind::UndefinedError => "template-undefined",
        ErrorKind::UnknownFilter | ErrorKind::UnknownTest | ErrorKind::UnknownFunction => {
            "template-unknown-word"
        }
        ErrorKind::WriteFailure | ErrorKind::OutOfFuel => "template-too-long",
        _ => "template-fails",
    };
    let detail =
        error.detail().filter(|it| !it.is_empty()).map_or_else(|| error.kind().to_string(), str::to_owned);
    let detail = clean_line(&detail, NAME_CHARS_MAX);
    TemplateError { file: file.to_owned(), line: error.line().unwrap_or(1), key, detail }
}

/// Renders every template with sample facts: returns everything that is wrong.
pub fn check(templates: &Templates) -> Vec<TemplateError> {
    let mut errors = Vec::new();
    for language in [Language::French, Language::English] {
        let writer = Writer::new(language, templates);
        for facts in super::sample::every() {
            for kind in NoticeKind::ALL {
                errors.extend(check_one(&writer, kind, &facts));
            }
        }
    }
    errors.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
    errors.dedup();
    errors
}

fn check_one(writer: &Writer<'_>, kind: NoticeKind, facts: &Facts) -> Option<TemplateError> {
    let draft = match writer.draft(kind, facts) {
        Ok(draft) => draft,
        Err(error) => return Some(error),
    };
    let (addressees, copies) = super::sample::parties();
    let day = NaiveDate::from_ymd_opt(2026, 4, 6);
    let sheet = Sheet {
        facts,
        draft: &draft,
        reference: &reference(Some(12), facts, Some(2026)),
        day,
        addressees: &addressees,
        copies: &copies,
    };
    writer.letter(&sheet).err()
}
