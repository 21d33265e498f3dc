//! Who vouches for the figures of a project's month, how, and whether it still holds.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::text::{MonthText, text_of, texts_of};
use crate::actions::authority::person;
use crate::actions::failure::Failure;
use crate::actions::session::Session;
use crate::model::id::Id;
use crate::model::month::Month;
use crate::model::organisation::{Contact, Project};
use crate::model::sign_off::{SignForm, SignLevel, SignOff};
use crate::model::site::Site;
use crate::store::change::Scope;
use crate::store::log::OpRow;
use crate::store::read::{FigureWritten, Reader};
use crate::store::registry;
use crate::sync::keys::{MachinePublicKey, Purpose};

/// How many approvers are needed where each of them entered a figure of the month.
const APPROVERS_WHO_ENTERED: usize = 2;

/// A sign-off, with what is known about it.
#[derive(Clone, Debug)]
pub struct Signed {
    /// The sign-off.
    pub sign_off: SignOff,
    /// Who recorded it, when, on which machine.
    pub op: Option<OpRow>,
    /// Whether the signed text is the present one.
    pub holds: bool,
    /// Whether its signature is of its key; `None` where it has none.
    pub is_genuine: Option<bool>,
}

impl Signed {
    /// Tells whether it vouches for the present figures.
    pub fn counts(&self) -> bool {
        self.holds && self.is_genuine != Some(false)
    }

    /// Returns what `ssh-keygen -l` shows of its key.
    pub fn fingerprint(&self) -> Option<String> {
        MachinePublicKey::read(&self.sign_off.key).ok().map(|it| it.fingerprint())
    }
}

/// How far a project's month is vouched for.
#[derive(Clone, Debug)]
pub struct Vouched {
    /// The project.
    pub project: Project,
    /// The month.
    pub month: Month,
    /// The present text.
    pub text: MonthText,
    /// Its sign-offs, oldest first.
    pub signed: Vec<Signed>,
    /// The highest level that is reached for the present figures.
    pub reached: Option<SignLevel>,
    /// Whether somebody approved it, and a second person is needed because the first entered figures.
    pub awaits_second: bool,
}

impl Vouched {
    /// Tells whether the signed text is another than the present one: a new sign-off is needed.
    pub fn is_broken(&self) -> bool {
        let broken = self.signed.iter().filter(|it| !it.counts()).map(|it| it.sign_off.level).max();
        broken > self.reached
    }

    /// Returns the highest level at which somebody signed, whether it holds or not.
    pub fn highest(&self) -> Option<SignLevel> {
        self.signed.iter().map(|it| it.sign_off.level).max()
    }

    /// Returns the level that is signed next; `None` when all are reached.
    pub fn next(&self) -> Option<SignLevel> {
        SignLevel::ALL.into_iter().find(|it| Some(*it) > self.reached)
    }
}

/// What a key signs: who vouches for which figures, and how far.
pub fn statement(level: SignLevel, signer: &str, hash: &[u8; 32]) -> String {
    let hash = blake3::Hash::from(*hash).to_hex();
    format!(
        "chantier signature de visa v1\nniveau: {}\nsignataire: {signer}\nempreinte: {hash}\n",
        level.word()
    )
}

/// Reads how far a month is vouched for.
pub fn vouched(session: &Session, project: &Project, month: Month) -> Result<Vouched, Failure> {
    let read = session.store.read();
    let rows = read.sign_offs(project.id)?.into_iter().filter(|it| it.month == month).collect();
    judge(read, project.clone(), month, text_of(read, project, month)?, rows, &mut Authors::default())
}

/// Reads every month of a project for which somebody vouched, oldest first; each lot is read once.
pub fn vouched_months(session: &Session, project: &Project) -> Result<Vec<Vouched>, Failure> {
    vouched_since(session, project, Month::MIN)
}

/// As [`vouched_months`], from a month on.
pub fn vouched_since(session: &Session, project: &Project, from: Month) -> Result<Vec<Vouched>, Failure> {
    let read = session.store.read();
    let mut months: BTreeMap<Month, Vec<SignOff>> = BTreeMap::new();
    for row in read.sign_offs(project.id)?.into_iter().filter(|it| it.month >= from) {
        months.entry(row.month).or_default().push(row);
    }
    judge_all(read, project, months)
}

/// Reads some months of a project, vouched for or not, oldest first; each lot is read once.
pub fn vouched_over(
    session: &Session,
    project: &Project,
    months: &BTreeSet<Month>,
) -> Result<Vec<Vouched>, Failure> {
    let read = session.store.read();
    let mut rows: BTreeMap<Month, Vec<SignOff>> = months.iter().map(|it| (*it, Vec::new())).collect();
    for row in read.sign_offs(project.id)? {
        if let Some(rows) = rows.get_mut(&row.month) {
            rows.push(row);
        }
    }
    judge_all(read, project, rows)
}

