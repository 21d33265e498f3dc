//! Saves forms: one form is one op; only what changed is written.

use super::fields::code_or_name;
use crate::actions::failure::Failure;
use crate::actions::names;
use crate::actions::register::contact::{self, ContactFields};
use crate::actions::register::contractor::{self, ContractorFields};
use crate::actions::register::lot::{self, LotFields};
use crate::actions::register::organisation::{self, OrganisationFields};
use crate::actions::register::project::{self, ProjectFields};
use crate::actions::register::site::{self, Cleared, SiteFields};
use crate::model::id::Id;
use crate::model::money;
use crate::model::month::Month;
use crate::model::organisation::{Post, Project};
use crate::model::percent::Percent;
use crate::model::problem::Problem;
use crate::model::site::{Lot, Site, Start};
use crate::ui::app::App;
use crate::ui::command::{FormAim, Place};
use crate::ui::fulfil::{places, refresh, say};
use crate::ui::screens::AnyScreen;
use crate::ui::screens::form::Answer;
use crate::ui::widgets::check;
use crate::ui::world::World;

/// Problems of the actions and the fields beside which they are said, the first that the form has.
const PLACES: &[(&str, &[&str])] = &[
    ("name-empty", &["form-code", "form-name"]),
    ("field-empty", &["form-code", "form-name"]),
    ("email-unreadable", &["form-email", "form-client-email"]),
    ("currency-unknown", &["form-currency"]),
    ("zone-unknown", &["form-zone"]),
    ("project-exists", &["form-name"]),
    ("contractor-exists", &["form-name"]),
    ("lot-exists", &["form-name"]),
    ("site-exists", &["form-code"]),
    ("contractor-ambiguous", &["form-contractors"]),
    ("weight-not-positive", &["form-weight"]),
    ("setting-value", &["form-usual-duration"]),
    ("duration-out-of-range", &["form-duration"]),
    ("progress-out-of-range", &["form-initial"]),
    ("start-unreadable", &["form-start"]),
    ("month-unreadable", &["form-from"]),
    ("amount-unreadable", &["form-budget"]),
    ("months-unreadable", &["form-duration"]),
    ("form-from-alone", &["form-from"]),
    ("post-missing", &["form-post"]),
    ("post-fixed", &["form-post"]),
    ("form-project-needed", &["form-project"]),
    ("form-project-none", &["form-project"]),
    ("register-gone", &["form-project"]),
];

/// What a form wrote.
struct Written {
    /// What is said of it: message key and name.
    said: (&'static str, String),
    /// Contractors that were added on the way.
    contractors: Vec<String>,
    /// The form of what was written, to select it below.
    aim: Option<FormAim>,
}

impl Written {
    fn added(name: String, aim: Option<FormAim>) -> Self {
        Self { said: ("added", name), contractors: Vec::new(), aim }
    }

    fn edited(changed: bool, name: String, aim: FormAim) -> Self {
        let said = (if changed { "edited" } else { "unchanged" }, name);
        Self { said, contractors: Vec::new(), aim: Some(aim) }
    }
}

/// The fields of the form that is saved.
struct Answers(Vec<Answer>);

impl Answers {
    /// Returns what stands in a field.
    fn text(&self, key: &str) -> String {
        self.0.iter().find(|it| it.key == key).map(|it| it.text.clone()).unwrap_or_default()
    }

    /// Returns what stands in a field where it is another than what was shown.
    fn changed(&self, key: &str) -> Option<String> {
        self.0.iter().find(|it| it.key == key && it.changed).map(|it| it.text.clone())
    }

    /// Reads a field that changed; an emptied one reads as nothing.
    fn read<T>(
        &self,
        key: &str,
        read: impl FnOnce(&str) -> Result<T, Problem>,
    ) -> Result<Option<T>, Problem> {
        self.changed(key).filter(|it| !it.is_empty()).map(|it| read(&it)).transpose()
    }

    /// Tells whether a field was emptied.
    fn emptied(&self, key: &str) -> bool {
        self.changed(key).is_some_and(|it| it.is_empty())
    }

    fn contractors(&self) -> Option<Vec<String>> {
        let typed = self.changed("form-contractors")?;
        let names = typed.split(" / ").map(|it| it.trim().to_owned()).filter(|it| !it.is_empty());
        Some(names.collect())
    }

