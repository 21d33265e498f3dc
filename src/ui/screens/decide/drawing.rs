//! Draws the dialog of decisions.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

use super::{Decide, FROM, KINDS, MONTHS, PLAN, REASON, TO, months_granted};
use crate::model::decision::DecisionKind;
use crate::model::month::Month;
use crate::model::notice::DeliveryState;
use crate::rules::{CycleKind, LotState, MonthReport, Outcome, Recovery};
use crate::texts::{Tone, outcome_tone, site_and_lot};
use crate::ui::screen::Cx;
use crate::ui::widgets::cells::{self, Align, Column, Wish};

/// Width that it asks for.
const WIDTH: u16 = 78;
/// Most months of the cycle in sight.
const MONTHS_MAX: usize = 8;
/// Rows of facts that are always there: the lot, where it stands, the warning, what the rules propose.
const FACT_ROWS: u16 = 4;
/// Rows for what is asked, below the fields and a blank.
const ASKED_ROWS: u16 = 2;
/// Where fields begin.
const LABEL_WIDTH: u16 = 13;

impl Decide {
    /// Returns the size that the dialog floats in.
    pub(super) fn size(&self, area: Size) -> Size {
        let months = u16::try_from(self.grounds.months.len().min(MONTHS_MAX)).unwrap_or(0);
        // The facts, a blank, the fields, and the frame around all: no decision makes it jump.
        let fields = KINDS.iter().map(|(kind, _)| Self::field_rows(*kind)).max().unwrap_or(0);
        let height = FACT_ROWS + u16::from(self.grounds.groundless.is_some()) + months + 1 + fields + 2;
        Size { width: area.width.min(WIDTH), height: area.height.min(height) }
    }

