//! What the import needs from outside: folders, the fenced reading, the plan, the op that brings it in.

pub(super) mod folder;
mod preview;

use std::path::PathBuf;

use crate::actions::failure::Failure;
use crate::actions::import::{self, Options, Plan};
use crate::import::{Hints, read_fenced};
use crate::ui::app::App;
use crate::ui::command::{Place, Workbook};
use crate::ui::screens::AnyScreen;
use crate::ui::screens::import::Import;
use crate::ui::world::World;

/// Opens the screen; the present folder is shown to choose from.
pub fn open(world: &mut World) -> Result<AnyScreen, Failure> {
    Ok(AnyScreen::Import(Box::new(Import::new(folder::list("", "", folder::WORKBOOKS), projects(world)?))))
}

/// Reads it again after something was written.
pub fn refresh(screen: &mut Import, world: &World) -> Result<(), Failure> {
    screen.know(projects(world)?);
    Ok(())
}

fn projects(world: &World) -> Result<Vec<String>, Failure> {
    let projects = world.session.store.read().projects()?;
    Ok(projects.into_iter().filter(|it| !it.archived).map(|it| it.name).collect())
}

/// Lists what can complete a path.
pub fn complete(app: &mut App, world: &World, typed: &str) {
    let typed = folder::expanded(typed, world.desk.home.as_deref());
    match app.screen_mut() {
        AnyScreen::Import(screen) => {
            let (text, choices) = folder::complete(&typed, folder::WORKBOOKS);
            screen.completed(&text, choices);
        }
        AnyScreen::Exchange(screen) => {
            let (text, choices) = folder::complete(&typed, folder::BUNDLES);
            screen.completed(&text, choices);
        }
        _ => {}
    }
}

/// Larger files take a moment: the screen says so before they are read.
const AT_ONCE_BYTES_MAX: u64 = 1024 * 1024;

/// Reads a workbook and shows what it would bring; a large one is announced first.
pub fn read(app: &mut App, world: &mut World, workbook: &Workbook) {
    world.plan = None;
    let large = std::fs::metadata(place(world, workbook)).is_ok_and(|it| it.len() > AT_ONCE_BYTES_MAX);
    if let AnyScreen::Import(screen) = app.screen_mut()
        && large
        && !screen.announce(workbook)
    {
        return;
    }
    let planned = planned(world, workbook);
    let AnyScreen::Import(screen) = app.screen_mut() else { return };
    match planned {
        Ok(plan) => {
            screen.show(workbook.clone(), preview::of(&plan));
            world.plan = Some(Box::new(plan));
        }
        Err(failure) => screen.refuse(failure.problem()),
    }
}

/// Reads the large workbook that was announced.
pub fn read_announced(app: &mut App, world: &mut World) {
    let AnyScreen::Import(screen) = app.screen() else { return };
    if let Some(workbook) = screen.waiting().cloned() {
        read(app, world, &workbook);
    }
}

/// Returns where a workbook lies; only text that was typed can begin with `~`.
fn place(world: &World, workbook: &Workbook) -> PathBuf {
    match workbook.path.to_str() {
        Some(path) => PathBuf::from(folder::expanded(path, world.desk.home.as_deref())),
        None => workbook.path.clone(),
    }
}

fn planned(world: &World, workbook: &Workbook) -> Result<Plan, Failure> {
    let hints = Hints {
        unit: workbook.unit,
        year: workbook.year,
        project: workbook.project.clone(),
        month_max: world.session.this_month(),
    };
    let reading = read_fenced(&place(world, workbook), &hints, &world.desk.program)?;
    let options = Options {
        duration_months: workbook.duration_months,
        organisation: world.texts.text("organisation-unnamed"),
    };
    import::plan(&world.session, reading, options)
}

/// Brings in the workbook that was read, and goes to the dashboard.
pub fn accept(app: &mut App, world: &mut World) -> Result<(), Failure> {
    let Some(mut plan) = world.plan.take() else { return Ok(()) };
    let brought = bring_in(world, &mut plan);
    if let Err(failure) = brought {
        world.plan = Some(plan);
        return Err(failure);
    }
    super::switch(app, world, &Place::Dashboard)?;
    let (values, file) = (plan.values.len(), &plan.reading.file_name);
    let text = world.texts.fill("import-brought", &[("values", &values), ("file", file)]);
    super::say(app, text);
    Ok(())
}

/// The database is made only now that something is to go into it.
fn bring_in(world: &mut World, plan: &mut Plan) -> Result<(), Failure> {
    if !world.on_file && !world.has_organisation()? {
        let path = world.desk.path.clone();
        world.move_to(&path)?;
        *plan = import::plan(&world.session, plan.reading.clone(), plan.options.clone())?;
    }
    import::bring_in(&mut world.session, plan, |_| {})?;
    Ok(())
}
