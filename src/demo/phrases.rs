//! The observations of invented sites, as engineers write them.

use super::programmes::Trade;

/// Observations of a stage: what is written below a progress in percent.
pub(super) type Stages = &'static [(i64, &'static [&'static str])];

/// Works resume after a suspension or a withdrawal.
pub(super) const BACK: [&str; 4] = [
    "Reprise des travaux, effectif porté à {crew} ouvriers",
    "Reprise des travaux sur tous les postes",
    "Reprise effective, nouveau planning validé",
    "Reprise des travaux avec une équipe renforcée",
];

/// Works were measured again and less was found.
pub(super) const FALL: [&str; 3] = [
    "Re-métré contradictoire : poteaux non conformes démolis",
    "Métré corrigé : ouvrages non réceptionnés retirés du cumul",
    "Démolition du mur pignon non conforme, cumul ramené au réel",
];

/// Works are finished.
pub(super) const DONE: [&str; 4] = [
    "Réception provisoire prononcée",
    "Réception provisoire prononcée avec {few} réserves mineures",
    "Travaux achevés, réserves levées",
    "Pré-réception effectuée, ouvrage achevé",
];

/// Works go on well.
pub(super) const GOOD: [&str; 8] = [
    "RAS",
    "Rythme satisfaisant",
    "Planning respecté",
    "Visite du maître d’ouvrage, observations levées",
    "Dernier décompte payé",
    "Essais de béton conformes",
    "Approvisionnement en avance sur le planning",
    "Deux équipes en place, bonne organisation du chantier",
];

/// Something holds the works up, whatever the season.
pub(super) const TROUBLE: [&str; 18] = [
    "Rupture d’approvisionnement en ciment pendant {days} jours",
    "Ciment livré avec {days} jours de retard",
    "Fers à béton non livrés, ferraillage interrompu",
    "Effectif réduit : {men} ouvriers pour {crew} prévus",
    "Effectif insuffisant, une seule équipe de maçons",
    "Équipe de ferraillage absente pendant {days} jours",
    "Dernier décompte impayé, l’entreprise tourne au ralenti",
    "Avance de démarrage non encore versée",
    "Arrêt de travail : salaires impayés",
    "Bétonnière en panne, coulages reportés",
    "Panne du camion-benne, approvisionnement à l’arrêt",
    "Mise en demeure notifiée à l’entreprise",
    "Plans d’exécution remis en retard, coulages reportés",
    "Béton non conforme, reprise de {few} poteaux",
    "Conducteur de travaux absent depuis {days} jours",
    "Retard de livraison des agrégats, carrière fermée",
    "Pénurie de carburant, engins à l’arrêt {days} jours",
    "Planning de rattrapage demandé à l’entreprise",
];

/// Returns the observations of the first month.
pub(super) const fn first(trade: Trade) -> &'static [&'static str] {
    match trade {
        Trade::Building => &[
            "Installation de chantier",
            "Installation et implantation du bâtiment",
            "Installation de chantier et amenée du matériel",
            "Ordre de service notifié, installation en cours",
            "Installation, débroussaillage et implantation",
        ],
        Trade::Finishing => {
            &["Commandes passées, approvisionnement en cours", "Échantillons présentés et validés"]
        }
        Trade::Borehole => &[
            "Installation et étude géophysique",
            "Amenée de l’atelier de forage",
            "Installation de chantier et implantation du forage",
        ],
        Trade::Network => &[
            "Installation et levés topographiques",
            "Installation de chantier, commande des conduites",
            "Installation et piquetage du réseau",
        ],
        Trade::Road => &[
            "Installation et débroussaillage de l’emprise",
            "Amenée des engins et levés topographiques",
            "Installation de chantier, ouverture de la base-vie",
        ],
    }
}

/// Returns the observations of months held up by rain.
pub(super) const fn rain(trade: Trade) -> &'static [&'static str] {
    match trade {
        Trade::Building => &[
            "Fortes pluies : {days} jours d’arrêt constatés",
            "Fouilles inondées, pompage en cours",
            "Accès au chantier impraticable après les pluies",
            "Retard dû aux pluies, coulages reportés",
            "Orages répétés, ouvrages protégés par des bâches",
        ],
        Trade::Finishing => {
            &["Livraisons bloquées par les pluies", "Humidité des supports, peinture et revêtements reportés"]
        }
        Trade::Borehole => {
            &["Atelier de forage bloqué par les pluies", "Accès à la plateforme de forage impraticable"]
        }
        Trade::Network => &[
            "Fortes pluies : {days} jours d’arrêt constatés",
            "Tranchées inondées, pose des conduites arrêtée",
        ],
        Trade::Road => &[
            "Fortes pluies : {days} jours d’arrêt constatés",
            "Barrières de pluie fermées, engins immobilisés",
            "Couche de forme détrempée, compactage reporté",
            "Crue du cours d’eau, déviation emportée",
        ],
    }
}

