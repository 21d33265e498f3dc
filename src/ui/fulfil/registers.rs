//! Reads what the registers show.

use std::collections::HashMap;

use crate::actions::failure::Failure;
use crate::actions::terms::Terms;
use crate::model::id::Id;
use crate::model::organisation::{Contact, Contractor, Party, Project};
use crate::model::site::Site;
use crate::model::text::fold;
use crate::ui::command::{Archived, FormAim};
use crate::ui::screens::AnyScreen;
use crate::ui::screens::registers::{Cell, Registers, Row};
use crate::ui::world::World;

/// Opens the screen.
pub fn open(world: &World) -> Result<AnyScreen, Failure> {
    Ok(AnyScreen::Registers(Box::new(Registers::new(rows(world)?))))
}

/// Reads it again after something was written.
pub fn refresh(screen: &mut Registers, world: &World) -> Result<(), Failure> {
    screen.show(rows(world)?);
    Ok(())
}

fn rows(world: &World) -> Result<[Vec<Row>; 4], Failure> {
    let read = world.session.store.read();
    let projects: Vec<Project> = read.projects()?.into_iter().filter(|it| !it.archived).collect();
    let sites: Vec<Site> = read.sites()?.into_iter().filter(|it| !it.archived).collect();
    let sites_shown = site_rows(world, &projects, &sites)?;
    let projects_shown = projects.iter().map(|it| project(world, it, &sites)).collect();
    let counts = counts(world);
    let contractors = read.contractors()?.into_iter().filter(|it| !it.archived);
    let contractors = contractors.map(|it| contractor(&it, &counts)).collect();
    let contacts = read.contacts()?.into_iter().filter(|it| !it.archived);
    let contacts = contacts.map(|it| contact(&it, &projects)).collect();
    Ok([projects_shown, sites_shown, contractors, contacts])
}

fn name_of(projects: &[Project], id: Id<Project>) -> &str {
    projects.iter().find(|it| it.id == id).map_or("", |it| &it.name)
}

fn email(party: &Party) -> Cell {
    if party.email.is_empty() { Cell::Missing("register-missing") } else { Cell::Text(party.email.clone()) }
}

fn project(world: &World, it: &Project, sites: &[Site]) -> Row {
    let row = world.portfolio.projects.iter().find(|row| row.project.id == it.id);
    let (entered, expected) = row.map_or((0, 0), |it| (it.entered, it.expected));
    let cells = vec![
        Cell::Text(it.name.clone()),
        Cell::Text(it.client.name.clone()),
        email(&it.client),
        Cell::Count(sites.iter().filter(|site| site.project == it.id).count()),
        Cell::Share(entered, expected),
    ];
    Row {
        aim: FormAim::EditProject(it.id),
        what: Archived::Project(it.id),
        project: Some(it.id),
        cells,
        folded: fold(&format!("{} {} {}", it.name, it.client.name, it.client.email)),
    }
}

fn site_rows(world: &World, projects: &[Project], sites: &[Site]) -> Result<Vec<Row>, Failure> {
    let terms = Terms::load(world.session.store.read())?;
    let mut lots: HashMap<Id<Site>, usize> = HashMap::new();
    for row in &world.portfolio.rows {
        *lots.entry(row.site).or_default() += 1;
    }
    let mut rows: Vec<(String, Row)> = Vec::with_capacity(sites.len());
    for it in sites {
        let project = name_of(projects, it.project);
        let duration = terms.durations(it).last().map(|(_, months)| *months).filter(|it| *it > 0);
        let cells = vec![
            Cell::Text(it.code.clone()),
            Cell::Text(it.name.clone()),
            Cell::Text(project.to_owned()),
            it.start.map_or(Cell::Missing("register-missing"), |it| Cell::Text(it.to_string())),
            duration.map_or(Cell::Missing("to-complete"), |it| Cell::Count(usize::from(it))),
            Cell::Count(lots.get(&it.id).copied().unwrap_or(0)),
        ];
        let folded = fold(&format!("{} {} {project}", it.code, it.name));
        let (aim, what) = (FormAim::EditSite(it.id), Archived::Site(it.id));
        rows.push((project.to_owned(), Row { aim, what, project: Some(it.project), cells, folded }));
    }
    // The store sorts by the project's identifier; people look for its name.
    rows.sort_by(|(a, _), (b, _)| a.cmp(b));
    Ok(rows.into_iter().map(|(_, row)| row).collect())
}

/// Counts the lots of each contractor, and those on which an alert stands.
fn counts(world: &World) -> HashMap<Id<Contractor>, (usize, usize)> {
    let mut counts: HashMap<Id<Contractor>, (usize, usize)> = HashMap::new();
    for row in &world.portfolio.rows {
        for contractor in &row.contractors {
            let (lots, alerts) = counts.entry(*contractor).or_default();
            *lots += 1;
            *alerts += usize::from(row.looked.found.is_some());
        }
    }
    counts
}

fn contractor(it: &Contractor, counts: &HashMap<Id<Contractor>, (usize, usize)>) -> Row {
    let (lots, alerts) = counts.get(&it.id).copied().unwrap_or_default();
    let cells = vec![
        Cell::Text(it.party.name.clone()),
        email(&it.party),
        Cell::Text(it.party.phone.clone()),
        Cell::Count(lots),
        Cell::Count(alerts),
    ];
    Row {
        aim: FormAim::EditContractor(it.id),
        what: Archived::Contractor(it.id),
        project: None,
        cells,
        folded: fold(&format!("{} {} {}", it.party.name, it.party.email, it.party.phone)),
    }
}

fn contact(it: &Contact, projects: &[Project]) -> Row {
    let project = it.project.map(|id| name_of(projects, id));
    let cells = vec![
        Cell::Text(it.party.name.clone()),
        Cell::Key(format!("post-{}", it.post.word())),
        project.map_or(Cell::Key("form-of-organisation".to_owned()), |it| Cell::Text(it.to_owned())),
        email(&it.party),
        Cell::Text(it.party.phone.clone()),
    ];
    let post = it.post.word();
    Row {
        aim: FormAim::EditContact(it.id),
        what: Archived::Contact(it.id),
        project: it.project,
        cells,
        folded: fold(&format!("{} {post} {} {}", it.party.name, project.unwrap_or_default(), it.party.email)),
    }
}
