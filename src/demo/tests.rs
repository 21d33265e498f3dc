//! Tests of the whole invention.

use std::collections::HashSet;

use crate::model::decision::DecisionKind;
use crate::model::percent::Percent;

use super::*;

fn spec(sites: u32, months: u32, seed: u64) -> Spec {
    Spec { sites, months, seed, last_month: Month::new(2026, 3).unwrap() }
}

/// Rate reached in a month, in percent, rounded down.
fn rate(site: &InventedSite, lot: &InventedLot, at: usize) -> i64 {
    let before = at.checked_sub(1).map_or(site.initial, |it| lot.entries[it].cumulative);
    let progress = (lot.entries[at].cumulative.0 - before.0) * i32::from(site.duration_months.unwrap());
    i64::from(progress).div_euclid(100)
}

fn last_rates(site: &InventedSite, count: usize) -> Vec<i64> {
    let lot = &site.lots[0];
    (lot.entries.len() - count..lot.entries.len()).map(|at| rate(site, lot, at)).collect()
}

fn the(world: &Invented, story: Story) -> InventedSite {
    world.sites().find(|it| it.story == story).unwrap_or_else(|| panic!("{story:?} is missing"))
}

#[test]
fn the_same_spec_gives_the_same_bytes() {
    let hash = |seed| {
        let world = invent(&spec(24, 14, seed));
        let mut hasher = blake3::Hasher::new();
        hasher.update(
            format!("{:?}{:?}{:?}", world.organisation, world.projects, world.contractors).as_bytes(),
        );
        hasher.update(format!("{:?}", world.contacts).as_bytes());
        world.sites().for_each(|it| {
            hasher.update(format!("{it:?}").as_bytes());
        });
        hasher.finalize().to_hex()[..16].to_owned()
    };
    assert_eq!(hash(1), "472152d49c67624a");
    assert_ne!(hash(1), hash(2));
}

#[test]
fn a_site_does_not_depend_on_the_ones_before() {
    let world = invent(&spec(200, 14, 5));
    assert_eq!(world.sites().nth(150).unwrap(), world.site(150));
}

#[test]
fn codes_names_and_firms_never_repeat() {
    let world = invent(&spec(10_000, 1, 1));
    let sites: Vec<_> = world.sites().collect();
    assert_eq!(sites.iter().map(|it| &it.code).collect::<HashSet<_>>().len(), 10_000);
    assert_eq!(sites.iter().map(|it| &it.name).collect::<HashSet<_>>().len(), 10_000);
    assert_eq!(
        world.contractors.iter().map(|it| &it.name).collect::<HashSet<_>>().len(),
        world.contractors.len()
    );
    assert_eq!(world.projects.iter().map(|it| &it.name).collect::<HashSet<_>>().len(), world.projects.len());
    assert!(sites.iter().all(|it| it.project < world.projects.len()));
}

#[test]
fn a_small_portfolio_tells_every_story() {
    for seed in 0..200 {
        let world = invent(&spec(SITES_OF_ALL_STORIES, 14, seed));
        let stories: HashSet<_> = world.sites().map(|it| it.story).collect();
        assert_eq!(stories.len(), 14, "{stories:?}");
        assert_eq!(world.projects.len(), 3);
        assert!(world.sites().any(|it| it.lots.len() > 1));
        assert!(world.sites().any(|it| it.lots[0].contractors.len() == 2));
        let last = world.spec.last_month;
        let missing = world.sites().filter(|it| {
            let lot = &it.lots[0];
            let entry = lot.entries.last().unwrap();
            it.story == Story::Steady && entry.month < last && entry.cumulative < Percent::FULL
        });
        assert_eq!(missing.count(), 2, "seed {seed}");
    }
}

