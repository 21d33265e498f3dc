//! Invents one site with its lots, from the seed and the index of the site alone.

use crate::model::month::Month;
use crate::model::percent::Percent;
use crate::model::site::Start;

use super::Invented;
use super::course::Course;
use super::dice::{Dice, Purpose};
use super::history::{self, Frame, InventedDecision, InventedEntry};
use super::plan::Plan;
use super::programmes::{self, Trade, Works};
use super::story::Story;
use super::towns::of;

/// A site that does not exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InventedSite {
    /// Index of its project in [`Invented::projects`].
    pub project: usize,
    /// What happens to it.
    pub story: Story,
    /// Human code, for example `LYC-014`.
    pub code: String,
    /// Name.
    pub name: String,
    /// Town.
    pub town: String,
    /// Address.
    pub address: String,
    /// Maître d'œuvre.
    pub architect: String,
    /// Person in charge on the site.
    pub manager: String,
    /// Start of works, where known.
    pub start: Option<Start>,
    /// Contractual duration in months, where known.
    pub duration_months: Option<u16>,
    /// Progress before the follow-up began.
    pub initial: Percent,
    /// Planned budget, in the smallest unit of the organisation's currency.
    pub budget_minor: i64,
    /// Its lots, at least one.
    pub lots: Vec<InventedLot>,
}

/// What contractors build on an invented site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InventedLot {
    /// Name.
    pub name: String,
    /// Weight in hundredths; `None` for the only lot.
    pub weight: Option<i64>,
    /// Indexes of its contractors in [`Invented::contractors`].
    pub contractors: Vec<usize>,
    /// Its entries, by month.
    pub entries: Vec<InventedEntry>,
    /// Its decisions, by month.
    pub decisions: Vec<InventedDecision>,
}

/// Invents the site of an index.
pub(super) fn invent(world: &Invented, index: u64) -> InventedSite {
    let mut dice = Dice::new(world.spec.seed, Purpose::Site, index);
    let months = i64::from(world.spec.months.max(1));
    let plan = Plan::new(index, months, &mut dice);
    let project = usize::try_from(index / world.sites_per_project()).unwrap_or_default();
    let works = dice.pick(&programmes::programme(project).works_of(plan.duration));
    let town = world.towns.place(usize::try_from(index).unwrap_or_default());
    let first = world.spec.last_month.plus(i32::try_from(1 - plan.span).unwrap_or_default());
    InventedSite {
        project,
        story: plan.story,
        code: format!("{}-{:03}", works.prefix, index + 1),
        name: format!("{} {}", works.noun, of(&town)),
        address: address(&town, &mut dice),
        architect: architect(world, &mut dice),
        manager: world.surnames.person(&mut dice),
        start: plan.start(first, &mut dice),
        duration_months: plan.is_dated().then(|| u16::try_from(plan.duration).unwrap_or_default()),
        initial: plan.initial,
        budget_minor: plan.duration.min(48) * works.millions_monthly * dice.between(14..27) * 50_000,
        lots: lots(world, index, &plan, works, first),
        town,
    }
}

/// A part of a site: name, weight in hundredths, and how its works go on.
type Part = (&'static str, Option<i64>, Trade);

/// Returns the lots into which works are divided.
fn parts(count: usize, trade: Trade) -> &'static [Part] {
    use Trade::{Borehole, Building, Finishing, Network, Road};
    match (count, trade) {
        (3, Building | Finishing) => &[
            ("Gros œuvre", Some(5500), Building),
            ("Second œuvre", Some(3000), Finishing),
            ("VRD et aménagements extérieurs", Some(1500), Road),
        ],
        (_, Building | Finishing) => {
            &[("Bâtiment principal", Some(6500), Building), ("Annexes et clôture", Some(3500), Building)]
        }
        (_, Borehole) => &[("Forage", Some(6000), Borehole), ("Pompage et clôture", Some(4000), Finishing)],
        (_, Network) => {
            &[("Château d’eau", Some(4500), Network), ("Réseau de conduites", Some(5500), Network)]
        }
        (_, Road) => &[
            ("Terrassements et chaussée", Some(7000), Road),
            ("Ouvrages de franchissement", Some(3000), Road),
        ],
    }
}

fn lots(world: &Invented, index: u64, plan: &Plan, works: Works, first: Month) -> Vec<InventedLot> {
    if plan.lots < 2 {
        return vec![lot(world, (index, 0), plan, first, ("Ensemble", None, works.trade))];
    }
    parts(plan.lots, works.trade)
        .iter()
        .zip(0..)
        .map(|(part, at)| lot(world, (index, at), plan, first, *part))
        .collect()
}

/// Invents the lot of a site and a place among its lots; the first one lives the site's story.
fn lot(
    world: &Invented,
    (index, part): (u64, u64),
    plan: &Plan,
    first: Month,
    (name, weight, trade): Part,
) -> InventedLot {
    let mut dice = Dice::new(world.spec.seed, Purpose::Lot, index * 8 + part);
    let story = if part == 0 { plan.story } else { Story::Steady };
    let course =
        Course { story, span: plan.span, duration: plan.duration, pace: plan.pace(story, &mut dice) };
    let gap = plan.gap(story, &mut dice);
    let frame = Frame { first, course, initial: plan.initial, trade, misses_last: plan.misses_last, gap };
    let builders = if part == 0 { plan.builders } else { 1 };
    let decisions = history::decisions(&frame, &mut dice);
    InventedLot {
        name: name.to_owned(),
        weight,
        contractors: contractors(world.contractors.len(), builders, &mut dice),
        entries: history::entries(&frame, &mut Dice::new(world.spec.seed, Purpose::Remark, index * 8 + part)),
        decisions,
    }
}

/// Draws neighbours of a circle of `count` contractors.
fn contractors(count: usize, builders: usize, dice: &mut Dice) -> Vec<usize> {
    let drawn = dice.between(0..i64::try_from(count).unwrap_or(i64::MAX));
    let first = usize::try_from(drawn).unwrap_or_default();
    (0..builders.min(count)).map(|next| (first + next) % count).collect()
}

fn address(town: &str, dice: &mut Dice) -> String {
    let place = dice.pick(&[
        "Quartier Résidentiel",
        "Face à la mairie",
        "Route du marché",
        "Derrière la sous-préfecture",
        "Quartier de la Mission",
        "Carrefour central",
        "Sortie nord",
        "Près du stade",
        "Quartier du Plateau",
        "Bord de la route régionale",
    ]);
    match dice.between(0..4) {
        0 => format!("PK {}, route {}", dice.between(2..15), of(town)),
        _ => format!("{place}, {town}"),
    }
}

fn architect(world: &Invented, dice: &mut Dice) -> String {
    let pattern = dice.pick(&["Cabinet {} Architectes", "BET {} Ingénierie", "Atelier {}", "{} & Associés"]);
    let index = usize::try_from(dice.between(40..80)).unwrap_or_default();
    pattern.replace("{}", world.surnames.get(index))
}
