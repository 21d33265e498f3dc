//! The template engine, fenced in: its own filters, nothing from outside, strict about what is not there, bounded.

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::Arc;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Value, ValueKind};
use minijinja::{Environment, Error, ErrorKind, UndefinedBehavior, filters, tests};

use super::layout;
use super::vocabulary::Vocabulary;
use crate::model::text::{NAME_CHARS_MAX, NOTE_CHARS_MAX, clean_line, clean_note};

/// Longest expression or statement of a template, in bytes.
const BLOCK_BYTES_MAX: usize = 1_000;
/// Most bytes of a rendered template.
pub const OUTPUT_BYTES_MAX: usize = 64 * 1024;
/// Steps of the engine: a letter takes some hundreds.
const FUEL_MAX: u64 = 50_000;
/// Depth of calls: macros may call themselves.
const RECURSION_MAX: usize = 20;
/// Most columns that a filter fills.
const PAD_COLUMNS_MAX: usize = layout::COLUMNS_MAX;

/// Says a word of programs in the words of a language.
type Say = fn(&Vocabulary, &str) -> Option<String>;
/// Lays data out as lines.
type Lay = fn(&serde_json::Value, &Vocabulary) -> String;

/// Makes an engine with the filters of letters.
pub fn environment(words: Vocabulary) -> Environment<'static> {
    let mut engine = Environment::empty();
    engine.set_undefined_behavior(UndefinedBehavior::Strict);
    engine.set_fuel(Some(FUEL_MAX));
    engine.set_recursion_limit(RECURSION_MAX);
    if let Ok(syntax) = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build() {
        engine.set_syntax(syntax);
    }
    engine.set_formatter(|out, _, value| {
        if value.is_none() || value.is_undefined() {
            return Err(Error::new(ErrorKind::UndefinedError, ""));
        }
        write!(out, "{value}").map_err(|_| Error::new(ErrorKind::WriteFailure, ""))
    });
    engine.add_filter("upper", filters::upper);
    engine.add_filter("lower", filters::lower);
    engine.add_filter("join", filters::join);
    engine.add_filter("length", filters::length);
    engine.add_filter("first", filters::first);
    engine.add_filter("last", filters::last);
    engine.add_test("defined", tests::is_defined);
    engine.add_test("none", tests::is_none);
    engine
        .add_filter("left", |text: String, columns: usize| layout::left(&text, columns.min(PAD_COLUMNS_MAX)));
    engine.add_filter("right", |text: String, columns: usize| {
        layout::right(&text, columns.min(PAD_COLUMNS_MAX))
    });
    add_words(&mut engine, &Arc::new(words));
    engine
}

/// Adds the filters that say what is given in the words of programs.
fn add_words(engine: &mut Environment<'static>, words: &Arc<Vocabulary>) {
    let said: [(&'static str, Say); 7] = [
        ("month", Vocabulary::month),
        ("day", Vocabulary::day),
        ("decimal", Vocabulary::decimal),
        ("status", Vocabulary::status),
        ("role", Vocabulary::role),
        ("kind", Vocabulary::kind),
        ("kind_named", Vocabulary::kind_named),
    ];
    for (name, say) in said {
        let words = Arc::clone(words);
        engine.add_filter(name, move |text: Value| {
            let text = text.as_str().ok_or_else(|| Error::new(ErrorKind::UndefinedError, name))?;
            say(&words, text).ok_or_else(|| Error::new(ErrorKind::InvalidOperation, name))
        });
    }
    let laid: [(&'static str, Lay); 3] =
        [("table", layout::table), ("compare", layout::compare), ("targets", layout::targets)];
    for (name, lay) in laid {
        let words = Arc::clone(words);
        engine.add_filter(name, move |value: Value| lay(&data_of(&value), &words));
    }
}

/// Tells whether no expression or statement of a template is so long that reading it could exhaust the stack: each sign may
/// nest one level deeper.
fn blocks_fit(source: &str) -> bool {
    let first = |text: &str, marks: [&str; 2]| marks.iter().filter_map(|it| text.find(it)).min();
    let mut rest = source;
    while let Some(at) = first(rest, ["{{", "{%"]) {
        rest = &rest[at + 2..];
        if first(rest, ["}}", "%}"]).unwrap_or(rest.len()) > BLOCK_BYTES_MAX {
            return false;
        }
    }
    true
}

/// Renders a template; its text is bounded.
pub fn render(engine: &Environment<'_>, name: &str, source: &str, facts: Value) -> Result<String, Error> {
    if !blocks_fit(source) {
        return Err(Error::new(ErrorKind::SyntaxError, "an expression is too long"));
    }
    let template = engine.template_from_named_str(name, source)?;
    let mut out = Bounded(Vec::new());
    template.render_captured_to(facts, &mut out)?;
    Ok(String::from_utf8_lossy(&out.0).into_owned())
}

/// Gives data to templates: text is cleaned, and is only ever text.
pub fn value(data: &serde_json::Value) -> Value {
    match data {
        serde_json::Value::Null => Value::from(()),
        serde_json::Value::Bool(yes) => Value::from(*yes),
        serde_json::Value::Number(number) => {
            number.as_i64().map_or_else(|| Value::from(number.to_string()), Value::from)
        }
        serde_json::Value::String(text) => Value::from(cleaned(text)),
        serde_json::Value::Array(items) => Value::from(items.iter().map(value).collect::<Vec<_>>()),
        serde_json::Value::Object(map) => {
            let named: BTreeMap<String, Value> =
                map.iter().map(|(name, it)| (name.clone(), value(it))).collect();
            Value::from(named)
        }
    }
}

fn cleaned(text: &str) -> String {
    if text.contains('\n') { clean_note(text) } else { clean_line(text, NAME_CHARS_MAX.max(NOTE_CHARS_MAX)) }
}

/// Takes data back out of the engine, for a filter that lays it out.
fn data_of(data: &Value) -> serde_json::Value {
    match data.kind() {
        ValueKind::String => serde_json::Value::from(data.as_str().unwrap_or_default()),
        ValueKind::Seq => {
            data.try_iter().map_or(serde_json::Value::Null, |it| it.map(|it| data_of(&it)).collect())
        }
        ValueKind::Map => {
            let keys = data.try_iter().map(Iterator::collect::<Vec<_>>).unwrap_or_default();
            let pairs = keys.iter().filter_map(|key| {
                let named = data.get_item(key).ok()?;
                Some((key.as_str()?.to_owned(), data_of(&named)))
            });
            serde_json::Value::Object(pairs.collect())
        }
        _ => serde_json::Value::Null,
    }
}

/// Takes so many bytes and no more.
struct Bounded(Vec<u8>);

impl Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if self.0.len() + bytes.len() > OUTPUT_BYTES_MAX {
            return Err(std::io::ErrorKind::FileTooLarge.into());
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