fn judge_all(
    read: Reader<'_>,
    project: &Project,
    months: BTreeMap<Month, Vec<SignOff>>,
) -> Result<Vec<Vouched>, Failure> {
    if months.is_empty() {
        return Ok(Vec::new());
    }
    let mut authors = Authors::default();
    let mut texts = texts_of(read, project, &months.keys().copied().collect())?;
    let months = months.into_iter().filter_map(|(month, rows)| Some((month, texts.remove(&month)?, rows)));
    months.map(|(month, text, rows)| judge(read, project.clone(), month, text, rows, &mut authors)).collect()
}

fn judge(
    read: Reader<'_>,
    project: Project,
    month: Month,
    text: MonthText,
    rows: Vec<SignOff>,
    authors: &mut Authors,
) -> Result<Vouched, Failure> {
    let mut signed = Vec::new();
    for sign_off in rows {
        signed.push(signed_of(read, sign_off, &text.hash)?);
    }
    signed.sort_by_key(|it: &Signed| it.op.as_ref().map_or(i64::MAX, |op| op.n));
    let mut found = Vouched { project, month, text, signed, reached: None, awaits_second: false };
    let mut signers = |level| authors.signers(read, &found.signed, level);
    let (checkers, approvers, seers) =
        (signers(SignLevel::Checked)?, signers(SignLevel::Approved)?, signers(SignLevel::Seen)?);
    let approved = match approvers.iter().next() {
        None => false,
        Some(_) if approvers.len() >= APPROVERS_WHO_ENTERED => true,
        Some(only) => !authors.entered(read, &found.text, month, only)?,
    };
    let awaits_second = !approvers.is_empty() && !approved;
    let ladder = [!checkers.is_empty(), approved, !seers.is_empty()];
    let reached = ladder.iter().take_while(|it| **it).count();
    let reached = reached.checked_sub(1).map(|it| SignLevel::ALL[it]);
    (found.reached, found.awaits_second) = (reached, awaits_second);
    Ok(found)
}

fn signed_of(read: Reader<'_>, sign_off: SignOff, present: &[u8; 32]) -> Result<Signed, Failure> {
    let is_genuine = (sign_off.form == SignForm::Key).then(|| {
        let message = statement(sign_off.level, &sign_off.signer, &sign_off.hash);
        let key = MachinePublicKey::read(&sign_off.key);
        key.is_ok_and(|it| it.verify_armoured(Purpose::SignOff, message.as_bytes(), &sign_off.signature))
    });
    let heads = read.heads(&registry::SIGN_OFF, &[sign_off.id.into()])?;
    let scope = Scope::Project(sign_off.project.bytes());
    let op = heads.first().map(|(_, dot)| read.op_at(scope, *dot)).transpose()?.flatten();
    Ok(Signed { holds: sign_off.hash == *present, op, is_genuine, sign_off })
}

/// Who ever entered the figures of sites, and as whom they are known; each site and each name is read once.
#[derive(Default)]
struct Authors {
    written: HashMap<Id<Site>, Vec<FigureWritten>>,
    contacts: Option<Vec<Contact>>,
    persons: HashMap<String, String>,
}

impl Authors {
    /// Names a person alike however they are written.
    fn person(&mut self, read: Reader<'_>, who: &str) -> Result<String, Failure> {
        if let Some(known) = self.persons.get(who) {
            return Ok(known.clone());
        }
        let contacts = match self.contacts.take() {
            Some(contacts) => contacts,
            None => read.contacts()?,
        };
        let person = person(self.contacts.insert(contacts), who);
        self.persons.insert(who.to_owned(), person.clone());
        Ok(person)
    }

    /// Returns who signed at a level what stands.
    fn signers(
        &mut self,
        read: Reader<'_>,
        signed: &[Signed],
        level: SignLevel,
    ) -> Result<HashSet<String>, Failure> {
        let at = signed.iter().filter(|it| it.counts() && it.sign_off.level == level);
        at.map(|it| self.person(read, &it.sign_off.signer)).collect()
    }

    /// Tells whether a person ever entered a figure that is in the text of a month.
    fn entered(
        &mut self,
        read: Reader<'_>,
        text: &MonthText,
        month: Month,
        who: &str,
    ) -> Result<bool, Failure> {
        let mut users = BTreeSet::new();
        for (site, lot) in &text.lots {
            if !self.written.contains_key(site) {
                self.written.insert(*site, read.figures_written(*site)?);
            }
            let of_lot = |it: &&FigureWritten| it.lot == *lot && it.month == month;
            let written = self.written.get(site).into_iter().flatten().filter(of_lot);
            users.extend(written.map(|it| it.user.clone()));
        }
        for user in users {
            if self.person(read, &user)? == who {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