#[test]
fn the_figures_say_what_the_story_says() {
    for seed in 0..200 {
        let world = invent(&spec(24, 14, seed));
        assert!(last_rates(&the(&world, Story::CriticalNow), 1)[0] < 30);
        assert!((30..50).contains(&last_rates(&the(&world, Story::ProblematicNow), 1)[0]));
        assert!(last_rates(&the(&world, Story::WarnedNow), 2).iter().all(|it| *it < 30));
        let third = the(&world, Story::ThirdMonthCritical);
        assert_eq!(third.lots[0].entries.len(), 3);
        assert!(last_rates(&third, 3).iter().all(|it| *it < 30));
        assert!(last_rates(&the(&world, Story::Overdue), 3).iter().all(|it| (50..80).contains(it)));
        let completed = the(&world, Story::Completed);
        let end = completed.lots[0].entries.last().unwrap();
        assert_eq!(end.cumulative, Percent::FULL);
        assert!(end.month < world.spec.last_month, "seed {seed}");
        let bare = the(&world, Story::WithoutDuration);
        assert_eq!((bare.start, bare.duration_months), (None, None));
        let started = the(&world, Story::JustStarted);
        assert!(
            started.start.unwrap().day.unwrap() > world.spec.last_month.first_day() + chrono::Days::new(15)
        );
        let falling = the(&world, Story::Falling);
        let mut pairs = falling.lots[0].entries.windows(2);
        assert!(pairs.any(|it| it[1].cumulative < it[0].cumulative && !it[1].observation.is_empty()));
        let suspended = the(&world, Story::Suspended);
        assert_eq!(suspended.lots[0].decisions[0].kind, DecisionKind::Suspend);
        assert!(suspended.lots[0].entries.last().unwrap().month < suspended.lots[0].decisions[0].from);
    }
}

#[test]
fn steady_months_are_good() {
    for (sites, months) in [(300, 24), (40, 120)] {
        let world = invent(&spec(sites, months, 3));
        for site in world.sites().filter(|it| it.story == Story::Steady) {
            for lot in &site.lots {
                let bad = (1..lot.entries.len()).find(|at| {
                    let consecutive = lot.entries[*at].month.since(lot.entries[at - 1].month) == 1;
                    consecutive && rate(&site, lot, *at) < 50 && lot.entries[*at].cumulative < Percent::FULL
                });
                assert_eq!(bad, None, "{} {:?}", site.code, lot.entries);
            }
        }
    }
}

#[test]
fn figures_are_possible_and_in_order() {
    for (sites, months) in [(500, 14), (100, 1), (100, 3), (60, 60), (40, 600), (0, 0)] {
        let world = invent(&spec(sites, months, 9));
        for site in world.sites() {
            let first = world.spec.last_month.plus(1 - i32::try_from(months).unwrap());
            for lot in &site.lots {
                assert!(!lot.contractors.is_empty() && !lot.entries.is_empty(), "{site:?}");
                assert!(lot.entries.iter().all(|it| it.cumulative.is_progress()));
                assert!(lot.entries.is_sorted_by(|a, b| a.month < b.month));
                assert!(lot.entries.iter().all(|it| (first..=world.spec.last_month).contains(&it.month)));
            }
            assert!(months > 36 || site.duration_months.is_none_or(|it| (4..=36).contains(&it)), "{site:?}");
        }
    }
}

#[test]
fn a_large_portfolio_has_the_usual_share_of_trouble() {
    let world = invent(&spec(3_000, 14, 1));
    let open: Vec<_> = world
        .sites()
        .filter(|it| it.duration_months.is_some() && it.story != Story::JustStarted)
        .filter(|it| {
            let last = it.lots[0].entries.last();
            last.is_some_and(|it| it.month == world.spec.last_month && it.cumulative < Percent::FULL)
        })
        .collect();
    let critical = open.iter().filter(|it| last_rates(it, 1)[0] < 30).count();
    let (open, critical) = (i64::try_from(open.len()).unwrap(), i64::try_from(critical).unwrap());
    assert!((40..85).contains(&(1000 * critical / open)), "{critical} of {open}");
    let entries: Vec<_> = world.sites().flat_map(|it| it.lots).flat_map(|it| it.entries).collect();
    let observed = entries.iter().filter(|it| !it.observation.is_empty()).count();
    assert!((20..35).contains(&(100 * observed / entries.len())), "{observed} of {}", entries.len());
}

#[test]
fn long_histories_fill_every_month() {
    let entries: usize =
        invent(&spec(500, 120, 1)).sites().flat_map(|it| it.lots).map(|it| it.entries.len()).sum();
    assert!((59_500..61_500).contains(&entries), "{entries}");
}

#[test]
fn the_addresses_are_reserved_for_examples() {
    let world = invent(&spec(100, 14, 1));
    let people = world.contacts.iter().map(|it| &it.party);
    for party in people.chain(&world.contractors).chain(world.projects.iter().map(|it| &it.client)) {
        let reserved = party.email.ends_with("@example.org") || party.email.ends_with(".example");
        assert!(reserved || party.email.is_empty(), "{}", party.email);
    }
}

#[test]
fn a_large_portfolio_has_about_as_many_entries_as_months() {
    let entries: usize =
        invent(&spec(1_000, 120, 1)).sites().flat_map(|it| it.lots).map(|it| it.entries.len()).sum();
    assert!((115_000..=125_000).contains(&entries), "{entries}");
}