    /// Rows of a decision: its title, its fields, a blank, what is asked.
    fn field_rows(kind: DecisionKind) -> u16 {
        let rows: u16 = Self::fields_of(kind).iter().map(|it| height_of(*it)).sum();
        1 + rows + 1 + ASKED_ROWS
    }

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
            Some(kind) => Self::field_rows(kind),
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
        let mut facts =
            vec![(name, Tone::Strong), (self.stand(cx), Tone::Plain), (self.warned(cx), Tone::Plain)];
        facts.push(self.proposed(cx));
        if let Some(month) = grounds.groundless {
            let text = cx.texts.fill("decide-groundless", &[("month", &cx.texts.month(month))]);
            facts.push((text, Tone::Problem));
        }
        let mut at = 0;
        for (text, tone) in &facts {
            cells::line(buffer, cells::row(area, at), text, cx.theme.tone(*tone));
            at += 1;
        }
        let room = area.height.saturating_sub(at + 1);
        let months = grounds.months.len().min(usize::from(room)).min(MONTHS_MAX);
        for report in &grounds.months[grounds.months.len() - months..] {
            draw_month(buffer, cells::row(area, at), report, cx);
            at += 1;
        }
        at.min(area.height)
    }

    /// Says whether the contractor was warned: by which letter, and what became of it.
    fn warned(&self, cx: &Cx<'_>) -> String {
        let grounds = &self.grounds;
        let Some((notice, deliveries)) = grounds.warning_letter() else {
            return cx.texts.text(match (grounds.notified, grounds.warned) {
                (Some(_), _) => "decide-unnotified",
                (None, true) => "decide-warned",
                (None, false) => "decide-unwarned",
            });
        };
        let count = |state: DeliveryState| deliveries.iter().filter(|it| it.state == state).count();
        let (sent, written) = (count(DeliveryState::Sent), count(DeliveryState::Written));
        let all = deliveries.len() - count(DeliveryState::Cancelled);
        let day = notice.day.parse().map_or_else(|_| notice.day.clone(), |it| cx.texts.date(it));
        let places: [(&str, &dyn std::fmt::Display); 5] = [
            ("reference", &notice.reference),
            ("day", &day),
            ("sent", &sent),
            ("written", &written),
            ("all", &all),
        ];
        let key = match (notice.reference.is_empty(), sent + written) {
            (true, _) => "decide-letter-draft",
            (false, 0) => "decide-letter-waits",
            (false, _) => "decide-letter-gone",
        };
        cx.texts.fill(key, &places)
    }

    /// Says what the rules propose, or did.
    fn proposed(&self, cx: &Cx<'_>) -> (String, Tone) {
        let grounds = &self.grounds;
        if let Some(month) = grounds.by_policy {
            return (cx.texts.fill("decide-by-policy", &[("month", &cx.texts.month(month))]), Tone::Critical);
        }
        // What is pronounced is no proposal any more.
        match grounds.proposed.filter(|_| grounds.state != LotState::Demobilised) {
            Some(month) => {
                (cx.texts.fill("decide-proposed", &[("month", &cx.texts.month(month))]), Tone::Critical)
            }
            None => (cx.texts.text("decide-unproposed"), Tone::Plain),
        }
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
        let mut at = 1;
        for field in Self::fields_of(kind) {
            let height = height_of(*field);
            let row = cells::row(area, at);
            cells::line(
                frame.buffer_mut(),
                row,
                &cx.texts.text(label_of(*field)),
                cx.theme.tone(Tone::Quiet),
            );
            let left = LABEL_WIDTH.min(area.width);
            let wide = area.width - left;
            let width = if height > 1 { wide } else { wide.min(9) };
            let room = Rect { x: area.x + left, width, ..cells::below(area, at) };
            let room = Rect { height: room.height.min(height), ..room };
            self.fields[*field].draw(frame, room, self.focused() == *field);
            let hint =
                Column { x: left + width + 2, width: wide.saturating_sub(width + 2), align: Align::Left };
            let text = self.hint(*field, cx);
            cells::put(frame.buffer_mut(), row, hint, &text, cx.theme.tone(Tone::Quiet));
            at += height;
        }
        let asked = cells::below(area, (at + 1).min(area.height.saturating_sub(ASKED_ROWS)));
        if let Some((text, tone)) = self.asked(kind, cx) {
            cells::paragraph(frame.buffer_mut(), asked, &text, cx.theme.tone(tone));
        }
    }

    /// Says beside a field what it means: that it may stay empty, or the rate that the months make.
    fn hint(&self, field: usize, cx: &Cx<'_>) -> String {
        let text = self.fields[field].text();
        match field {
            TO if text.is_empty() => cx.texts.text("decide-open-end"),
            MONTHS => {
                let months = months_granted(&text).ok().flatten();
                let known = self.grounds.known;
                let plan = months.map(|months| Recovery {
                    from: Month::of(cx.today),
                    months,
                    known,
                    used_months: 0,
                });
                match plan.and_then(|it| it.rate()).filter(|it| it.num() > 0) {
                    Some(rate) => {
                        cx.texts.fill("decide-months-rate", &[("rate", &cx.texts.rate(Some(rate)))])
                    }
                    None => cx.texts.text("decide-months-contract"),
                }
            }
            _ => String::new(),
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
            return self
                .grounds
                .objection(kind)
                .map(|it| (cx.texts.problem_here(it.problem()), Tone::Problem));
        }
        let named = |field: usize| self.month(field).ok().flatten().map(|it| cx.texts.month(it));
        let from = named(FROM).unwrap_or_else(|| cx.texts.month(Month::of(cx.today)));
        let until = named(TO).filter(|_| kind == DecisionKind::Suspend);
        let months = months_granted(&self.fields[MONTHS].text()).ok().flatten();
        let months = months.filter(|_| kind == DecisionKind::Remobilise);
        let end = match (&until, months) {
            (Some(_), _) => "-until",
            (None, Some(_)) => "-months",
            (None, None) => "",
        };
        let key = format!("decide-confirm-{}{end}", kind.word());
        let (until, months) = (until.unwrap_or_default(), months.unwrap_or(0));
        let places: [(&str, &dyn std::fmt::Display); 4] =
            [("place", &self.place), ("month", &from), ("until", &until), ("months", &months)];
        let text = cx.texts.fill(&key, &places);
        Some((text, Tone::Problem))
    }
}

/// Rows of a field.
const fn height_of(field: usize) -> u16 {
    if matches!(field, REASON | PLAN) { 2 } else { 1 }
}

const fn label_of(field: usize) -> &'static str {
    match field {
        REASON => "decide-reason",
        FROM => "decide-from",
        TO => "decide-to",
        MONTHS => "decide-months",
        PLAN => "decide-plan",
        _ => "",
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
    if !matches!(report.outcome, Outcome::Aucun | Outcome::HorsSuivi) {
        let tone = cx.theme.tone(outcome_tone(report.outcome));
        let whole = cx.texts.outcome_word(report.outcome);
        let fits = whole.chars().count() <= usize::from(outcome.width);
        let word = if fits { whole } else { cx.texts.outcome_short(report.outcome) };
        cells::put(buffer, row, outcome, &word, tone);
    }
}
