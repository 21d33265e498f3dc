//! Invents the organisation, its projects, contractors and contacts.

use crate::model::organisation::{Party, Post};
use crate::model::text::fold;

use super::dice::{Dice, Purpose};
use super::persons::{Surnames, phone, reachable};
use super::programmes::{self, programme};
use super::towns::Towns;
use super::{Invented, Spec, firms, sites_per_project};

/// An organisation that does not exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InventedOrganisation {
    /// Name.
    pub name: String,
    /// ISO 4217 code.
    pub currency: String,
    /// IANA time zone.
    pub zone: String,
}

/// A project that does not exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InventedProject {
    /// Name.
    pub name: String,
    /// Maître d'ouvrage.
    pub client: Party,
}

/// A person who does not exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InventedContact {
    /// Name, e-mail and telephone.
    pub party: Party,
    /// Post.
    pub post: Post,
    /// Index of the project in [`Invented::projects`], where the post belongs to one.
    pub project: Option<usize>,
}

/// Where an organisation can be: currency, time zone and the beginning of numbers that nobody has.
struct Country {
    currency: &'static str,
    zone: &'static str,
    dialling_code: &'static str,
}

const CENTRAL: Country = Country { currency: "XAF", zone: "Africa/Douala", dialling_code: "+237 600" };
const WESTERN: Country = Country { currency: "XOF", zone: "Africa/Abidjan", dialling_code: "+225 00 00" };

/// Index of the contractor without an e-mail address: a defect that a portfolio usually has.
const UNREACHABLE: usize = 4;

/// Invents everything but the sites.
pub(super) fn invent(spec: &Spec) -> Invented {
    let country = if spec.seed.is_multiple_of(3) { WESTERN } else { CENTRAL };
    let (towns, surnames) = (Towns::new(spec.seed), Surnames::new(spec.seed));
    let mut dice = Dice::new(spec.seed, Purpose::Party, 0);
    let projects = projects(spec, &country, &mut dice);
    let contacts = contacts(projects.len(), &surnames, &country, &mut dice);
    let contractors = contractors(spec, &surnames, &towns, &country, &mut dice);
    let organisation = InventedOrganisation {
        name: "Cellule de suivi des chantiers publics".to_owned(),
        currency: country.currency.to_owned(),
        zone: country.zone.to_owned(),
    };
    Invented { spec: *spec, towns, surnames, organisation, projects, contractors, contacts }
}

fn projects(spec: &Spec, country: &Country, dice: &mut Dice) -> Vec<InventedProject> {
    let mut regions = programmes::regions();
    Dice::new(spec.seed, Purpose::Regions, 0).shuffle(&mut regions);
    let count = u64::from(spec.sites).div_ceil(sites_per_project(spec.sites)).max(1);
    (0..usize::try_from(count).unwrap_or_default())
        .map(|index| {
            let (programme, region) = (programme(index), programmes::region(index, &regions));
            let name = format!("{} du {region}", programme.client);
            let domain = fold(&format!("{} {region}", programme.acronym)).replace(' ', "-");
            let email = format!("secretariat@{domain}.example");
            let address = format!("BP {}", dice.between(10..900));
            let client = Party { name, address, email, phone: phone(country.dialling_code, dice) };
            InventedProject { name: programmes::project_name(index, &regions), client }
        })
        .collect()
}

fn contacts(
    projects: usize,
    surnames: &Surnames,
    country: &Country,
    dice: &mut Dice,
) -> Vec<InventedContact> {
    let of_organisation = [(Post::DirecteurGeneral, None), (Post::ServiceFinancier, None)];
    let of_projects =
        (0..projects).flat_map(|it| [(Post::DirecteurProjet, Some(it)), (Post::ChefMission, Some(it))]);
    of_organisation
        .into_iter()
        .chain(of_projects)
        .map(|(post, project)| {
            let name = surnames.person(dice);
            InventedContact { party: reachable(name, country.dialling_code, dice), post, project }
        })
        .collect()
}

/// Invents about one contractor for two sites.
fn contractors(
    spec: &Spec,
    surnames: &Surnames,
    towns: &Towns,
    country: &Country,
    dice: &mut Dice,
) -> Vec<Party> {
    let count = usize::try_from((spec.sites / 2).clamp(6, 1_500)).unwrap_or_default();
    let mut contractors: Vec<_> =
        (0..count).map(|index| firms::firm(index, surnames, towns, country.dialling_code, dice)).collect();
    if let Some(firm) = contractors.get_mut(UNREACHABLE) {
        firm.email.clear();
    }
    contractors
}
