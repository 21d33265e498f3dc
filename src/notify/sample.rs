//! Invented facts, with which templates are looked at and checked.

use super::facts::{
    Aim, Correction, DecisionFacts, Earlier, Facts, Figures, Firm, Item, Missing, MissingFacts, Next,
    ProjectFacts, Sender, Signatory, Target, Thresholds, Unit,
};
use super::letter::Addressee;

/// Returns facts with which every template is tried: everything there, and as little as there can be.
pub fn every() -> [Facts; 2] {
    [full(), sparse()]
}

/// Returns to whom the invented letters go, and who gets copies.
pub fn parties() -> (Vec<Addressee>, Vec<Addressee>) {
    let one = |name: &str, role: &str| Addressee { name: name.to_owned(), role: role.to_owned() };
    let to = vec![one("Mbondé SARL", "entreprise"), one("Ministère des Travaux publics", "maitre-ouvrage")];
    (to, vec![one("Awa Ngono", "directeur-projet"), one("", "service-financier")])
}

/// Returns facts with everything there.
pub fn full() -> Facts {
    let months = vec![
        figures("2026-01", "4.00", "4.00", "32.00", "68.00", "problematique"),
        figures("2026-02", "9.00", "5.00", "40.00", "60.00", "problematique"),
        figures("2026-03", "12.50", "3.50", "28.00", "72.00", "critique"),
    ];
    Facts {
        organisation: Sender {
            name: text("Cellule de suivi"),
            address: vec![text("BP 1234"), text("Douala")],
            place: text("Douala"),
        },
        project: ProjectFacts {
            name: text("PACS 2026"),
            client: text("Ministère des Travaux publics"),
            client_address: text("Boulevard du 20 mai, Yaoundé"),
        },
        signatory: Signatory { name: text("Jean Essomba"), post: text("directeur-projet") },
        month: text("2026-03"),
        reply_days: 8,
        hearing_days: 15,
        formal_days: 15,
        registered: true,
        unit: Some(unit()),
        figures: months.last().cloned().map(|it| Figures { estimated: true, covered_months: 2, ..it }),
        months,
        since: Some(text("2026-01")),
        thresholds: Thresholds { critical: text("30.00"), good: text("50.00") },
        next: Some(next()),
        earlier: vec![Earlier {
            kind: text("delay"),
            reference: text("N° 004/CS/P2026/2026"),
            month: text("2026-02"),
            day: Some(text("2026-03-06")),
        }],
        warned: true,
        cause: Some(text("approvisionnement en ciment interrompu")),
        decision: Some(DecisionFacts {
            reason: text("réunion du 2 avril 2026, procès-verbal signé des parties"),
            restarts: text("2026-04"),
            count: 1,
            plan: Some(text("deux équipes de maçons de plus, bétonnière du lot voisin")),
            months: Some(7),
            normal: Some(text("12.50")),
            targets: targets(),
            ends: None,
        }),
        missing: Some(missing()),
        correction: Some(correction()),
        grounds: Some(text(GROUNDS)),
        ordinal: Some(1),
        items: items(),
        more: Some(3),
        ..Facts::default()
    }
}

const GROUNDS: &str = "Article 12 du marché : arrêt non autorisé des travaux constaté le 18 mars 2026.
Article 15 : absence du conducteur des travaux.";

fn text(it: &str) -> String {
    it.to_owned()
}

fn unit() -> Unit {
    Unit {
        site_code: text("CH-2026-001"),
        site: text("École de Ngoulémé"),
        lot: text("Gros œuvre"),
        label: text("CH-2026-001 École de Ngoulémé / Gros œuvre"),
        contractors: vec![Firm { name: text("Mbondé SARL"), address: text("Rue 12, Akwa, Douala") }],
        names: text("Mbondé SARL"),
        start: Some(text("2026-01")),
        duration: Some(8),
    }
}

