//! Draws the dialog of decisions.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

use super::{Decide, FROM, KINDS, REASON, TO};
use crate::model::decision::DecisionKind;
use crate::model::month::Month;
use crate::rules::{CycleKind, LotState, MonthReport, Outcome};
use crate::texts::{Tone, outcome_tone, site_and_lot};
use crate::ui::screen::Cx;
use crate::ui::widgets::cells::{self, Align, Column, Wish};

/// Width that it asks for.
const WIDTH: u16 = 78;
/// Most months of the cycle in sight.
const MONTHS_MAX: usize = 8;
/// Rows of the fields: the decision, two of reason, two months, a blank, two for what is asked.
const FIELD_ROWS: u16 = 8;
/// Rows of facts that are no months.
const FACT_ROWS: u16 = 4;
/// Where fields begin.
const LABEL_WIDTH: u16 = 13;

/// Returns the size that the dialog floats in, with so many months of the cycle.
pub fn size(area: Size, months: usize) -> Size {
    let months = u16::try_from(months.min(MONTHS_MAX)).unwrap_or(0);
    // The facts, a blank, the fields, and the frame around all.
    let height = FACT_ROWS + months + 1 + FIELD_ROWS + 2;
    Size { width: area.width.min(WIDTH), height: area.height.min(height) }
}

impl Decide {
    // CSI-02 CSI de Ngoulémé · Mbondé SARL
    // actif · cycle glissant ouvert en janvier 2026
    //   janvier 2026    12,50 %   R  24,00   C critique        alerte critique
    //   février 2026    13,00 %   R  10,00   C critique        pré-démobilisation
    // Une pré-démobilisation a été constatée.
    // Les règles proposent la démobilisation depuis mars 2026.
    //
    // ► d  démobiliser
    //   r  remobiliser     seulement un lot démobilisé
    pub(super) fn draw_dialog(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>) {
        let wanted = match self.chosen {
            Some(_) => FIELD_ROWS,
            None => u16::try_from(KINDS.len()).unwrap_or(5),
        };
        let room = area.height.saturating_sub(wanted);
        let used = self.draw_facts(frame.buffer_mut(), Rect { height: room, ..area }, cx);
        let blank = u16::from(used < room);
        let rest = cells::below(area, used + blank);
        match self.chosen {
            Some(kind) => self.draw_fields(frame, rest, kind, cx),
            None => self.draw_kinds(frame, rest, cx),
        }
    }

    /// Draws as many facts as there is room for. Returns how many rows they took.
    fn draw_facts(&self, buffer: &mut Buffer, area: Rect, cx: &Cx<'_>) -> u16 {
        let grounds = &self.grounds;
        let name = site_and_lot(&grounds.site.code, &grounds.site.name, &grounds.lot.name);
        let firms = grounds.contractors.join(" / ");
        let name = if firms.is_empty() { name } else { format!("{name} · {firms}") };
        let warned = cx.texts.text(match (grounds.notified, grounds.warned) {
            (Some(true), _) => "decide-notified",
            (Some(false), _) => "decide-unnotified",
            (None, true) => "decide-warned",
            (None, false) => "decide-unwarned",
        });
        // What is pronounced is no proposal any more.
        let proposed = grounds.proposed.filter(|_| grounds.state != LotState::Demobilised);
        let (proposed, tone) = match proposed {
            Some(month) => {
                (cx.texts.fill("decide-proposed", &[("month", &cx.texts.month(month))]), Tone::Critical)
            }
            None => (cx.texts.text("decide-unproposed"), Tone::Plain),
        };
        let room = area.height.saturating_sub(FACT_ROWS + 1);
        let months = grounds.months.len().min(usize::from(room)).min(MONTHS_MAX);
        let mut at = 0;
        let mut put = |text: &str, tone: Tone| {
            cells::line(buffer, cells::row(area, at), text, cx.theme.tone(tone));
            at += 1;
        };
        put(&name, Tone::Strong);
        put(&self.stand(cx), Tone::Plain);
        put(&warned, Tone::Plain);
        put(&proposed, tone);
        for report in &grounds.months[grounds.months.len() - months..] {
            draw_month(buffer, cells::row(area, at), report, cx);
            at += 1;
        }
        at.min(area.height)
    }

    /// Says where the lot stands and in which cycle.
    fn stand(&self, cx: &Cx<'_>) -> String {
        let state = cx.texts.state_word(self.grounds.state);
        let last = self.grounds.months.last();
        match last.map(|it| it.cycle.kind).zip(self.grounds.since) {
            Some((kind, since)) if kind != CycleKind::Aucun => {
                let (cycle, month) = (cx.texts.cycle_phrase(kind), cx.texts.month(since));
                cx.texts.fill("decide-cycle", &[("state", &state), ("cycle", &cycle), ("month", &month)])
            }
            _ => cx.texts.fill("decide-no-cycle", &[("state", &state)]),
        }
    }

