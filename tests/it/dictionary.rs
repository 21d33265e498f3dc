//! The dictionary that packs segments small: trained on invented follow-up, and what it must achieve.

use chantier::actions::decide;
use chantier::actions::demo;
use chantier::actions::record_entry::{self, Request, Typed};
use chantier::actions::session::Session;
use chantier::demo::Spec;
use chantier::model::decision::DecisionKind;
use chantier::model::month::Month;
use chantier::model::percent::Percent;
use chantier::model::site::Lot;
use chantier::store::error::StoreError;
use chantier::sync::packing::Packer;

use crate::robot::today;

const DICTIONARY: &str = "src/sync/dictionary-1.bin";
const DICTIONARY_BYTES: usize = 16 << 10;
/// What one new entry may take packed: its signature and its frame come on top.
const ENTRY_BYTES_MAX: usize = 170;

/// An organisation whose figures were typed one by one; each segment as its machine signs it.
fn segments(seed: u64, user: &str, typed_count: usize) -> Vec<Vec<u8>> {
    let mut session = Session::empty(today()).unwrap();
    session.user = user.into();
    session.now =
        chrono::DateTime::from_timestamp(1_775_000_000 + i64::try_from(seed).unwrap() * 86_400, 0).unwrap();
    let last_month = Month::of(today()).previous();
    demo::write(&mut session, &Spec { sites: 20, months: 8, seed, last_month }, |_| {}).unwrap();
    seal(&mut session);
    let lots = session.store.read().lots().unwrap();
    for at in 0..typed_count {
        let lot = &lots[at * 7 % lots.len()];
        type_one(&mut session, lot, at, seed);
        seal(&mut session);
    }
    let read = session.store.read();
    let arrivals = read.arrivals(0).unwrap();
    arrivals.iter().map(|it| read.segment(it).unwrap().encode()).collect()
}

fn seal(session: &mut Session) {
    session.store.seal(|_| Ok::<_, StoreError>([0; 64])).unwrap();
}

fn type_one(session: &mut Session, lot: &Lot, at: usize, seed: u64) {
    let month = Month::of(today()).plus(-i32::try_from(at % 9).unwrap());
    let hundredths = i32::try_from((at * 137 + usize::try_from(seed).unwrap() * 71) % 10_000).unwrap();
    let observation = (at.is_multiple_of(4)).then(|| {
        let said = [
            "Retard d’approvisionnement en ciment ; reprise attendue la semaine prochaine.",
            "Pluies abondantes, terrassement interrompu dix jours.",
            "Effectif insuffisant : l’entreprise est relancée par courrier.",
            "Décompte en attente de paiement, travaux ralentis.",
        ];
        said[at / 4 % said.len()].to_owned()
    });
    if at % 23 == 22 {
        let request = decide::Request {
            place: lot.id.into(),
            kind: DecisionKind::Suspend,
            reason: "Saison des pluies".into(),
            from: None,
            to: None,
            months: None,
            plan: String::new(),
        };
        let _ = decide::decide(session, &request);
        return;
    }
    let request = Request {
        place: lot.id.into(),
        month,
        typed: Some(Typed::Cumulative(Percent(hundredths))),
        observation,
        cause: (at.is_multiple_of(11)).then(|| "intempéries".into()),
        attribution: (at.is_multiple_of(11)).then(|| "force majeure".into()),
        normal: None,
    };
    // A refused figure is no sample.
    let _ = record_entry::record(session, &request);
}

#[test]
fn one_entry_packs_small() {
    if std::env::var_os("CHANTIER_WRITE_DICTIONARY").is_some() {
        let names = ["awa", "issa", "m.ngono", "chef.mission", "jpaul", "fatou"];
        let samples: Vec<Vec<u8>> = (1..=12)
            .flat_map(|seed| segments(seed, names[usize::try_from(seed).unwrap() % names.len()], 160))
            .filter(|it| it.len() < 2000)
            .collect();
        let trained = zstd::dict::from_samples(&samples, DICTIONARY_BYTES).unwrap();
        std::fs::write(DICTIONARY, trained).unwrap();
        return;
    }
    let mut packer = Packer::new().unwrap();
    // Another seed and another user than the training saw.
    let sizes: Vec<usize> =
        segments(99, "bintou", 60).iter().rev().take(60).map(|it| packer.pack(it).unwrap().len()).collect();
    let median = {
        let mut sorted = sizes.clone();
        sorted.sort_unstable();
        sorted[sorted.len() / 2]
    };
    println!("packed bytes of one op: {sizes:?}, median {median}");
    assert!(median <= ENTRY_BYTES_MAX, "{median}");
}
