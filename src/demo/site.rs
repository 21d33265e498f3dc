//! Invents one site with its lots, from the seed and the index of the site alone.

use crate::model::month::Month;
use crate::model::percent::Percent;
use crate::model::site::Start;

use super::course::Course;
use super::dice::{Dice, Purpose};
use super::history::{self, Frame, InventedDecision, InventedEntry};
use super::programmes::{self, Trade, Works};
use super::story::{self, Story};
use super::towns::of;
use super::{Invented, LONG_MONTHS};

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

/// Durations that contracts have, in months.
const DURATIONS: [i64; 16] = [4, 5, 6, 8, 8, 9, 10, 12, 12, 12, 15, 18, 18, 24, 30, 36];
/// Longest follow-up of a site in short histories, so that contracts end within 36 months.
const SPAN_MAX: i64 = 34;

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

/// What is decided about a site before its months are written.
struct Plan {
    story: Story,
    span: i64,
    duration: i64,
    initial: Percent,
    misses_last: bool,
    lots: usize,
    joint_venture: bool,
    long: bool,
}

impl Plan {
    fn new(index: u64, months: i64, dice: &mut Dice) -> Self {
        let story = Story::choose(index, months, dice);
        let misses_last = story::misses_last_month(index, story, dice);
        let lots = story::lots(index, months, dice);
        let joint_venture = story::is_joint_venture(index, dice);
        let has_history = dice.chance(10) && matches!(story, Story::Steady | Story::Late) || index == 17;
        let earlier = if has_history { dice.between(10..40) * 50 } else { 0 };
        let initial = Percent(i32::try_from(earlier).unwrap_or_default());
        let long = months > LONG_MONTHS;
        let span = span(story, months, long, misses_last, dice);
        let duration = duration(story, span, long, misses_last || index == 17, dice);
        let misses_last = misses_last && span > 2;
        Self { story, span, duration, initial, misses_last, lots, joint_venture, long }
    }

    fn is_dated(&self) -> bool {
        self.story != Story::WithoutDuration
    }

    fn start(&self, first: Month, dice: &mut Dice) -> Option<Start> {
        let day = match self.story {
            Story::JustStarted => Some(dice.between(17..25)),
            // Eight days into the month at most, so that it is a full month of work.
            _ => dice.chance(45).then(|| dice.between(1..9)),
        };
        let day =
            day.and_then(|it| first.first_day().checked_add_days(chrono::Days::new(it.unsigned_abs() - 1)));
        self.is_dated().then_some(Start { month: first, day })
    }
}

/// Returns the number of months from the first one followed to the last one.
fn span(story: Story, months: i64, long: bool, misses_last: bool, dice: &mut Dice) -> i64 {
    match story {
        Story::JustStarted => 1,
        Story::ThirdMonthCritical => 3,
        _ if long => months,
        _ => {
            let longest = months.min(SPAN_MAX);
            let least = story.months_needed().max(if misses_last { 4 } else { 2 }).min(longest);
            let drawn = || longest + 1;
            // The later of two draws: most sites have been followed for most of the time.
            dice.between(least..drawn()).max(dice.between(least..drawn()))
        }
    }
}

/// Returns the duration from which the normal rate follows.
fn duration(story: Story, span: i64, long: bool, stays_open: bool, dice: &mut Dice) -> i64 {
    let usual = dice.pick(&DURATIONS);
    let is_short = dice.chance(40);
    let margin = 1 + dice.between(0..span / 10 + 1);
    match story {
        Story::Overdue => (span * 3 / 4).clamp(4, if long { span } else { 36 }),
        Story::Completed => (span * 2 / 3).clamp(4, if long { span } else { 36 }),
        Story::ThirdMonthCritical => 8,
        Story::JustStarted => 12,
        _ if long => span + margin,
        Story::Steady | Story::Late if !stays_open && is_short => usual,
        _ => usual.max(span + 2).min(36),
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
    (index, place): (u64, u64),
    plan: &Plan,
    first: Month,
    (name, weight, trade): Part,
) -> InventedLot {
    let mut dice = Dice::new(world.spec.seed, Purpose::Lot, index * 8 + place);
    let story = if place == 0 { plan.story } else { Story::Steady };
    let gap_wanted = index == 9 || (!plan.long && dice.chance(6));
    let is_plain = matches!(story, Story::Steady | Story::Late);
    let finishes = is_plain && !plan.long && !plan.misses_last && plan.duration < plan.span + 2;
    let pace = match story {
        Story::Completed => dice.between(108..120),
        _ if finishes => dice.between(95..112),
        _ => dice.between(93..99),
    };
    let course = Course { story, span: plan.span, duration: plan.duration, pace };
    let gap = (gap_wanted && is_plain && plan.span > 6).then(|| dice.between(2..plan.span - 2));
    let frame = Frame { first, course, initial: plan.initial, trade, misses_last: plan.misses_last, gap };
    let decisions = history::decisions(&frame, &mut dice);
    InventedLot {
        name: name.to_owned(),
        weight,
        contractors: contractors(world.contractors.len(), place == 0 && plan.joint_venture, &mut dice),
        entries: history::entries(
            &frame,
            &mut Dice::new(world.spec.seed, Purpose::Remark, index * 8 + place),
        ),
        decisions,
    }
}

/// Draws one contractor, or two for a joint venture.
fn contractors(count: usize, joint_venture: bool, dice: &mut Dice) -> Vec<usize> {
    let drawn = dice.between(0..i64::try_from(count).unwrap_or(i64::MAX));
    let first = usize::try_from(drawn).unwrap_or_default();
    if joint_venture && count > 1 { vec![first, (first + 1) % count] } else { vec![first] }
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