    fn draw_kinds(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>) {
        let columns = cells::share(
            &[
                Wish::fixed(1, Align::Left),
                Wish::fixed(1, Align::Left),
                Wish::fixed(16, Align::Left),
                Wish::text(20, 60),
            ],
            area.width,
            1,
        );
        for (at, (kind, key)) in KINDS.iter().enumerate() {
            let row = cells::row(area, u16::try_from(at).unwrap_or(0));
            let blocked = self.blocked(*kind);
            let tone = cx.theme.tone(if blocked.is_some() { Tone::Quiet } else { Tone::Plain });
            let buffer = frame.buffer_mut();
            cells::put(
                buffer,
                row,
                columns[1],
                key,
                if blocked.is_some() { tone } else { cx.theme.accent() },
            );
            let verb = cx.texts.text(&format!("key-decide-{}", kind.word()));
            cells::put(buffer, row, columns[2], &verb, tone);
            if let Some(reason) = blocked {
                cells::put(buffer, row, columns[3], &cx.texts.text(reason), tone);
            }
            if at == self.selected && row.height > 0 {
                cells::mark(frame, (row.x, row.y));
            }
        }
    }

    fn draw_fields(&self, frame: &mut Frame<'_>, area: Rect, kind: DecisionKind, cx: &Cx<'_>) {
        let title = cx.texts.text(&format!("decide-title-{}", kind.word()));
        cells::line(frame.buffer_mut(), area, &title, cx.theme.tone(Tone::Strong));
        let fields = [(REASON, "decide-reason", 1, 2), (FROM, "decide-from", 3, 1), (TO, "decide-to", 4, 1)];
        for (field, key, at, height) in fields.into_iter().take(Self::fields_of(kind)) {
            let row = cells::row(area, at);
            cells::line(frame.buffer_mut(), row, &cx.texts.text(key), cx.theme.tone(Tone::Quiet));
            let left = LABEL_WIDTH.min(area.width);
            let wide = area.width - left;
            let width = if field == REASON { wide } else { wide.min(9) };
            let room = Rect { x: area.x + left, width, ..cells::below(area, at) };
            let room = Rect { height: room.height.min(height), ..room };
            self.fields[field].draw(frame, room, self.focus == field);
            let hint =
                Column { x: left + width + 2, width: wide.saturating_sub(width + 2), align: Align::Left };
            if field == TO && self.fields[TO].is_empty() {
                let text = cx.texts.text("decide-open-end");
                cells::put(frame.buffer_mut(), row, hint, &text, cx.theme.tone(Tone::Quiet));
            }
        }
        let asked = cells::below(area, 6.min(area.height.saturating_sub(2)));
        if let Some((text, tone)) = self.asked(kind, cx) {
            cells::paragraph(frame.buffer_mut(), asked, &text, cx.theme.tone(tone));
        }
    }

    /// Says what is wrong, what the next Enter does, or what the next Esc gives up.
    fn asked(&self, kind: DecisionKind, cx: &Cx<'_>) -> Option<(String, Tone)> {
        if self.leaving {
            return Some((cx.texts.text("decide-leave"), Tone::Problem));
        }
        if let Some((_, problem)) = &self.problem {
            return Some((cx.texts.problem(problem), Tone::Critical));
        }
        if !self.armed {
            return None;
        }
        let named = |field: usize| self.month(field).ok().flatten().map(|it| cx.texts.month(it));
        let from = named(FROM).unwrap_or_else(|| cx.texts.month(Month::of(cx.today)));
        let until = named(TO).filter(|_| kind == DecisionKind::Suspend);
        let end = if until.is_some() { "-until" } else { "" };
        let key = format!("decide-confirm-{}{end}", kind.word());
        let until = until.unwrap_or_default();
        let text = cx.texts.fill(&key, &[("place", &self.place), ("month", &from), ("until", &until)]);
        Some((text, Tone::Problem))
    }
}

/// Draws a month of the cycle.
fn draw_month(buffer: &mut Buffer, row: Rect, report: &MonthReport, cx: &Cx<'_>) {
    let wishes = [
        Wish { least: 13, most: 14, align: Align::Left, yields: 0 },
        Wish::fixed(8, Align::Right),
        Wish::fixed(9, Align::Right),
        Wish::fixed(1, Align::Left),
        Wish { least: 13, most: 13, align: Align::Left, yields: 1 },
        Wish::text(12, 24).yielding(2),
    ];
    let [month, cumulative, rate, letter, word, outcome] =
        cells::share(&wishes, row.width.saturating_sub(2), 2).map(|it| Column { x: it.x + 2, ..it });
    let (plain, status) = (cx.theme.tone(Tone::Plain), cx.theme.status(report.status));
    cells::put(buffer, row, month, &cx.texts.month(report.month), plain);
    cells::put(buffer, row, cumulative, &format!("{} %", cx.texts.progress(report)), plain);
    cells::put(buffer, row, rate, &format!("R {}", cx.texts.rate(report.target)), status);
    cells::put(buffer, row, letter, &cx.texts.status_letter(report.status), status);
    cells::put(buffer, row, word, &cx.texts.status_word(report.status), status);
    if report.outcome != Outcome::Aucun {
        let tone = cx.theme.tone(outcome_tone(report.outcome));
        cells::put(buffer, row, outcome, &cx.texts.outcome_word(report.outcome), tone);
    }
}
