//! Names of firms that do not exist.

use crate::model::organisation::Party;
use crate::model::text::fold;

use super::dice::Dice;
use super::persons::{Surnames, phone};
use super::towns::Towns;

/// The ways to make a firm's name of a surname; `{}` is the surname.
const PATTERNS: [&str; 8] = [
    "{} BTP SARL",
    "Ets {} & Fils",
    "Entreprise générale {}",
    "Société {} Travaux SA",
    "{} & Frères Construction",
    "Bâtisseurs {} SARL",
    "Groupe {} Génie civil SA",
    "{} Ouvrages et Services",
];

const STREETS: [&str; 8] = [
    "Avenue de l’Indépendance",
    "Rue du Commerce",
    "Zone industrielle",
    "Boulevard de la Liberté",
    "Quartier Administratif",
    "Route de la Gare",
    "Rue des Artisans",
    "Carrefour de la Poste",
];

/// Invents the firm of an index, another name for every index up to eight times the number of surnames.
pub(super) fn firm(
    index: usize,
    surnames: &Surnames,
    towns: &Towns,
    dialling_code: &str,
    dice: &mut Dice,
) -> Party {
    let round = index / surnames.count();
    let pattern = PATTERNS.get((index % surnames.count() + round) % PATTERNS.len()).copied().unwrap_or("{}");
    let mut name = pattern.replace("{}", surnames.get(index));
    if round >= PATTERNS.len() {
        name = format!("{name} {}", round / PATTERNS.len() + 1);
    }
    let address = format!(
        "{}, BP {}, {}",
        dice.pick(&STREETS),
        dice.between(100..4000),
        towns.town(usize::try_from(dice.between(0..12)).unwrap_or_default())
    );
    let email = format!("contact@{}.example", fold(&name).replace(' ', "-"));
    Party { name, address, email, phone: phone(dialling_code, dice) }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::super::dice::Purpose;
    use super::*;

    #[test]
    fn names_and_addresses_never_repeat() {
        let (surnames, towns) = (Surnames::new(1), Towns::new(1));
        let mut dice = Dice::new(1, Purpose::Party, 0);
        let firms: Vec<_> = (0..6_000).map(|it| firm(it, &surnames, &towns, "+237 600", &mut dice)).collect();
        assert_eq!(firms.iter().map(|it| &it.name).collect::<HashSet<_>>().len(), 6_000);
        assert_eq!(firms.iter().map(|it| &it.email).collect::<HashSet<_>>().len(), 6_000);
        assert!(firms.iter().all(|it| it.email.ends_with(".example") && !it.name.contains(" / ")));
    }
}
