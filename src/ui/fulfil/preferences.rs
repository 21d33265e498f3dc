//! What the user chooses while working: language, colours, glyphs.

use crate::model::problem::Problem;
use crate::texts::{Language, Texts, Tone};
use crate::ui::app::{App, Notice};
use crate::ui::local::Spoken;
use crate::ui::world::World;

/// Speaks the other language.
pub fn language(app: &mut App, world: &mut World) {
    let (language, spoken) = match world.texts.language {
        Language::French => (Language::English, Spoken::En),
        Language::English => (Language::French, Spoken::Fr),
    };
    world.texts = Texts::new(language);
    world.preferences.language = Some(spoken);
    keep(app, world, "language-changed");
}

/// Takes the next colours.
pub fn colours(app: &mut App, world: &mut World) {
    world.theme.scheme = world.theme.scheme.next();
    world.preferences.scheme = world.theme.scheme;
    keep(app, world, &format!("scheme-{}", world.theme.scheme.word()));
}

/// Switches between full glyphs and ASCII.
pub fn ascii(app: &mut App, world: &mut World) {
    world.ascii = !world.ascii;
    world.preferences.ascii = Some(world.ascii);
    keep(app, world, if world.ascii { "ascii-on" } else { "ascii-off" });
}

/// Does not show the first hint again.
pub fn hint_read(app: &mut App, world: &mut World) {
    world.preferences.hint_read = true;
    if let Err(error) = world.local.keep_preferences(&world.preferences) {
        not_kept(app, world, &error);
    }
}

fn keep(app: &mut App, world: &mut World, key: &str) {
    app.notice = Some(Notice { text: world.texts.text(key), tone: Tone::Plain });
    if let Err(error) = world.local.keep_preferences(&world.preferences) {
        not_kept(app, world, &error);
    }
}

fn not_kept(app: &mut App, world: &World, error: &std::io::Error) {
    let problem = Problem::new("local-not-kept").with("error", error);
    app.notice = Some(Notice { text: world.texts.problem(&problem), tone: Tone::Problem });
}
