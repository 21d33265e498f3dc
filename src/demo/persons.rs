//! Names of persons who do not exist, with addresses that reach nobody.

use crate::model::organisation::Party;
use crate::model::text::fold;

use super::dice::{Dice, Purpose};
use super::towns::sounds_well;

const FIRST_NAMES: [&str; 36] = [
    "Clarisse",
    "Honoré",
    "Aïssatou",
    "Rodrigue",
    "Mireille",
    "Salifou",
    "Édith",
    "Bertrand",
    "Fanta",
    "Gédéon",
    "Solange",
    "Issa",
    "Béatrice",
    "Thierry",
    "Mariama",
    "Prosper",
    "Hortense",
    "Ibrahim",
    "Nadège",
    "Firmin",
    "Rokia",
    "Achille",
    "Ginette",
    "Moussa",
    "Pélagie",
    "Serge",
    "Awa",
    "Narcisse",
    "Estelle",
    "Boubacar",
    "Odile",
    "Landry",
    "Ramata",
    "Sylvestre",
    "Chantal",
    "Daouda",
];

const HEADS: [&str; 24] = [
    "Abé", "Ado", "Assi", "Bédi", "Djou", "Ebo", "Eka", "Gna", "Kaso", "Koué", "Lébo", "Mbi", "Mélo", "Nadi",
    "Ndou", "Ngué", "Odi", "Olé", "Sané", "Tchoua", "Toba", "Yéba", "Zamé", "Zokou",
];

const TAILS: [&str; 18] = [
    "kémi", "langa", "mbadi", "ngolo", "ssaka", "téka", "wanou", "youla", "bila", "ndaré", "radjo", "gnéka",
    "mondo", "pélé", "vanga", "djibé", "ngari", "kossi",
];

/// The surnames of one invented organisation, in random order.
pub(super) struct Surnames(Vec<String>);

impl Surnames {
    /// Composes all the surnames of a seed.
    pub(super) fn new(seed: u64) -> Self {
        let pairs = HEADS.iter().flat_map(|head| TAILS.iter().map(move |tail| (*head, *tail)));
        let mut names: Vec<_> =
            pairs.filter(|(head, tail)| sounds_well(head, tail)).map(|(a, b)| a.to_owned() + b).collect();
        Dice::new(seed, Purpose::Surnames, 0).shuffle(&mut names);
        Self(names)
    }

    /// Returns the surname of an index; surnames come again after [`Self::count`].
    pub(super) fn get(&self, index: usize) -> &str {
        self.0.get(index % self.count()).map_or("", String::as_str)
    }

    /// Returns the number of different surnames, at least one.
    pub(super) fn count(&self) -> usize {
        self.0.len().max(1)
    }

    /// Invents a full name.
    pub(super) fn person(&self, dice: &mut Dice) -> String {
        let surname = self.get(usize::try_from(dice.between(0..4096)).unwrap_or_default());
        format!("{} {surname}", dice.pick(&FIRST_NAMES))
    }
}

/// Gives a person an e-mail address of a domain that is reserved for examples, and a number of a range that is
/// given to nobody.
pub(super) fn reachable(name: String, dialling_code: &str, dice: &mut Dice) -> Party {
    let email = format!("{}@example.org", fold(&name).replace(' ', "."));
    Party { name, address: String::new(), email, phone: phone(dialling_code, dice) }
}

/// Invents a telephone number that nobody has.
pub(super) fn phone(dialling_code: &str, dice: &mut Dice) -> String {
    format!("{dialling_code} 00 {:02} {:02}", dice.between(0..100), dice.between(0..100))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_plain_and_reserved() {
        let party = reachable("Gédéon Mbilanga".to_owned(), "+237 600", &mut Dice::new(1, Purpose::Party, 0));
        assert_eq!(party.email, "gedeon.mbilanga@example.org");
        assert!(party.phone.starts_with("+237 600 00 "), "{}", party.phone);
    }

    #[test]
    fn there_are_enough_surnames() {
        assert!(Surnames::new(1).count() > 250, "{}", Surnames::new(1).count());
    }
}