    /// Returns the chosen project.
    fn project(&self) -> Option<Id<Project>> {
        let uuid = uuid::Uuid::parse_str(&self.text("form-project")).ok()?;
        Some(Id::from_bytes(uuid.into_bytes()))
    }
}

/// Saves the form on top; what is wrong is shown beside its field, and nothing that was typed is lost.
pub fn save(app: &mut App, world: &mut World, aim: FormAim, texts: &[String]) -> Result<(), Failure> {
    let AnyScreen::Form(form) = app.screen() else { return Ok(()) };
    let answers = Answers(form.answers(texts));
    match write(world, aim, &answers) {
        Ok(written) => finish(app, world, aim, &written),
        Err(failure) => refuse(app, world, failure),
    }
}

fn refuse(app: &mut App, world: &World, failure: Failure) -> Result<(), Failure> {
    let problem = failure.problem();
    let places = PLACES.iter().find(|(key, _)| *key == problem.key).map_or(&[][..], |(_, fields)| fields);
    if let AnyScreen::Form(form) = app.screen_mut()
        && places.iter().any(|field| form.refuse(field, problem.clone()))
    {
        say(app, world.texts.text("form-mend"));
        return Ok(());
    }
    Err(failure)
}

/// Closes the form and says what it did.
fn finish(app: &mut App, world: &mut World, aim: FormAim, written: &Written) -> Result<(), Failure> {
    let (key, name) = &written.said;
    if aim == FormAim::Organisation && *key == "added" || !app.pop() {
        // What stood in the form is saved: nothing of it is left to go back to.
        let screen = places::open(app, world, &Place::Dashboard)?;
        app.switch(screen);
    }
    refresh(app, world);
    if let (AnyScreen::Registers(it), Some(aim)) = (app.screen_mut(), written.aim) {
        it.select(aim);
    }
    if let (AnyScreen::FollowUp(it), Some(FormAim::EditSite(site)), "added") =
        (app.screen_mut(), written.aim, *key)
    {
        it.select_site(site);
    }
    let mut sentences = vec![world.texts.fill(key, &[("name", name)])];
    sentences
        .extend(written.contractors.iter().map(|it| world.texts.fill("contractor-added", &[("name", it)])));
    say(app, sentences.join(" · "));
    Ok(())
}

fn write(world: &mut World, aim: FormAim, answers: &Answers) -> Result<Written, Failure> {
    match aim {
        FormAim::Organisation => write_organisation(world, answers),
        FormAim::AddProject => {
            let fields = project_fields(answers);
            let id = project::add(&mut world.session, &fields)?;
            Ok(Written::added(answers.text("form-name"), Some(FormAim::EditProject(id))))
        }
        FormAim::EditProject(id) => {
            let changed = project::edit(&mut world.session, &id.into(), &project_fields(answers))?;
            Ok(Written::edited(changed, answers.text("form-name"), aim))
        }
        FormAim::AddSite(_) => add_site(world, answers),
        FormAim::EditSite(id) => edit_site(world, answers, id),
        FormAim::AddLot(site) => add_lot(world, answers, site),
        FormAim::EditLot(id) => edit_lot(world, answers, id),
        FormAim::AddContractor => {
            let id = contractor::add(&mut world.session, &contractor_fields(answers))?;
            Ok(Written::added(answers.text("form-name"), Some(FormAim::EditContractor(id))))
        }
        FormAim::EditContractor(id) => {
            let changed = contractor::edit(&mut world.session, &id.into(), &contractor_fields(answers))?;
            Ok(Written::edited(changed, answers.text("form-name"), aim))
        }
        FormAim::AddContact => add_contact(world, answers),
        FormAim::EditContact(id) => {
            let changed = contact::edit(&mut world.session, &id.into(), &contact_fields(answers))?;
            Ok(Written::edited(changed, answers.text("form-name"), aim))
        }
    }
}

fn write_organisation(world: &mut World, answers: &Answers) -> Result<Written, Failure> {
    let name = answers.text("form-name");
    if world.has_organisation()? {
        let fields = OrganisationFields {
            name: answers.changed("form-name"),
            currency: answers.changed("form-currency").map(|it| it.to_uppercase()),
            zone: answers.changed("form-zone"),
        };
        let changed = organisation::edit(&mut world.session, &fields)?;
        return Ok(Written::edited(changed, name, FormAim::Organisation));
    }
    if !world.on_file {
        let path = world.desk.path.clone();
        world.move_to(&path)?;
    }
    let given = |key: &str| Some(answers.text(key)).filter(|it| !it.is_empty());
    let fields = OrganisationFields {
        name: Some(name.clone()),
        currency: given("form-currency").map(|it| it.to_uppercase()),
        zone: given("form-zone"),
    };
    organisation::add(&mut world.session, &fields)?;
    Ok(Written::added(name, None))
}

fn project_fields(answers: &Answers) -> ProjectFields {
    ProjectFields {
        name: answers.changed("form-name"),
        client: answers.changed("form-client"),
        client_address: answers.changed("form-client-address"),
        client_email: answers.changed("form-client-email"),
        client_phone: answers.changed("form-client-phone"),
        duration: answers.changed("form-usual-duration"),
    }
}

fn contractor_fields(answers: &Answers) -> ContractorFields {
    ContractorFields {
        name: answers.changed("form-name"),
        address: answers.changed("form-address"),
        email: answers.changed("form-email"),
        phone: answers.changed("form-phone"),
        archived: None,
    }
}

fn contact_fields(answers: &Answers) -> ContactFields {
    ContactFields {
        name: answers.changed("form-name"),
        post: answers.changed("form-post").and_then(|it| Post::from_word(&it)),
        email: answers.changed("form-email"),
        phone: answers.changed("form-phone"),
        archived: None,
    }
}

fn add_contact(world: &mut World, answers: &Answers) -> Result<Written, Failure> {
    let post = Post::from_word(&answers.text("form-post"));
    let project = answers.project();
    match (post.is_some_and(Post::of_project), project) {
        (true, None) => return Err(Problem::new("form-project-needed").into()),
        (false, Some(_)) => return Err(Problem::new("form-project-none").into()),
        _ => {}
    }
    let fields = ContactFields { post, ..contact_fields(answers) };
    let id = contact::add(&mut world.session, &fields, project.map(Into::into).as_ref())?;
    Ok(Written::added(answers.text("form-name"), Some(FormAim::EditContact(id))))
}

fn site_fields(world: &World, answers: &Answers) -> Result<SiteFields, Failure> {
    let currency = world.session.organisation()?.currency;
    // An emptied initial progress is none: what was begun before the follow-up is nothing.
    let initial = answers.emptied("form-initial").then_some(Percent::ZERO);
    Ok(SiteFields {
        project: answers.changed("form-project").and_then(|_| answers.project()),
        code: answers.changed("form-code"),
        name: answers.changed("form-name"),
        address: answers.changed("form-address"),
        start: answers.read("form-start", str::parse::<Start>)?,
        duration_months: answers.read("form-duration", check::months)?,
        initial: answers.read("form-initial", check::progress)?.or(initial),
        architect: answers.changed("form-architect"),
        manager: answers.changed("form-manager"),
        budget: answers.read("form-budget", |it| money::minor(it, &currency))?,
        cleared: Cleared {
            start: answers.emptied("form-start"),
            duration: answers.emptied("form-duration"),
            budget: answers.emptied("form-budget"),
        },
    })
}

fn add_site(world: &mut World, answers: &Answers) -> Result<Written, Failure> {
    let fields = site_fields(world, answers)?;
    let project = answers.project().ok_or_else(|| Problem::new("form-project-needed"))?;
    let named = answers.contractors().unwrap_or_default();
    let contractors = site::add(&mut world.session, &project.into(), &fields, &named)?;
    let code = answers.text("form-code");
    let sites = world.session.store.read().sites_coded(&code)?.into_iter();
    let added = sites.filter(|it| it.project == project && !it.archived).max_by_key(|it| it.id);
    Ok(Written { contractors, ..Written::added(code, added.map(|it| FormAim::EditSite(it.id))) })
}

fn edit_site(world: &mut World, answers: &Answers, id: Id<Site>) -> Result<Written, Failure> {
    let fields = site_fields(world, answers)?;
    let from = answers.read("form-from", str::parse::<Month>)?;
    if from.is_some() && fields.duration_months.is_none() {
        return Err(Problem::new("form-from-alone").into());
    }
    let changed = site::edit(&mut world.session, &id.into(), &fields, from)?;
    let site = names::wanted_site(world.session.store.read(), &id.into())?;
    Ok(Written::edited(changed, code_or_name(&site), FormAim::EditSite(id)))
}

fn lot_fields(answers: &Answers) -> Result<LotFields, Failure> {
    Ok(LotFields {
        name: answers.changed("form-name"),
        weight: answers.read("form-weight", check::weight)?,
        contractors: answers.contractors(),
        unweighted: answers.emptied("form-weight"),
        ..LotFields::default()
    })
}

fn add_lot(world: &mut World, answers: &Answers, site: Id<Site>) -> Result<Written, Failure> {
    let contractors = lot::add(&mut world.session, &site.into(), &lot_fields(answers)?)?;
    Ok(Written { contractors, ..Written::added(answers.text("form-name"), None) })
}

fn edit_lot(world: &mut World, answers: &Answers, id: Id<Lot>) -> Result<Written, Failure> {
    let (changed, contractors) = lot::edit_or_add(&mut world.session, &id.into(), &lot_fields(answers)?)?;
    let written = Written::edited(changed, answers.text("form-name"), FormAim::EditLot(id));
    Ok(Written { contractors, ..written })
}
