//! The dictionary of headings: what a column or a label is about, in French and English.

use crate::model::text::fold;

/// How surely a column is the cumulative progress; the first is the surest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Surety {
    Cumulative,
    Total,
    Physical,
    Plain,
}

/// What a heading is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// Known, and never imported: rates, gaps, statuses, plans, dates of no use.
    Ignored,
    /// The order number of a row.
    Number,
    Project,
    Code,
    Site,
    Lot,
    Contractor,
    Client,
    Address,
    Start,
    Duration,
    Amount,
    Initial,
    Status,
    Month,
    Year,
    LineKind,
    Observation,
    Cumulative(Surety),
    Monthly,
}

/// Headings as a whole.
const WHOLE: &[(&str, Word)] = &[
    ("n", Word::Number),
    ("no", Word::Number),
    ("num", Word::Number),
    ("numero", Word::Number),
    ("ordre", Word::Number),
    ("n d ordre", Word::Number),
    ("item", Word::Number),
    ("rang", Word::Number),
    ("mois", Word::Month),
    ("month", Word::Month),
    ("periode", Word::Month),
    ("period", Word::Month),
    ("date", Word::Month),
    ("mois annee", Word::Month),
    ("mois concerne", Word::Month),
    ("date de situation", Word::Month),
    ("date du releve", Word::Month),
    ("reporting month", Word::Month),
    ("annee", Word::Year),
    ("year", Word::Year),
    ("exercice", Word::Year),
    ("an", Word::Year),
    ("ligne", Word::LineKind),
    ("line", Word::LineKind),
    ("type", Word::LineKind),
    ("type de ligne", Word::LineKind),
    ("nature", Word::LineKind),
    ("rubrique", Word::LineKind),
    ("indicateur", Word::LineKind),
    ("kind", Word::LineKind),
    ("valeur", Word::LineKind),
    ("mo", Word::Client),
    ("client", Word::Client),
    ("c0", Word::Initial),
    ("etat", Word::Status),
    ("note", Word::Observation),
    ("notes", Word::Observation),
    ("objet", Word::Site),
    ("os", Word::Start),
    ("mensuel", Word::Monthly),
    ("monthly", Word::Monthly),
    ("cumul", Word::Cumulative(Surety::Cumulative)),
    ("cumule", Word::Cumulative(Surety::Cumulative)),
    ("cumulative", Word::Cumulative(Surety::Cumulative)),
    ("tap", Word::Cumulative(Surety::Physical)),
    ("description", Word::Site),
    ("designation", Word::Site),
    ("ref", Word::Code),
];

