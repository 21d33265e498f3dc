//! Small tables as text: layouts, questions and their answers.

use chantier::import::{Hints, Reading, Unit, parse};

use crate::import::hints;

fn read(text: &str, hints: &Hints) -> Reading {
    parse(text.as_bytes(), "tableau.csv", hints).unwrap_or_else(|problem| panic!("{problem}\n{text}"))
}

/// One word per entry: `site/firms month figure`, then what is asked.
fn told(reading: &Reading) -> Vec<String> {
    let mut told: Vec<String> = reading
        .entries
        .iter()
        .map(|entry| {
            let line = &reading.lines[entry.line as usize];
            let site = &reading.sites[line.site as usize];
            let figure = entry.cumulative.map_or_else(|| "-".to_owned(), |it| it.to_string());
            let place = [site.name.as_str(), &line.lot, &line.contractors.join("+")].join("/");
            format!("{place} {} {figure} {}", entry.month, entry.observation).trim_end().to_owned()
        })
        .collect();
    told.extend(reading.questions.iter().map(|it| it.problem.key.clone()));
    told
}

#[track_caller]
fn assert_told(text: &str, expected: &[&str]) {
    assert_eq!(told(&read(text, &hints())), expected, "{text}");
}

#[test]
fn headings_centred_without_merges() {
    assert_told(
        "PROJET : P\n\nSite;Entreprise;Janv 2025;;;Févr 2025;;\n;;Prévu;Réel;Écart;Prévu;Réel;Écart\nA;X;5;4;1;10;9,5;0,5\n",
        &["A//X 2025-01 4.00", "A//X 2025-02 9.50"],
    );
    assert_told(
        "PROJET : P\nSITUATION AU 31/03/2026\nSite;Entreprise;Avancement total;;;Av. du mois\n;;M-2;M-1;M;\nA;X;5;10;20;10\n;Y;–;2;4;2\nTOTAL;;5;6;12;\n",
        &[
            "A//X 2026-01 5.00",
            "A//X 2026-02 10.00",
            "A//X 2026-03 20.00",
            "A//Y 2026-02 2.00",
            "A//Y 2026-03 4.00",
        ],
    );
    assert_told(
        "Projet;Site;Ligne;2024;;2025\n;;;Nov;Déc;Janv\nP;A;Prévu;5;10;15\n;;Réel;4;8;12\n;;Observations;;pluie;\n",
        &["A// 2024-11 4.00", "A// 2024-12 8.00 pluie", "A// 2025-01 12.00"],
    );
}

#[test]
fn months_relative_to_the_situation_by_name() {
    assert_told(
        "Situation au 31 mars 2026\nProjet;Site;Mois-2;Mois-1;Mois;Observations\nP;A;5;6;7,5;RAS\n",
        &["A// 2026-01 5.00", "A// 2026-02 6.00", "A// 2026-03 7.50 RAS"],
    );
    assert_told(
        "Situation au 31 mars 2026\nProjet;Chantier;Titulaire;Av. cumulé M-1 (%);Av. cumulé M (%)\nP;A;X;5,5 %;12 %\n",
        &["A//X 2026-02 5.50", "A//X 2026-03 12.00"],
    );
}

#[test]
fn months_counted_from_the_start() {
    assert_told(
        "Projet : P\nSite : A\nDébut : novembre 2024\n\nMois;Avancement cumulé\nM1;5\nM2;12,5\nMois 3;20\n",
        &["A// 2024-11 5.00", "A// 2024-12 12.50", "A// 2025-01 20.00"],
    );
    assert_told(
        "Projet;Site;Date de démarrage;M1;M2\nP;A;01/03/2025;5;10,5\nP;B;15/12/2025;2;4\n",
        &["A// 2025-03 5.00", "A// 2025-04 10.50", "B// 2025-12 2.00", "B// 2026-01 4.00"],
    );
}

