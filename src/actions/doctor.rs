//! Examines the database: the file, the schema, the log, the tables, the derived standings, and what is to repair.

use std::collections::{BTreeSet, HashMap};

use super::conflicts;
use super::exchange::findings::findings;
use super::failure::Failure;
use super::session::Session;
use super::sign_off::changed::Outdated;
use super::standing;
use super::terms::Terms;
use crate::model::problem::Problem;

/// How the examination goes on, for a progress bar.
#[derive(Clone, Copy, Debug)]
pub enum Progress {
    /// So many links of the chains are checked.
    Chain(u64),
    /// So many changes are applied again.
    Rebuild(u64),
}

/// What was found.
#[derive(Debug, Default)]
pub struct Report {
    /// Ops and changes in the log.
    pub size: (u64, u64),
    /// Damage: something is not what the log says, or the log is not what it was.
    pub damage: Vec<Problem>,
    /// Defects in what is followed: nothing is lost, but something is missing or doubtful.
    pub defects: Vec<Problem>,
    /// Standings that were derived again.
    pub repaired: usize,
}

/// Examines everything. `full` also reads every page of the file; `repair` derives stale standings again.
pub fn examine(
    session: &mut Session,
    full: bool,
    repair: bool,
    mut visit: impl FnMut(Progress),
) -> Result<Report, Failure> {
    let mut report = Report { size: session.store.read().log_size()?, ..Report::default() };
    report.damage.extend(session.store.check_file(full)?);
    for name in session.store.check_schema()? {
        report.damage.push(Problem::new("schema-differs").with("name", name));
    }
    report.damage.extend(session.store.read().check_chains(|it| visit(Progress::Chain(it)))?);
    report.damage.extend(session.store.compare_with_log(|it| visit(Progress::Rebuild(it)))?);
    let stale = stale_standings(session)?;
    if !stale.is_empty() && repair {
        report.repaired = stale.len();
        let judged = standing::judge_all(session.store.read(), &stale)?;
        session.store.keep_standings(&judged)?;
    } else if !stale.is_empty() {
        report.damage.push(Problem::new("standing-stale").with("count", stale.len()));
    }
    report.defects = defects(session)?;
    report.defects.extend(findings(session, full)?);
    Ok(report)
}

/// Finds lots whose kept standing is not what their figures say.
fn stale_standings(
    session: &Session,
) -> Result<BTreeSet<crate::model::id::Id<crate::model::site::Lot>>, Failure> {
    let read = session.store.read();
    let terms = Terms::load(read)?;
    let mut policies = HashMap::new();
    let mut kept: HashMap<_, _> = read.standings(None)?.into_iter().map(|it| (it.lot, it)).collect();
    let mut stale = BTreeSet::new();
    for lot in read.lots()? {
        if standing::judged(read, &terms, &mut policies, lot.id)? != kept.remove(&lot.id) {
            stale.insert(lot.id);
        }
    }
    stale.extend(kept.into_keys());
    Ok(stale)
}

/// Lists what is missing or doubtful: durations, starts, codes used twice, addresses, competing versions.
pub fn defects(session: &Session) -> Result<Vec<Problem>, Failure> {
    let read = session.store.read();
    let terms = Terms::load(read)?;
    let mut defects = Vec::new();
    let sites: Vec<_> = read.sites()?.into_iter().filter(|it| !it.archived).collect();
    let named =
        |it: &crate::model::site::Site| if it.code.is_empty() { it.name.clone() } else { it.code.clone() };
    let without_duration: Vec<_> =
        sites.iter().filter(|it| terms.durations(it).is_empty()).map(named).collect();
    let without_start: Vec<_> = sites.iter().filter(|it| it.start.is_none()).map(named).collect();
    for (key, names) in [("sites-without-duration", without_duration), ("sites-without-start", without_start)]
    {
        if !names.is_empty() {
            defects.push(Problem::new(key).with("count", names.len()).with("sites", listed(&names)));
        }
    }
    let mut codes: HashMap<(_, &str), usize> = HashMap::new();
    for site in sites.iter().filter(|it| !it.code.is_empty()) {
        *codes.entry((site.project, site.code.as_str())).or_default() += 1;
    }
    let mut twice: Vec<String> =
        codes.iter().filter(|(_, count)| **count > 1).map(|((_, code), _)| (*code).to_owned()).collect();
    twice.sort();
    if !twice.is_empty() {
        defects.push(Problem::new("codes-twice").with("count", twice.len()).with("codes", listed(&twice)));
    }
    let silent: Vec<_> = read
        .contractors()?
        .into_iter()
        .filter(|it| !it.archived && it.party.email.is_empty())
        .map(|it| it.party.name)
        .collect();
    if !silent.is_empty() {
        defects.push(
            Problem::new("contractors-without-email")
                .with("count", silent.len())
                .with("names", listed(&silent)),
        );
    }
    let contested = conflicts::conflicts(session)?.len();
    if contested > 0 {
        defects.push(Problem::new("values-contested").with("count", contested));
    }
    // Nothing is taken as said before: every signed month that says something else is listed.
    defects.extend(Outdated::default().since(session)?);
    Ok(defects)
}

fn listed(names: &[String]) -> String {
    const NAMED_MAX: usize = 8;
    let mut text = names.iter().take(NAMED_MAX).map(String::as_str).collect::<Vec<_>>().join(", ");
    if names.len() > NAMED_MAX {
        text.push_str(", …");
    }
    text
}