/// Returns the stages of works of a trade, by rising progress; the last one reaches beyond the end.
pub(super) const fn stages(trade: Trade) -> Stages {
    match trade {
        Trade::Building => BUILDING,
        Trade::Finishing => FINISHING,
        Trade::Borehole => BOREHOLE,
        Trade::Network => NETWORK,
        Trade::Road => ROAD,
    }
}

const BUILDING: Stages = &[
    (8, &["Terrassements généraux en cours", "Fouilles en rigole en cours", "Implantation réceptionnée"]),
    (20, &["Fondations en cours", "Coulage des semelles", "Longrines coulées", "Soubassement en cours"]),
    (
        34,
        &[
            "Élévation des murs",
            "Poteaux du rez-de-chaussée coulés",
            "Dallage coulé",
            "Élévation à mi-hauteur",
        ],
    ),
    (48, &["Chaînage haut en cours", "Linteaux coulés", "Coulage du plancher haut", "Élévation achevée"]),
    (60, &["Charpente en cours de pose", "Fermes livrées sur le chantier", "Charpente posée à moitié"]),
    (70, &["Couverture en cours", "Tôles de couverture posées", "Étanchéité en cours"]),
    (82, &["Enduits intérieurs en cours", "Enduits extérieurs en cours", "Passage des gaines électriques"]),
    (
        92,
        &[
            "Menuiseries en cours de pose",
            "Carrelage en cours",
            "Peinture : première couche",
            "Plomberie sanitaire",
        ],
    ),
    (
        101,
        &["VRD et abords en cours", "Finitions en cours", "Peinture : dernière couche", "Levée des réserves"],
    ),
];

const FINISHING: Stages = &[
    (20, &["Menuiseries en fabrication", "Saignées et fourreaux en cours", "Matériel électrique livré"]),
    (45, &["Réseaux encastrés en cours", "Huisseries posées", "Passage des gaines électriques"]),
    (70, &["Faux plafonds en cours", "Carrelage en cours", "Appareils sanitaires livrés"]),
    (90, &["Appareillage électrique en cours", "Peinture : première couche", "Plomberie sanitaire en cours"]),
    (101, &["Peinture : dernière couche", "Essais électriques conformes", "Levée des réserves"]),
];

const BOREHOLE: Stages = &[
    (15, &["Étude géophysique achevée", "Plateforme de forage prête"]),
    (40, &["Foration en cours", "Forage positif", "Développement du forage en cours"]),
    (60, &["Essais de pompage concluants", "Analyses d’eau conformes", "Tubage et gravillonnage achevés"]),
    (85, &["Margelle et aire assainie en cours", "Champ solaire monté", "Pompe installée"]),
    (101, &["Comité de gestion formé", "Clôture en cours", "Essais de débit conformes"]),
];

const NETWORK: Stages = &[
    (15, &["Tranchées ouvertes sur la conduite principale", "Fouilles du château d’eau en cours"]),
    (
        40,
        &["Radier du château d’eau coulé", "Conduites livrées sur le chantier", "Poteaux de la tour coulés"],
    ),
    (
        65,
        &["Tour du château d’eau en cours", "Pose des conduites en cours", "Remblai des tranchées en cours"],
    ),
    (85, &["Cuve en place", "Regards et vannes en cours", "Bornes-fontaines en cours"]),
    (101, &["Essais de pression en cours", "Désinfection du réseau", "Branchements en cours"]),
];

const ROAD: Stages = &[
    (12, &["Débroussaillage et décapage en cours", "Levés topographiques achevés"]),
    (32, &["Déblais en cours", "Remblais en cours", "Purges exécutées sur les zones argileuses"]),
    (52, &["Dalots en cours", "Radier coulé", "Têtes de buses en cours"]),
    (72, &["Couche de forme en cours", "Compactage contrôlé, essais conformes", "Gabions posés"]),
    (
        90,
        &["Couche de roulement en latérite en cours", "Fossés latéraux en cours", "Perrés maçonnés en cours"],
    ),
    (
        101,
        &[
            "Balises et panneaux en cours de pose",
            "Barrières de pluie installées",
            "Finitions des accotements",
        ],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stages_rise_and_cover_all_progress() {
        for trade in [Trade::Building, Trade::Finishing, Trade::Borehole, Trade::Network, Trade::Road] {
            let limits: Vec<_> = stages(trade).iter().map(|(below, _)| *below).collect();
            assert!(limits.is_sorted() && limits.last() == Some(&101));
            assert!(stages(trade).iter().all(|(_, choices)| !choices.is_empty()));
        }
    }
}