#[test]
fn words_in_the_place_of_figures() {
    let text = "Projet;Site;Mois;Cumul;Observations\nP;A;01/2025;suspendu;\nP;A;02/2025;arrêté;OS n° 3\nP;A;03/2025;RAS;\nP;A;04/2025;–;\nP;A;05/2025;0;RAS\n";
    assert_told(text, &["A// 2025-01 - suspendu", "A// 2025-02 - OS n° 3", "A// 2025-05 0.00 RAS"]);
}

#[test]
fn lots_and_firms_make_lines() {
    assert_told(
        "projet;site;lot;entreprise;mois;cumul\nP;A;Gros œuvre;X SARL et Y SA;2025-01;5\nP;A;Réseau;Ets Z & Fils;2025-01;7\nP;A;Ensemble;W;2025-01;8\n",
        &["A/Gros œuvre/X SARL+Y SA 2025-01 5.00", "A/Réseau/Ets Z & Fils 2025-01 7.00", "A//W 2025-01 8.00"],
    );
}

#[test]
fn units_are_asked_when_nothing_tells() {
    let text = "Projet;Site;Mois;Cumul\nP;A;2025-01;0\nP;A;2025-02;1\n";
    assert_told(text, &["A// 2025-01 0.00", "import-ask-unit"]);
    let fraction = Hints { unit: Some(Unit::Fraction), ..hints() };
    assert_eq!(told(&read(text, &fraction)), ["A// 2025-01 0.00", "A// 2025-02 100.00"]);
    let percent = Hints { unit: Some(Unit::Percent), ..hints() };
    assert_eq!(told(&read(text, &percent)), ["A// 2025-01 0.00", "A// 2025-02 1.00"]);
}

#[test]
fn years_are_asked_when_nothing_tells() {
    let text = "Projet : P\nSite : A\n\nMois;Cumul\nNovembre;5\nDécembre;7\nJanvier;9\n";
    assert_told(text, &["import-ask-year"]);
    let year = Hints { year: Some(2024), ..hints() };
    assert_eq!(told(&read(text, &year)), ["A// 2024-11 5.00", "A// 2024-12 7.00", "A// 2025-01 9.00"]);
    let across = "Projet;Site;Nov;Déc;Janv\nP;A;5;6;7\n";
    assert_told(across, &["import-ask-year"]);
    assert_eq!(told(&read(across, &year)).len(), 3);
}

#[test]
fn projects_and_situations_are_asked() {
    let text = "Site;Mois;Cumul\nA;2025-01;5\n";
    assert_told(text, &["A// 2025-01 5.00", "import-ask-project"]);
    let project = Hints { project: Some("P".to_owned()), ..hints() };
    let reading = read(text, &project);
    assert_eq!((reading.sites[0].project.as_str(), reading.questions.len()), ("P", 0));
    assert_told("Projet;Site;Avancement physique\nP;A;5\n", &["import-ask-month"]);
    let named =
        parse("Projet;Site;Avancement physique\nP;A;5\n".as_bytes(), "suivi-2026-02.csv", &hints()).unwrap();
    assert_eq!(told(&named), ["A// 2026-02 5.00"]);
}

#[test]
fn two_possible_cumulatives_are_asked() {
    assert_told(
        "Projet;Site;Mois;Avancement physique;Taux d'exécution\nP;A;2025-01;5;9\n",
        &["import-ask-cumulative"],
    );
}

#[test]
fn bands_totals_and_numbers_are_no_sites() {
    assert_told(
        "SITUATION AU 28/02/2026\nN°;Site;Entreprise;Avancement physique (%)\n1;2;3;4\nPROJET : P;;;\n1;A;X;5\nSous-total P;;;5\nProjet Q;;;\n2;A;Y;7\nMOYENNE;;;6\nNB : provisoire;;;\n;;;Le Directeur\n",
        &["A//X 2026-02 5.00", "A//Y 2026-02 7.00"],
    );
}

#[test]
fn columns_may_stand_in_any_order_and_language() {
    assert_told(
        "Comments,Progress to date (%),Contractor,Site name,Project,Month\nok,12.5,X,A,P,March 2025\n",
        &["A//X 2025-03 12.50 ok"],
    );
    assert_told("mois\tsite\tcumul\tprojet\nfévr-25\tA\t12,5\tP\n", &["A// 2025-02 12.50"]);
}