/// Words anywhere in a heading; the first that fits decides.
const CONTAINED: &[(&str, Word)] = &[
    ("date de fin", Word::Ignored),
    ("date fin", Word::Ignored),
    ("fin prevue", Word::Ignored),
    ("fin reelle", Word::Ignored),
    ("end date", Word::Ignored),
    ("completion date", Word::Ignored),
    ("expiry", Word::Ignored),
    ("date d achevement", Word::Ignored),
    ("date de reception", Word::Ignored),
    ("date de saisie", Word::Ignored),
    ("date de mise a jour", Word::Ignored),
    ("maitre d oeuvre", Word::Ignored),
    ("maitrise d oeuvre", Word::Ignored),
    ("architecte", Word::Ignored),
    ("mission de controle", Word::Ignored),
    ("bureau de controle", Word::Ignored),
    ("chef de mission", Word::Ignored),
    ("chef de chantier", Word::Ignored),
    ("chef de projet", Word::Ignored),
    ("responsable", Word::Ignored),
    ("telephone", Word::Ignored),
    ("photo", Word::Ignored),
    ("photos", Word::Ignored),
    ("categorie", Word::Ignored),
    ("category", Word::Ignored),
    ("code projet", Word::Ignored),
    ("code du projet", Word::Ignored),
    ("project code", Word::Ignored),
    ("avancement initial", Word::Initial),
    ("avancement anterieur", Word::Initial),
    ("progression initiale", Word::Initial),
    ("taux initial", Word::Initial),
    ("initial progress", Word::Initial),
    ("taux normal", Word::Ignored),
    ("taux objectif", Word::Ignored),
    ("taux cible", Word::Ignored),
    ("taux atteint", Word::Ignored),
    ("normal rate", Word::Ignored),
    ("target rate", Word::Ignored),
    ("delay rate", Word::Ignored),
    ("retard", Word::Ignored),
    ("delay", Word::Ignored),
    ("ecart", Word::Ignored),
    ("gap", Word::Ignored),
    ("variance", Word::Ignored),
    ("prevu", Word::Ignored),
    ("prevus", Word::Ignored),
    ("prevision", Word::Ignored),
    ("previsionnel", Word::Ignored),
    ("previsionnelle", Word::Ignored),
    ("planifie", Word::Ignored),
    ("planned", Word::Ignored),
    ("theorique", Word::Ignored),
    ("objectif", Word::Ignored),
    ("cible", Word::Ignored),
    ("target", Word::Ignored),
    ("baseline", Word::Ignored),
    ("consommation", Word::Ignored),
    ("consomme", Word::Ignored),
    ("ecoule", Word::Ignored),
    ("elapsed", Word::Ignored),
    ("restant", Word::Ignored),
    ("remaining", Word::Ignored),
    ("financier", Word::Ignored),
    ("financiere", Word::Ignored),
    ("financial", Word::Ignored),
    ("decompte", Word::Ignored),
    ("decomptes", Word::Ignored),
    ("paiement", Word::Ignored),
    ("paiements", Word::Ignored),
    ("paye", Word::Ignored),
    ("facture", Word::Ignored),
    ("moyenne", Word::Ignored),
    ("average", Word::Ignored),
    ("statut", Word::Status),
    ("status", Word::Status),
    ("observation", Word::Observation),
    ("observations", Word::Observation),
    ("obs", Word::Observation),
    ("commentaire", Word::Observation),
    ("commentaires", Word::Observation),
    ("comment", Word::Observation),
    ("comments", Word::Observation),
    ("remarque", Word::Observation),
    ("remarques", Word::Observation),
    ("remarks", Word::Observation),
    ("difficultes", Word::Observation),
    ("date de debut", Word::Start),
    ("date debut", Word::Start),
    ("debut", Word::Start),
    ("demarrage", Word::Start),
    ("start", Word::Start),
    ("start date", Word::Start),
    ("start month", Word::Start),
    ("ordre de service", Word::Start),
    ("date os", Word::Start),
    ("date d os", Word::Start),
    ("date de l os", Word::Start),
    ("duree", Word::Duration),
    ("delai", Word::Duration),
    ("delais", Word::Duration),
    ("duration", Word::Duration),
    ("montant", Word::Amount),
    ("contract amount", Word::Amount),
    ("amount", Word::Amount),
    ("code", Word::Code),
    ("reference", Word::Code),
    ("n contrat", Word::Code),
    ("no contrat", Word::Code),
    ("n marche", Word::Code),
    ("no marche", Word::Code),
    ("n du marche", Word::Code),
    ("n de marche", Word::Code),
    ("numero du marche", Word::Code),
    ("numero de marche", Word::Code),
    ("n du contrat", Word::Code),
    ("numero de contrat", Word::Code),
    ("contract no", Word::Code),
    ("contract number", Word::Code),
    ("contract id", Word::Code),
    ("identifiant", Word::Code),
    ("site id", Word::Code),
    ("maitre d ouvrage", Word::Client),
    ("maitrise d ouvrage", Word::Client),
    ("beneficiaire", Word::Client),
    ("owner", Word::Client),
    ("entreprise", Word::Contractor),
    ("entreprises", Word::Contractor),
    ("entrepreneur", Word::Contractor),
    ("titulaire", Word::Contractor),
    ("attributaire", Word::Contractor),
    ("prestataire", Word::Contractor),
    ("contractor", Word::Contractor),
    ("contractors", Word::Contractor),
    ("company", Word::Contractor),
    ("firm", Word::Contractor),
    ("groupement", Word::Contractor),
    ("nom du lot", Word::Lot),
    ("lot", Word::Lot),
    ("lots", Word::Lot),
];

/// Words that name places and things, looked for after figures of progress.
const THINGS: &[(&str, Word)] = &[
    ("nom du site", Word::Site),
    ("nom du chantier", Word::Site),
    ("intitule", Word::Site),
    ("objet du marche", Word::Site),
    ("libelle", Word::Site),
    ("site", Word::Site),
    ("sites", Word::Site),
    ("chantier", Word::Site),
    ("chantiers", Word::Site),
    ("ouvrage", Word::Site),
    ("adresse", Word::Address),
    ("address", Word::Address),
    ("localisation", Word::Address),
    ("localite", Word::Address),
    ("location", Word::Address),
    ("lieu", Word::Address),
    ("province", Word::Address),
    ("region", Word::Address),
    ("departement", Word::Address),
    ("commune", Word::Address),
    ("district", Word::Address),
    ("ville", Word::Address),
    ("village", Word::Address),
    ("projet", Word::Project),
    ("project", Word::Project),
    ("programme", Word::Project),
];

const PROGRESS: &[&str] = &[
    "avancement",
    "avancements",
    "avanc",
    "avct",
    "avt",
    "av",
    "progress",
    "progression",
    "realise",
    "realisee",
    "realises",
    "realisation",
    "execution",
    "execute",
    "reel",
    "reelle",
    "actual",
    "physique",
    "physical",
    "achieved",
    "completion",
    "completed",
    "pourcentage",
    "percent",
    "percentage",
];
const CUMULATED: &[&str] =
    &["cumul", "cumule", "cumulee", "cumules", "cumulees", "cumulatif", "cumulative", "cumulated", "cum"];
