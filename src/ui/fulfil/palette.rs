//! Lists what the palette offers besides sites: the keys of the screen below, places, commands, projects, contractors.

use crossterm::event::KeyEvent;

use crate::model::text::fold;
use crate::texts::{Language, Texts};
use crate::ui::app::{App, GLOBAL, GO, Global};
use crate::ui::command::{Command, FormAim, Place};
use crate::ui::frame;
use crate::ui::keymap;
use crate::ui::screens::AnyScreen;
use crate::ui::screens::palette::{Offer, Palette};
use crate::ui::world::World;

/// Opens the palette over the screen on top.
pub fn open(world: &World, app: &App) -> AnyScreen {
    let words = Words::new(&world.texts);
    let mut offers = of_screen(app, &words);
    offers.extend(places(&words));
    offers.extend(commands(&words));
    offers.extend(names(world));
    AnyScreen::Palette(Box::new(Palette::new(offers)))
}

/// The words of both languages: who works in one may remember the word of the other.
struct Words<'a> {
    own: &'a Texts,
    other: Texts,
}

impl<'a> Words<'a> {
    fn new(own: &'a Texts) -> Self {
        let other = match own.language {
            Language::French => Language::English,
            Language::English => Language::French,
        };
        Self { own, other: Texts::new(other) }
    }

    fn offer(&self, key: &str, aside: String, command: Command) -> Offer {
        let name = self.own.text(key);
        let folded = fold(&format!("{name} {}", self.other.text(key)));
        Offer { name, aside, folded, command: Command::Both(Box::new(Command::Back), Box::new(command)) }
    }
}

/// The keys that the last line of the screen names.
fn of_screen(app: &App, words: &Words<'_>) -> Vec<Offer> {
    let hinted = app.screen().view().help().into_iter().filter(|it| it.hinted && it.blocked.is_none());
    hinted
        .filter_map(|it| {
            let label = it.keys.split(' ').next()?;
            let (code, modifiers) = keymap::parse(label)?;
            let aside = frame::first_cap(label, words.own);
            Some(words.offer(it.help, aside, Command::Press(KeyEvent::new(code, modifiers))))
        })
        .collect()
}

fn places<'a>(words: &'a Words<'_>) -> impl Iterator<Item = Offer> + 'a {
    GO.iter().map(|it| words.offer(it.help, format!("g {}", it.key), Command::Switch(it.place.clone())))
}

fn commands(words: &Words<'_>) -> Vec<Offer> {
    let form = |aim| Command::Open(Place::Form(aim));
    let listed = [
        ("palette-add-project", form(FormAim::AddProject)),
        ("palette-add-site", form(FormAim::AddSite(None))),
        ("palette-add-contractor", form(FormAim::AddContractor)),
        ("palette-add-contact", form(FormAim::AddContact)),
        ("palette-organisation", form(FormAim::Organisation)),
        ("palette-import", Command::Open(Place::Import)),
        ("palette-backup", Command::Backup),
        ("palette-language", Command::Language),
        ("palette-colours", Command::Colours),
        ("palette-ascii", Command::Ascii),
        ("palette-tour", Command::Open(Place::Tour(0))),
    ];
    let keyed = [
        (Global::Undo, Command::Undo),
        (Global::Redo, Command::Redo),
        (Global::Help, Command::Open(Place::Help)),
        (Global::Quit, Command::Quit),
    ];
    let keyed = keyed.into_iter().filter_map(|(ask, command)| {
        let key = GLOBAL.iter().find(|it| it.ask == ask)?;
        Some(words.offer(key.help, frame::first_cap(key.keys, words.own), command))
    });
    let listed = listed.into_iter().map(|(key, command)| words.offer(key, String::new(), command));
    keyed.chain(listed).collect()
}

/// Projects and contractors.
fn names(world: &World) -> Vec<Offer> {
    let named = |name: &str, kind: &str, place| Offer {
        name: name.to_owned(),
        aside: world.texts.text(kind),
        folded: fold(name),
        command: Command::Replace(place),
    };
    let projects = world
        .portfolio
        .projects
        .iter()
        .map(|it| named(&it.project.name, "palette-project", Place::FollowUp(Some(it.project.id))));
    let mut contractors: Vec<&str> = world.portfolio.contractors.values().map(String::as_str).collect();
    contractors.sort_unstable();
    let contractors = contractors.into_iter().map(|it| named(it, "palette-contractor", Place::Registers));
    projects.chain(contractors).collect()
}