#[test]
fn words_of_headings_among_the_rows_stay_data() {
    for word in [
        "Site inaccessible",
        "Chantier",
        "Entreprise",
        "Projet",
        "Code",
        "Mois",
        "Date",
        "Titulaire défaillant",
        "#REF!",
    ] {
        let text = format!(
            "Projet : P\nSite : A\n\nMois;Cumul;Observations\njanv. 2025;;{word}\nfévr. 2025;20;\nmars 2025;;{word}\navr. 2025;40;\n"
        );
        let (first, last) = (format!("A// 2025-01 - {word}"), format!("A// 2025-03 - {word}"));
        assert_told(&text, &[&first, "A// 2025-02 20.00", &last, "A// 2025-04 40.00"]);
        let text = format!(
            "Projet;Site;Mois;Cumul;Obs.\nP;Site de B;2025-01;{word};\nP;Site de B;2025-02;20;\nP;Site de B;2025-03;;{word}\n"
        );
        let told = told(&read(&text, &hints()));
        assert!(told.contains(&"Site de B// 2025-02 20.00".to_owned()), "{word}: {told:?}");
        assert!(told.contains(&format!("Site de B// 2025-03 - {word}")), "{word}: {told:?}");
    }
}

#[test]
fn errors_as_text_are_refused() {
    let text = "Projet : P\nSite : A\n\nMois;Cumul;Obs\njanv. 2025;10;\nfévr. 2025;#REF!;\nmars 2025;30;\n";
    let reading = read(text, &hints());
    assert_eq!(told(&reading), ["A// 2025-01 10.00", "A// 2025-03 30.00"]);
    assert_eq!(reading.remarks[0].problem.key, "import-word-no-figure");
}

#[test]
fn a_heading_that_comes_back_keeps_title_project_and_month() {
    assert_told(
        "SITUATION AU 31/03/2026\nCode;Site;Entreprise;M-1;M;Obs\nPROJET : PA\nA;SA;X;10;20;\nCode;Site;Entreprise;M-1;M;Obs\nPROJET : PB\nB;SB;Y;11;21;x\nPROJET : PC\nCode;Site;Entreprise;M-1;M;Obs\nC;SC;Y;12;22;\n",
        &[
            "SA//X 2026-02 10.00",
            "SA//X 2026-03 20.00",
            "SB//Y 2026-02 11.00",
            "SB//Y 2026-03 21.00 x",
            "SC//Y 2026-02 12.00",
            "SC//Y 2026-03 22.00",
        ],
    );
    let three = "SITUATION AU 31/03/2026\nPROJET : PA\nSite;M\nA;20\nPROJET : PB\nSite;M\nB;21\n";
    let projects: Vec<String> = read(three, &hints()).sites.into_iter().map(|it| it.project).collect();
    assert_eq!(projects, ["PA", "PB"]);
    assert_told(
        "Projet : P\nSite : A\nDébut : novembre 2024\nMois;Cumul\nNovembre;5\nDécembre;6\nMois;Cumul\nJanvier;7\n\nSite : B\nDébut : mars 2025\nMois;Cumul\nMars;8\n",
        &["A// 2024-11 5.00", "A// 2024-12 6.00", "A// 2025-01 7.00", "B// 2025-03 8.00"],
    );
}