const TOTAL: &[&str] = &["total", "totale", "global", "globale", "general", "overall"];
const MONTHLY: &[&str] =
    &["mois", "mensuel", "mensuelle", "mensuels", "month", "monthly", "periode", "period"];

/// Tells what a heading is about; `None` for words that are not in the dictionary.
pub fn of_heading(heading: &str) -> Option<Word> {
    let folded = fold(&without_units(heading));
    if folded.is_empty() {
        return heading.trim().starts_with('%').then_some(Word::Cumulative(Surety::Plain));
    }
    if folded.len() > 80 {
        return None;
    }
    WHOLE
        .iter()
        .find(|(phrase, _)| *phrase == folded)
        .or_else(|| CONTAINED.iter().find(|(phrase, _)| contains(&folded, phrase)))
        .map(|(_, word)| *word)
        .or_else(|| figure(&folded))
        .or_else(|| THINGS.iter().find(|(phrase, _)| contains(&folded, phrase)).map(|(_, word)| *word))
}

/// Tells whether a heading gives a duration in days.
pub fn is_in_days(heading: &str) -> bool {
    let folded = fold(heading);
    ["jour", "jours", "j", "days"].iter().any(|it| contains(&folded, it))
}

/// Tells whether folded text holds a phrase as whole words.
pub fn contains(folded: &str, phrase: &str) -> bool {
    folded.match_indices(phrase).any(|(at, found)| {
        let before = folded.get(..at).is_none_or(|it| it.is_empty() || it.ends_with(' '));
        let after = folded.get(at + found.len()..).is_none_or(|it| it.is_empty() || it.starts_with(' '));
        before && after
    })
}

fn figure(folded: &str) -> Option<Word> {
    let has = |words: &[&str]| folded.split(' ').any(|it| words.contains(&it));
    let progress = has(PROGRESS);
    if has(CUMULATED) {
        Some(Word::Cumulative(Surety::Cumulative))
    } else if !progress {
        None
    } else if has(TOTAL) || contains(folded, "a date") || contains(folded, "to date") {
        Some(Word::Cumulative(Surety::Total))
    } else if has(MONTHLY) {
        Some(Word::Monthly)
    } else if has(&["physique", "physical"]) {
        Some(Word::Cumulative(Surety::Physical))
    } else {
        Some(Word::Cumulative(Surety::Plain))
    }
}

/// Leaves out units in brackets, which say nothing about the subject.
fn without_units(heading: &str) -> String {
    let mut kept = heading.to_owned();
    for unit in ["(%)", "(en %)", "(mois)", "(months)", "(jours)", "(days)", "(j)"] {
        if let Some(at) = kept.to_lowercase().find(unit)
            && kept.is_char_boundary(at)
            && kept.is_char_boundary(at + unit.len())
        {
            kept.replace_range(at..at + unit.len(), " ");
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_the_headings_of_the_field() {
        for (heading, word) in [
            ("Avancement physique (%)", Word::Cumulative(Surety::Physical)),
            ("Avancement du mois (%)", Word::Monthly),
            ("Av. total", Word::Cumulative(Surety::Total)),
            ("Taux d’avancement physique", Word::Cumulative(Surety::Physical)),
            ("Taux d'exécution", Word::Cumulative(Surety::Plain)),
            ("% réalisé", Word::Cumulative(Surety::Plain)),
            ("TAP", Word::Cumulative(Surety::Physical)),
            ("Avct mois", Word::Monthly),
            ("Avancement mensuel cumulé", Word::Cumulative(Surety::Cumulative)),
            ("cumulative", Word::Cumulative(Surety::Cumulative)),
            ("%", Word::Cumulative(Surety::Plain)),
            ("Taux d’avancement financier", Word::Ignored),
            ("Taux de consommation du délai", Word::Ignored),
            ("Taux normal mensuel", Word::Ignored),
            ("Date de fin prévue", Word::Ignored),
            ("Maître d'ouvrage", Word::Client),
            ("N° contrat", Word::Code),
            ("Code du site", Word::Code),
            ("site_code", Word::Code),
            ("Entreprise(s)", Word::Contractor),
            ("Délai (mois)", Word::Duration),
            ("Date de démarrage", Word::Start),
            ("Statut", Word::Status),
            ("N°", Word::Number),
            ("Mois", Word::Month),
            ("Durée (mois)", Word::Duration),
        ] {
            assert_eq!(of_heading(heading), Some(word), "{heading}");
        }
        for heading in ["Bon", "Installation", "SOTRABEKO SA", "Légende des taux"] {
            assert_eq!(of_heading(heading), None, "{heading}");
        }
        assert!(is_in_days("Délai (jours)") && !is_in_days("Délai (mois)"));
    }
}
