//! What the invented projects build: programmes, their clients and their kinds of works.

/// How works of a kind go on, which decides the observations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Trade {
    /// Schools, health centres, markets.
    #[default]
    Building,
    /// Joinery, plumbing, electricity and painting of a building that others raise.
    Finishing,
    /// Boreholes.
    Borehole,
    /// Water towers and pipes.
    Network,
    /// Rural roads and small bridges.
    Road,
}

/// A kind of works, for example a school.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Works {
    /// First letters of the code of a site.
    pub(super) prefix: &'static str,
    /// The noun before the name of the town.
    pub(super) noun: &'static str,
    /// How the works go on.
    pub(super) trade: Trade,
    /// Usual duration in months, least and most.
    pub(super) months: (i64, i64),
    /// Usual cost of a month of works in millions, about.
    pub(super) millions_monthly: i64,
}

/// A programme, from which projects of several regions are made.
#[derive(Debug)]
pub(super) struct Programme {
    /// First letters of the name of a project.
    pub(super) acronym: &'static str,
    /// What the project is about.
    pub(super) title: &'static str,
    /// The client; the region follows.
    pub(super) client: &'static str,
    /// The kinds of works that it builds.
    pub(super) works: &'static [Works],
}

const fn works(
    (prefix, noun): (&'static str, &'static str),
    trade: Trade,
    months: (i64, i64),
    millions_monthly: i64,
) -> Works {
    Works { prefix, noun, trade, months, millions_monthly }
}

const PROGRAMMES: [Programme; 5] = [
    Programme {
        acronym: "PACS",
        title: "Constructions scolaires",
        client: "Direction régionale des Enseignements",
        works: &[
            works(("LYC", "Lycée"), Trade::Building, (10, 24), 32),
            works(("CEG", "Collège"), Trade::Building, (8, 18), 22),
            works(("ECO", "École primaire"), Trade::Building, (5, 14), 14),
            works(("LYT", "Lycée technique"), Trade::Building, (12, 36), 45),
            works(("ECM", "École maternelle"), Trade::Building, (4, 12), 11),
            works(("INT", "Internat du lycée"), Trade::Building, (8, 24), 26),
        ],
    },
    Programme {
        acronym: "PRESA",
        title: "Formations sanitaires",
        client: "Direction régionale de la Santé",
        works: &[
            works(("CSI", "Centre de santé"), Trade::Building, (6, 15), 18),
            works(("MAT", "Maternité"), Trade::Building, (6, 18), 17),
            works(("HOP", "Hôpital de district"), Trade::Building, (16, 36), 85),
            works(("LAB", "Laboratoire"), Trade::Building, (8, 24), 30),
            works(("PHA", "Dépôt pharmaceutique"), Trade::Building, (4, 9), 9),
        ],
    },
    Programme {
        acronym: "PHYR",
        title: "Eau et assainissement ruraux",
        client: "Agence des Eaux rurales",
        works: &[
            works(("FOR", "Forage équipé"), Trade::Borehole, (4, 8), 6),
            works(("AEP", "Réseau d’eau potable"), Trade::Network, (8, 36), 28),
            works(("CHE", "Château d’eau"), Trade::Network, (5, 16), 19),
            works(("LAT", "Bloc de latrines"), Trade::Building, (4, 6), 5),
        ],
    },
    Programme {
        acronym: "PDPR",
        title: "Désenclavement et pistes rurales",
        client: "Agence des Travaux routiers",
        works: &[
            works(("PIS", "Piste rurale"), Trade::Road, (6, 30), 48),
            works(("DAL", "Dalot"), Trade::Road, (4, 9), 16),
            works(("PON", "Pont"), Trade::Road, (8, 36), 70),
            works(("GAR", "Gare routière"), Trade::Building, (8, 24), 27),
        ],
    },
    Programme {
        acronym: "PEMC",
        title: "Équipements marchands et communaux",
        client: "Conseil régional",
        works: &[
            works(("MAR", "Marché couvert"), Trade::Building, (8, 24), 30),
            works(("MAI", "Mairie"), Trade::Building, (6, 18), 20),
            works(("MDJ", "Maison des jeunes"), Trade::Building, (5, 14), 13),
            works(("ABA", "Abattoir"), Trade::Building, (4, 12), 15),
            works(("CCU", "Centre culturel"), Trade::Building, (8, 36), 29),
        ],
    },
];

/// The parts into which a region is divided.
const PARTS: [&str; 3] = ["Haut", "Moyen", "Bas"];

/// Rivers that do not exist; regions are named after them.
const RIVERS: [&str; 20] = [
    "Mbéko",
    "Losséni",
    "Koussari",
    "Diango",
    "Wérou",
    "Ntolé",
    "Bandouro",
    "Sékala",
    "Gouani",
    "Yondélé",
    "Tchilo",
    "Farélo",
    "Kélou",
    "Mpélissi",
    "Doréa",
    "Zalingo",
    "Bénoka",
    "Kiréba",
    "Foulira",
    "Mayéla",
];

/// Returns the programme of the project of an index.
pub(super) fn programme(project: usize) -> &'static Programme {
    let [first, ..] = &PROGRAMMES;
    PROGRAMMES.get(project % PROGRAMMES.len()).unwrap_or(first)
}

impl Programme {
    /// Returns the kinds of works that usually take this long, or all of them when none does.
    pub(super) fn works_of(&self, duration_months: i64) -> Vec<Works> {
        let lasts = |it: &&Works| (it.months.0..=it.months.1).contains(&duration_months);
        let usual: Vec<_> = self.works.iter().filter(lasts).copied().collect();
        if usual.is_empty() { self.works.to_vec() } else { usual }
    }
}

/// Returns the names of all regions.
pub(super) fn regions() -> Vec<String> {
    RIVERS.iter().flat_map(|river| PARTS.iter().map(move |part| format!("{part}-{river}"))).collect()
}

/// Names a project; projects of the same programme differ by region, then by phase.
pub(super) fn project_name(project: usize, regions: &[String]) -> String {
    let Programme { acronym, title, .. } = programme(project);
    let region = region(project, regions);
    match project / PROGRAMMES.len() / regions.len().max(1) {
        0 => format!("{acronym} – {title} du {region}"),
        round => format!("{acronym}-{} – {title} du {region}", round + 1),
    }
}

/// Returns the region of a project; five projects share one.
pub(super) fn region(project: usize, regions: &[String]) -> &str {
    regions.get((project / PROGRAMMES.len()) % regions.len().max(1)).map_or("", String::as_str)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn projects_have_names_of_their_own() {
        let regions = regions();
        let names: HashSet<_> = (0..1_000).map(|it| project_name(it, &regions)).collect();
        assert_eq!(names.len(), 1_000);
        assert!(names.contains("PACS – Constructions scolaires du Haut-Mbéko"));
    }

    #[test]
    fn works_fit_their_duration() {
        let nouns = |months| programme(2).works_of(months).iter().map(|it| it.noun).collect::<Vec<_>>();
        assert_eq!(nouns(24), ["Réseau d’eau potable"]);
        assert_eq!(nouns(120).len(), 4);
    }

    #[test]
    fn prefixes_belong_to_one_kind_of_works() {
        let works: Vec<_> = PROGRAMMES.iter().flat_map(|it| it.works).collect();
        let prefixes: HashSet<_> = works.iter().map(|it| it.prefix).collect();
        assert_eq!(prefixes.len(), works.len());
    }
}
