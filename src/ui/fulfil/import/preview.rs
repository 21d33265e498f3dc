//! Turns a plan into the rows that the import shows.

use crate::actions::import::{Plan, PlannedValue, ValueKind};
use crate::import::{Remark, RemarkKind};
use crate::model::percent::Percent;
use crate::model::problem::Problem;
use crate::texts::Tone;
use crate::ui::screens::import::preview::{Answer, Asked, Group, Preview, Rows, Spot, ValueRow};

/// Returns what a plan would bring, in the order in which a person should look at it.
pub fn of(plan: &Plan) -> Preview {
    let said = |kind, title, tone| Group { title, tone, rows: Rows::Said(remarks(plan, kind)) };
    let doubts = plan.doubts.iter().map(|it| (None, it.clone())).collect();
    let groups = vec![
        said(RemarkKind::RejectRow, "import-rejected-rows", Tone::Problem),
        said(RemarkKind::RejectValue, "import-rejected-values", Tone::Problem),
        said(RemarkKind::Warn, "import-warnings", Tone::Strong),
        Group { title: "import-doubts", tone: Tone::Strong, rows: Rows::Said(doubts) },
        Group { title: "import-changed", tone: Tone::Strong, rows: values(plan, ValueKind::Changed) },
        Group { title: "import-new", tone: Tone::Strong, rows: values(plan, ValueKind::New) },
        said(RemarkKind::Note, "import-notes", Tone::Strong),
    ];
    let (new, changed) = (plan.count(ValueKind::New), plan.count(ValueKind::Changed));
    Preview::new(
        [new, changed, plan.identical, plan.rejected()],
        [plan.new_sites(), plan.changed_sites(), plan.new_projects(), plan.new_contractors()],
        questions(plan),
        groups,
        plan.changes_nothing(),
    )
}

fn questions(plan: &Plan) -> Vec<Asked> {
    let asked = plan.reading.questions.iter().map(|it| {
        let answer = match it.problem.key.as_str() {
            "import-ask-unit" => Answer::Unit,
            "import-ask-year" => Answer::Year,
            "import-ask-project" => Answer::Project,
            _ => Answer::File,
        };
        Asked { answer, problem: named(plan, it.problem.clone()) }
    });
    asked.collect()
}

/// A text table has one sheet without name: it is named by its file.
fn named(plan: &Plan, mut problem: Problem) -> Problem {
    let nameless = |it: &&mut (String, String)| it.0 == "sheet" && it.1.is_empty();
    if let Some((_, sheet)) = problem.arguments.iter_mut().find(nameless) {
        sheet.clone_from(&plan.reading.file_name);
    }
    problem
}

fn remarks(plan: &Plan, kind: RemarkKind) -> Vec<(Option<Spot>, Problem)> {
    let of_kind = plan.reading.remarks.iter().filter(|it| it.kind == kind);
    of_kind.map(|it| (spot(plan, it), it.problem.clone())).collect()
}

fn spot(plan: &Plan, remark: &Remark) -> Option<Spot> {
    let row = Some(remark.row).filter(|it| *it > 0).map(Spot::Row);
    let Some(cell) = remark.cell else { return row };
    let address = plan.cell_address(cell);
    // The whole row of a text table has no address but its number.
    Some(if address == cell.row.to_string() { Spot::Row(cell.row) } else { Spot::Cell(address) })
}

fn values(plan: &Plan, kind: ValueKind) -> Rows {
    let of_kind = plan.values.iter().filter(|it| it.kind == kind);
    Rows::Values(of_kind.filter_map(|it| value(plan, it)).collect())
}

fn value(plan: &Plan, value: &PlannedValue) -> Option<ValueRow> {
    let subject = plan.subject(value)?;
    let figure = subject.entry.cumulative.filter(|_| value.writes_figure);
    Some(ValueRow {
        month: subject.entry.month,
        old: value.old.map(Percent::hundredths),
        new: figure.map(Percent::hundredths),
        observation: if value.writes_observation { subject.entry.observation.clone() } else { String::new() },
        address: subject.address,
        place: subject.place,
    })
}
