//! `chantier lot`: the lots of a site.

use serde_json::{Value, json};

use super::{facts, list, said, said_edited};
use crate::actions::directory::{Directory, Selection};
use crate::actions::names;
use crate::actions::record_entry::place;
use crate::actions::register::lot::{self, LotFields};
use crate::cli::arguments::{Lot as Arguments, LotVerb};
use crate::cli::context::Context;
use crate::cli::table::Layout;
use crate::cli::{Done, Stop};
use crate::model::percent::Percent;
use crate::model::problem::Problem;
use crate::model::site::{Lot, Site};
use crate::texts::decimal;

/// Lists, shows, adds, edits or archives lots.
pub fn run(context: &Context, arguments: Arguments) -> Result<Done, Stop> {
    match arguments.verb {
        LotVerb::List { site } => {
            let session = context.open()?;
            let (site, lots) = names::lots(session.store.read(), &site)?;
            let directory = Directory::load(session.store.read(), Selection::Site(site.id))?;
            let rows = lots.iter().map(|it| {
                let firms = directory.contractors_of(it);
                let weight = context.texts.hundredths(it.weight);
                (vec![it.name.clone(), firms.join(" / "), weight], json(&site, it, &firms))
            });
            let titles = [
                ("column-lot", Layout::Flexible),
                ("column-contractor", Layout::Flexible),
                ("column-weight", Layout::Right),
            ];
            list(context, &titles, rows.collect())
        }
        LotVerb::Show { place } => {
            let session = context.open()?;
            let (site, lot) = names::lot(session.store.read(), &place)?;
            let firms = Directory::load(session.store.read(), Selection::Site(site.id))?.contractors_of(&lot);
            let value = json(&site, &lot, &firms);
            let shown = [
                ("field-site", site.name),
                ("field-name", lot.name),
                ("field-contractor", firms.join(" / ")),
                ("field-weight", context.texts.hundredths(lot.weight)),
            ];
            facts(context, &shown, &value)
        }
        LotVerb::Add { site, name, contractor, weight } => {
            let contractors = Some(contractor);
            let fields = LotFields {
                name: Some(name.clone()),
                weight: amount(weight)?,
                contractors,
                ..LotFields::default()
            };
            let firms = lot::add(&mut context.open()?, &site.as_str().into(), &fields)?;
            for firm in &firms {
                said(context, "contractor-added", firm);
            }
            Ok(said(context, "added", &format!("{site}/{name}")))
        }
        LotVerb::Edit { place, rename, contractor, weight } => {
            let contractors = Some(contractor).filter(|it| !it.is_empty());
            let fields =
                LotFields { name: rename, weight: amount(weight)?, contractors, ..LotFields::default() };
            let changed = lot::edit(&mut context.open()?, &place.as_str().into(), &fields)?;
            Ok(said_edited(context, changed, &place))
        }
        LotVerb::Archive { place } => {
            let archived = LotFields { archived: Some(true), ..LotFields::default() };
            lot::edit(&mut context.open()?, &place.as_str().into(), &archived)?;
            Ok(said(context, "archived", &place))
        }
    }
}

/// Reads a weight with at most two decimals into hundredths.
fn amount(text: Option<String>) -> Result<Option<i64>, Problem> {
    text.map(|it| crate::model::money::hundredths(&it)).transpose()
}

fn json(site: &Site, it: &Lot, firms: &[String]) -> Value {
    json!({
        "id": it.id.to_string(), "place": place(site, it), "site_code": site.code, "site": site.name, "name": it.name,
        "contractors": firms, "weight": it.weight.map(decimal), "initial": Percent::to_string(&site.initial),
    })
}