fn targets() -> Vec<Target> {
    let cumulative = ["25.00", "37.50", "50.00", "62.50", "75.00", "87.50", "100.00"];
    let months = (3..).zip(cumulative);
    months.map(|(month, it)| Target { month: format!("2026-{month:02}"), cumulative: text(it) }).collect()
}

fn next() -> Next {
    Next {
        month: text("2026-04"),
        critical: Some(Aim { cumulative: text("16.25"), points: text("3.75") }),
        good: Some(Aim { cumulative: text("18.75"), points: text("6.25") }),
        pace: Some(text("17.50")),
        warns: true,
    }
}

fn correction() -> Correction {
    Correction {
        kind: text("pre-demobilisation"),
        reference: text("N° 009/CS/P2026/2026"),
        day: Some(text("2026-04-06")),
        old: figures("2026-03", "12.50", "3.50", "28.00", "72.00", "critique"),
        new: figures("2026-03", "15.00", "6.00", "48.00", "52.00", "problematique"),
        reason: Some(text("métré contradictoire du 7 avril")),
        lifted: true,
    }
}

fn items() -> Vec<Item> {
    let lot = Item {
        kind: text("pre-demobilisation"),
        month: text("2026-03"),
        place: Some(text("CH-2026-001 École de Ngoulémé / Gros œuvre")),
        target: Some(text("28.00")),
        status: Some(text("critique")),
        reference: Some(text("N° 009/CS/P2026/2026")),
        ..Item::default()
    };
    let project = Item {
        kind: text("missing-entries"),
        month: text("2026-03"),
        entered: Some(12),
        expected: Some(15),
        ..Item::default()
    };
    let proposed = Item { kind: text("demobilisation"), proposed: true, reference: None, ..lot.clone() };
    vec![proposed, lot, project]
}

/// Returns facts of which nothing is there that can be missing.
fn sparse() -> Facts {
    let figures = Figures { month: "2026-03".to_owned(), status: "critique".to_owned(), ..filled() };
    Facts {
        unit: Some(Unit { label: "CH-1".to_owned(), ..Unit::default() }),
        figures: Some(figures.clone()),
        decision: Some(DecisionFacts { restarts: "2026-04".to_owned(), ..DecisionFacts::default() }),
        missing: Some(Missing { more: None, lots: Vec::new(), ..missing() }),
        correction: Some(Correction {
            kind: "delay".to_owned(),
            old: figures.clone(),
            new: figures,
            ..Correction::default()
        }),
        grounds: Some("Article 1.".to_owned()),
        month: "2026-03".to_owned(),
        thresholds: Thresholds { critical: "30.00".to_owned(), good: "50.00".to_owned() },
        ..Facts::default()
    }
}

fn filled() -> Figures {
    let zero = || Some("0.00".to_owned());
    Figures {
        cumulative: zero(),
        progress: zero(),
        normal: zero(),
        target: zero(),
        delay: zero(),
        ..Figures::default()
    }
}

fn figures(
    month: &str,
    cumulative: &str,
    progress: &str,
    target: &str,
    delay: &str,
    status: &str,
) -> Figures {
    let some = |it: &str| Some(it.to_owned());
    Figures {
        month: month.to_owned(),
        cumulative: some(cumulative),
        progress: some(progress),
        normal: some("12.50"),
        target: some(target),
        delay: some(delay),
        status: status.to_owned(),
        estimated: false,
        covered_months: 1,
    }
}

fn missing() -> Missing {
    let lot = |place: &str, since: Option<&str>| MissingFacts {
        place: place.to_owned(),
        since: since.map(str::to_owned),
    };
    Missing {
        due: "2026-04-05".to_owned(),
        entered: 12,
        expected: 15,
        rate: "80.00".to_owned(),
        lots: vec![
            lot("CH-2026-004 Pont de Bafou", None),
            lot("CH-2026-007 Marché couvert / Lot 2", Some("2026-02")),
        ],
        more: Some(1),
    }
}
