//! Reads what the editor of observations shows.

use crate::actions::failure::Failure;
use crate::actions::names;
use crate::model::id::Id;
use crate::model::month::Month;
use crate::model::site::Lot;
use crate::texts::site_and_lot;
use crate::ui::screens::AnyScreen;
use crate::ui::screens::observation::{Observation, Opened};
use crate::ui::world::World;

/// Message keys of usual causes of a delay.
const CAUSES: [&str; 7] = [
    "cause-rain",
    "cause-supply",
    "cause-payment",
    "cause-labour",
    "cause-access",
    "cause-drawings",
    "cause-other",
];
/// Message keys of those who usually answer for it.
const ATTRIBUTIONS: [&str; 4] =
    ["attribution-contractor", "attribution-client", "attribution-architect", "attribution-outside"];

/// Opens the screen.
pub fn open(world: &mut World, lot: Id<Lot>, month: Month) -> Result<AnyScreen, Failure> {
    let read = world.session.store.read();
    let (site, named) = names::known_lot(read, lot)?;
    let observations = read.observations(lot)?;
    let of = |wanted: Month| {
        let texts = observations.iter().filter(|it| it.month == wanted).map(|it| it.text.as_str());
        texts.collect::<Vec<_>>().join("\n")
    };
    let before = observations.iter().filter(|it| it.month < month).map(|it| it.month).max();
    let (cause, attribution) = read.cause(lot, month)?;
    let words = |keys: &[&str]| keys.iter().map(|it| world.texts.text(it)).collect();
    let opened = Opened {
        lot,
        month,
        place: site_and_lot(&site.code, &site.name, &named.name),
        last: before.map(|it| (it, of(it))),
        kept: [of(month), cause, attribution],
        usual: [words(&CAUSES), words(&ATTRIBUTIONS)],
    };
    Ok(AnyScreen::Observation(Box::new(Observation::new(opened))))
}
