//! Sites: added with their first lot, edited, archived.

use crate::actions::failure::Failure;
use crate::actions::names::{self, Wanted};
use crate::actions::op::{Note, OpName};
use crate::actions::register::contractor;
use crate::actions::register::lot::{self, LotFields, WHOLE};
use crate::actions::register::{optional, required};
use crate::actions::session::{Session, new_id};
use crate::actions::settings;
use crate::model::id::Id;
use crate::model::month::Month;
use crate::model::organisation::Project;
use crate::model::percent::Percent;
use crate::model::problem::Problem;
use crate::model::site::{Site, Start};
use crate::model::text::fold;
use crate::store::change::Scope;
use crate::store::registry;
use crate::store::transact::Tx;
use crate::store::value::Value;

/// The longest contract, in months.
pub const DURATION_MONTHS_MAX: u16 = 600;

/// What can be said of a site; what is not given stays, empty text clears.
#[derive(Clone, Debug, Default)]
pub struct SiteFields {
    /// The project that it belongs to.
    pub project: Option<Id<Project>>,
    /// Human code.
    pub code: Option<String>,
    /// Name.
    pub name: Option<String>,
    /// Address.
    pub address: Option<String>,
    /// Start of works.
    pub start: Option<Start>,
    /// Contractual duration.
    pub duration_months: Option<u16>,
    /// Progress before the follow-up began.
    pub initial: Option<Percent>,
    /// Maître d'œuvre.
    pub architect: Option<String>,
    /// Person in charge.
    pub manager: Option<String>,
    /// Planned budget in the smallest unit of the organisation's currency.
    pub budget: Option<i64>,
    /// What is taken back.
    pub cleared: Cleared,
}

/// Facts of a site that turn out not to be known; what is given anew is not cleared.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cleared {
    /// Start of works.
    pub start: bool,
    /// Contractual duration.
    pub duration: bool,
    /// Planned budget.
    pub budget: bool,
}

/// Adds a site with one lot, built by `contractors` (names). Returns the names of contractors that were added too.
pub fn add(
    session: &mut Session,
    project: &Wanted<Project>,
    fields: &SiteFields,
    contractors: &[String],
) -> Result<Vec<String>, Failure> {
    session.steady(|session| {
        let read = session.store.read();
        let project = names::wanted_project(read, project)?;
        let code = required(fields.code.as_deref().unwrap_or_default())?;
        if read.sites_of(project.id)?.iter().any(|it| !it.archived && fold(&it.code) == fold(&code)) {
            return Err(Problem::new("site-exists").with("code", code).into());
        }
        let organisation = session.organisation()?;
        let fields = SiteFields {
            project: Some(project.id),
            name: fields.name.clone().or(Some(code.clone())),
            ..fields.clone()
        };
        let note = Note::new().with("what", "site").with("name", code);
        let (added, _) = session.transact(OpName::Add, &note, |tx| {
            let id = new_id();
            write(tx, id, &fields, &organisation.currency, None)?;
            let whole = LotFields { name: Some(WHOLE.to_owned()), rank: Some(0), ..LotFields::default() };
            let (builders, added) = contractor::find_or_add(tx, organisation.id, contractors)?;
            lot::write(tx, id, new_id(), &whole, Some(&builders))?;
            Ok(added)
        })?;
        Ok(added)
    })
}

/// Changes a site. With `from`, the duration is an amendment that holds from that month; the past keeps its own.
/// Returns whether anything changed.
pub fn edit(
    session: &mut Session,
    wanted: &Wanted<Site>,
    fields: &SiteFields,
    from: Option<Month>,
) -> Result<bool, Failure> {
    session.steady(|session| {
        let site = names::wanted_site(session.store.read(), wanted)?;
        let currency = session.organisation()?.currency;
        let mut fields = fields.clone();
        let amendment = from.and_then(|month| fields.duration_months.take().map(|it| (month, it)));
        if from.is_some() && amendment.is_none() {
            return Err(Problem::new("from-without-duration").into());
        }
        let note = Note::new()
            .with("what", "site")
            .with("name", if site.code.is_empty() { &site.name } else { &site.code });
        let ((), saved) = session.transact(OpName::Edit, &note, |tx| {
            write(tx, site.id, &fields, &currency, None)?;
            if let Some((month, duration)) = amendment {
                check_duration(duration)?;
                let owner = settings::Owner::Site(site.id);
                settings::write(tx, owner, settings::DURATION, month, &duration.to_string())?;
            }
            Ok(())
        })?;
        Ok(saved.op.is_some())
    })
}

/// Archives a site: it is no longer followed.
pub fn archive(session: &mut Session, wanted: &Wanted<Site>) -> Result<Site, Failure> {
    session.steady(|session| {
        let site = names::wanted_site(session.store.read(), wanted)?;
        let note = Note::new()
            .with("what", "site")
            .with("name", if site.code.is_empty() { &site.name } else { &site.code });
        session.transact(OpName::Archive, &note, |tx| write_archived(tx, site.id))?;
        Ok(site)
    })
}

/// Writes that a site is archived.
pub fn write_archived(tx: &mut Tx<'_>, id: Id<Site>) -> Result<(), Failure> {
    let columns = registry::SITE.columns([("archived", Some(true.into()))]);
    tx.put(&registry::SITE, Scope::Site(id.bytes()), vec![id.into()], columns, None)?;
    Ok(())
}

/// Writes what is given of a site. `origin` says where the values came from.
pub fn write(
    tx: &mut Tx<'_>,
    id: Id<Site>,
    fields: &SiteFields,
    currency: &str,
    origin: Option<&str>,
) -> Result<(), Failure> {
    fields.duration_months.map_or(Ok(()), check_duration)?;
    if let Some(initial) = fields.initial.filter(|it| !it.is_progress()) {
        return Err(Problem::new("progress-out-of-range").with("value", initial).into());
    }
    let name = fields.name.as_deref().map(required).transpose()?;
    let columns = registry::SITE.columns([
        ("project", fields.project.map(Value::from)),
        ("code", optional(fields.code.as_deref())),
        ("name", name.as_deref().map(Value::from)),
        ("address", optional(fields.address.as_deref())),
        ("start", fields.start.map(|it| Value::Text(it.to_string())).or(nothing(fields.cleared.start))),
        (
            "duration",
            fields.duration_months.map(|it| i64::from(it).into()).or(nothing(fields.cleared.duration)),
        ),
        ("initial", fields.initial.map(Value::from)),
        ("architect", optional(fields.architect.as_deref())),
        ("manager", optional(fields.manager.as_deref())),
    ]);
    tx.put(&registry::SITE, Scope::Site(id.bytes()), vec![id.into()], columns, origin)?;
    if let Some(budget) = fields.budget.map(Value::from).or(nothing(fields.cleared.budget)) {
        let columns =
            registry::SITE_MONEY.columns([("budget", Some(budget)), ("currency", Some(currency.into()))]);
        tx.put(&registry::SITE_MONEY, Scope::SiteMoney(id.bytes()), vec![id.into()], columns, origin)?;
    }
    Ok(())
}

fn nothing(cleared: bool) -> Option<Value> {
    cleared.then_some(Value::Null)
}

fn check_duration(months: u16) -> Result<(), Problem> {
    if (1..=DURATION_MONTHS_MAX).contains(&months) {
        return Ok(());
    }
    Err(Problem::new("duration-out-of-range").with("months", months).with("most", DURATION_MONTHS_MAX))
}