#[test]
fn the_planned_line_is_never_the_one_read() {
    for (plan, works, gap) in [
        ("P", "R", "E"),
        ("prév.", "réal.", "écart"),
        ("Programmé", "Effectif", "Glissement"),
        ("Théorique", "Constaté", "Différence"),
        ("Av. prévu", "Av. réel", "Décalage"),
    ] {
        let text = format!(
            "Projet : P\nCode;Site;Entreprise;Ligne;janv-25;févr-25\nA;SA;X;{plan};5;12\n;;;{works};4;10,5\n;;;{gap};-1;-1,5\n"
        );
        assert_told(&text, &["SA//X 2025-01 4.00", "SA//X 2025-02 10.50"]);
        let text = format!(
            "Projet : P\nCode;Site;Entreprise;janv-25;;;févr-25;;\n;;;{plan};{works};{gap};{plan};{works};{gap}\nA;SA;X;5;4;-1;12;10,5;-1,5\n"
        );
        assert_told(&text, &["SA//X 2025-01 4.00", "SA//X 2025-02 10.50"]);
    }
    let unknown =
        "Projet : P\nCode;Site;Entreprise;Ligne;janv-25;févr-25\nA;SA;X;Alpha;5;12\n;;;Beta;4;10,5\n";
    assert_told(unknown, &["import-ask-label"]);
    let untitled = "Projet : P\nSite;Entreprise;;janv-25;févr-25\nA;X;Alpha;5;12\nA;X;Beta;4;10,5\n";
    assert!(told(&read(untitled, &hints())).contains(&"import-ask-line".to_owned()));
}

#[test]
fn months_counted_from_an_unknown_start_are_asked() {
    assert_told("Projet : P\nSite : A\n\nMois;Cumul\nM1;5\nM2;12,5\n", &["import-ask-start"]);
    assert_told("Projet;Site;M1;M2\nP;A;5;10,5\n", &["import-ask-start"]);
}

#[test]
fn the_user_settles_only_the_units_in_doubt() {
    let text = "Projet;Site;Entreprise;janv-25;févr-25\nP;A;X;0,1;0,225\nP;B;X;0;1\n";
    let percent = Hints { unit: Some(Unit::Percent), ..hints() };
    let expected = ["A//X 2025-01 10.00", "A//X 2025-02 22.50", "B//X 2025-01 0.00", "B//X 2025-02 1.00"];
    assert_eq!(told(&read(text, &percent)), expected);
}

#[test]
fn two_rows_of_one_month_are_never_mixed() {
    let text = "Projet;Site;Mois;Cumul;Obs\nP;A;2025-01;5;\nP;A;2025-01;7;pluie\n";
    let reading = read(text, &hints());
    assert_eq!(told(&reading), ["A// 2025-01 5.00"]);
    assert_eq!(reading.remarks[0].problem.key, "import-figure-twice");
}

#[test]
fn years_may_stand_on_rows_of_their_own() {
    for (first, second) in [("2024", "2025"), ("Année 2024", "Exercice 2025")] {
        let text = format!(
            "Projet : P\nSite : A\n\nMois;Cumul\n{first};\nNovembre;5\nDécembre;7\n{second};\nJanvier;9\nMars;10\n"
        );
        let expected = ["A// 2024-11 5.00", "A// 2024-12 7.00", "A// 2025-01 9.00", "A// 2025-03 10.00"];
        assert_told(&text, &expected);
    }
}

#[test]
fn the_situation_may_stand_apart_from_its_label() {
    let table = "Projet;Site;Entreprise;Avancement cumulé\nP;A;X;5\n";
    for title in [
        "Situation au;30/04/2025",
        "Mois :;avril;;Année :;2025",
        "à la date du 30/04/25",
        "Situation au 30-04-25",
    ] {
        assert_told(&format!("{title}\n{table}"), &["A//X 2025-04 5.00"]);
    }
    for name in ["202504_suivi.csv", "Situation_30042025.csv", "suivi 30.04.25 v2.csv"] {
        let reading = parse(table.as_bytes(), name, &hints()).unwrap();
        assert_eq!(told(&reading), ["A//X 2025-04 5.00"], "{name}");
    }
}

#[test]
fn earlier_cumulatives_are_not_the_one_of_the_month() {
    for heads in ["Cumul antérieur;Réalisé du mois;Cumul actuel", "Cumul mois précédent;Mois;Cumul"] {
        let text = format!(
            "Situation au 31/03/2025\nProjet;Site;Entreprise;{heads};Obs\nP;A;X;10;5;15;x\nP;B;X;20,5;0;20,5;\n"
        );
        assert_told(&text, &["A//X 2025-03 15.00 x", "B//X 2025-03 20.50"]);
    }
}
