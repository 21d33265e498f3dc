//! Names of towns that do not exist.

use super::dice::{Dice, Purpose};

const HEADS: [&str; 40] = [
    "Baka", "Béla", "Biko", "Bouda", "Damba", "Diko", "Dzou", "Ebo", "Ekoué", "Essa", "Fara", "Gama",
    "Gbado", "Kaba", "Koula", "Kpé", "Lama", "Lobo", "Makou", "Mandi", "Mbala", "Mbou", "Minda", "Nama",
    "Ndé", "Ngou", "Nkola", "Okou", "Ossé", "Pala", "Sika", "Tamba", "Tchi", "Touma", "Wara", "Yabé", "Yako",
    "Zambi", "Zogo", "Zoua",
];

const TAILS: [&str; 30] = [
    "ndougou", "kivé", "lessi", "mbélo", "nkéma", "ssala", "toumé", "vélé", "yéma", "rémo", "kpala", "diéla",
    "guéra", "lingué", "mayé", "nzali", "péla", "rika", "souna", "tiba", "wendé", "zira", "nouma", "boua",
    "djélé", "fira", "houé", "ssoko", "gandé", "tchiré",
];

/// Parts of a town, for the towns that have more than one site.
const QUARTERS: [&str; 9] =
    ["Centre", "Nord", "Plateau", "Carrefour", "Est", "Mission", "Sud", "Marché", "Ouest"];

/// The towns of one invented organisation, in random order.
pub(super) struct Towns(Vec<String>);

impl Towns {
    /// Composes all the towns of a seed.
    pub(super) fn new(seed: u64) -> Self {
        let pairs = HEADS.iter().flat_map(|head| TAILS.iter().map(move |tail| (*head, *tail)));
        let mut towns: Vec<_> =
            pairs.filter(|(head, tail)| sounds_well(head, tail)).map(|(a, b)| a.to_owned() + b).collect();
        Dice::new(seed, Purpose::Towns, 0).shuffle(&mut towns);
        Self(towns)
    }

    /// Returns the place of a site, another one for every index: a town, then a quarter of a town.
    pub(super) fn place(&self, index: usize) -> String {
        let town = self.town(index);
        let round = index / self.0.len().max(1);
        let Some(quarter) = round.checked_sub(1) else { return town.to_owned() };
        let name = QUARTERS.get(quarter % QUARTERS.len()).copied().unwrap_or_default();
        match quarter / QUARTERS.len() {
            0 => format!("{town}-{name}"),
            more => format!("{town}-{name} {}", more + 1),
        }
    }

    /// Returns the town of an index; towns come again after about a thousand.
    pub(super) fn town(&self, index: usize) -> &str {
        self.0.get(index % self.0.len().max(1)).map_or("", String::as_str)
    }
}

/// Refuses names that stammer: no consonant of the head comes again at the start of the tail.
pub(super) fn sounds_well(head: &str, tail: &str) -> bool {
    let vowel = |it: char| "aeiouéèyAEOU".contains(it);
    let stammers = |it: char| head.to_lowercase().contains(it);
    !tail.chars().take_while(|it| !vowel(*it)).any(|it| it != 's' && stammers(it))
        && !tail.starts_with(stammer_end(head))
}

fn stammer_end(head: &str) -> &str {
    head.char_indices().next_back().map_or("", |(at, _)| head.get(at..).unwrap_or_default())
}

/// Joins a noun and a name as French does: `de Bakalessi`, `d’Essakivé`.
pub(super) fn of(name: &str) -> String {
    if name.starts_with(['A', 'E', 'É', 'I', 'O', 'U']) {
        format!("d’{name}")
    } else {
        format!("de {name}")
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn places_never_repeat() {
        let towns = Towns::new(1);
        assert!(towns.0.len() > 700, "{}", towns.0.len());
        let places: HashSet<_> = (0..20_000).map(|it| towns.place(it)).collect();
        assert_eq!(places.len(), 20_000);
    }

    #[test]
    fn elides_before_a_vowel() {
        assert_eq!(of("Essakivé"), "d’Essakivé");
        assert_eq!(of("Bakalessi"), "de Bakalessi");
    }

    #[test]
    fn refuses_stammering() {
        assert!(!sounds_well("Baka", "kivé"));
        assert!(sounds_well("Baka", "lessi"));
    }
}
