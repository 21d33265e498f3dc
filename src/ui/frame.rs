//! What surrounds every screen: the breadcrumb above, the notice and the keys below, the frame of what floats.

use ratatui::Frame;
use ratatui::layout::{Rect, Size};
use ratatui::text::{Line, Span};
use ratatui::widgets::Clear;
use unicode_width::UnicodeWidthStr;

use super::app::{App, GLOBAL, GO, Global, SMALLEST};
use super::command::Task;
use super::keymap;
use super::screen::{Cx, HelpLine};
use super::theme;
use crate::texts::fit;
use crate::texts::{Texts, Tone};

/// Returns the part of the window in which screens draw.
pub fn body(size: Size) -> Rect {
    Rect { x: 0, y: 1, width: size.width, height: size.height.saturating_sub(3) }
}

/// Draws the first line: where one is, and what the screen says of itself at the right.
pub fn header(frame: &mut Frame<'_>, crumbs: &[String], aside: &str, cx: &Cx<'_>) {
    let area = frame.area();
    let width = usize::from(area.width).saturating_sub(2);
    let aside = with_exchange(aside, width, cx);
    let trail = trail(crumbs, width.saturating_sub(aside.width() + 2));
    let at = |x: usize, width: usize| Rect {
        x: area.x + u16::try_from(x).unwrap_or(0),
        width: u16::try_from(width).unwrap_or(0),
        height: 1,
        ..area
    };
    let strong = cx.theme.tone(Tone::Strong);
    frame.render_widget(Span::styled(trail.clone(), strong), at(1, trail.width()));
    let right = (width + 1).saturating_sub(aside.width());
    frame.render_widget(Span::styled(aside.clone(), cx.theme.tone(Tone::Quiet)), at(right, aside.width()));
}

/// Puts how the exchange stands before what the screen says of itself, where there is room for both: what comes and goes
/// stands at the left, so that the rest stays in its place.
fn with_exchange(aside: &str, width: usize, cx: &Cx<'_>) -> String {
    let brief = exchange(cx);
    let both = if aside.is_empty() { brief.clone() } else { format!("{brief} · {aside}") };
    let fits = both.width() <= width * 3 / 5;
    if brief.is_empty() || !fits { fit::shortened(aside, width / 2) } else { both }
}

/// Says how the exchange stands: what runs, else what competes and what no other machine has yet; nothing where there is
/// no place to exchange with.
pub fn exchange(cx: &Cx<'_>) -> String {
    if let Some((task, progress)) = &cx.exchange.running {
        if matches!(task, Task::Send(_)) {
            return cx.texts.text("notices-running");
        }
        return cx.texts.exchange_progress(*progress);
    }
    let Some(unshared) = cx.exchange.unshared else { return String::new() };
    let contested = cx.portfolio.contested.count();
    let mut parts = Vec::new();
    if contested > 0 {
        parts.push(cx.texts.fill("exchange-brief-contested", &[("count", &contested)]));
    }
    if unshared > 0 {
        parts.push(cx.texts.fill("exchange-brief-unshared", &[("count", &unshared)]));
    }
    if parts.is_empty() { cx.texts.text("exchange-brief-done") } else { parts.join(" · ") }
}

/// Joins the breadcrumb; where there is no room, the way back gives way and where one is stays.
fn trail(crumbs: &[String], width: usize) -> String {
    let from = |first: usize| {
        let shown = crumbs[first..].join(theme::CRUMB);
        if first == 0 { shown } else { format!("…{}{shown}", theme::CRUMB) }
    };
    let last = crumbs.len().saturating_sub(1);
    let fitting = (0..last).map(from).find(|it| it.width() <= width);
    fit::shortened(&fitting.unwrap_or_else(|| from(last)), width)
}

/// Draws the last two lines: the notice, and the keys of the screen on top or the places after `g`.
pub fn footer(frame: &mut Frame<'_>, app: &App, cx: &Cx<'_>) {
    let area = frame.area();
    let line = |from_bottom: u16| Rect {
        x: area.x + 1,
        y: area.bottom().saturating_sub(from_bottom),
        width: area.width.saturating_sub(2),
        height: 1,
    };
    if app.going {
        for (at, keys) in (1..).zip(places(usize::from(area.width).saturating_sub(2), cx).into_iter().rev()) {
            frame.render_widget(keys, line(at));
        }
        return;
    }
    if let Some(notice) = &app.notice {
        let width = usize::from(area.width).saturating_sub(2);
        for (at, text) in (2..).zip(notice_lines(&notice.text, width).into_iter().rev()) {
            frame.render_widget(Clear, Rect { x: area.x, width: area.width, ..line(at) });
            frame.render_widget(Span::styled(text, cx.theme.tone(notice.tone)), line(at));
        }
    }
    frame.render_widget(hints(&app.screen().view().help(), app, cx), line(1));
}

/// Folds a notice into one line or, where it says what to do behind the edge, two: the second covers a row of the body.
fn notice_lines(text: &str, width: usize) -> Vec<String> {
    let lines = fit::folded(text, width.max(1));
    let Some((first, rest)) = lines.split_first() else { return lines };
    match rest {
        [] => vec![fit::shortened(first, width)],
        _ => vec![fit::shortened(first, width), fit::shortened(&rest.join(" "), width)],
    }
}

/// Names the places after `g`, on two lines where one is too short.
fn places(width: usize, cx: &Cx<'_>) -> Vec<Line<'static>> {
    let pairs: Vec<_> = GO.iter().map(|it| (it.key.to_string(), cx.texts.text(it.help))).collect();
    let used: usize = pairs.iter().map(|(key, text)| key.width() + text.width() + 4).sum();
    let lines = if used <= width + 3 { 1 } else { 2 };
    pairs.chunks(pairs.len().div_ceil(lines)).map(|it| line_of(it.iter().cloned(), cx)).collect()
}

fn hints(lines: &[HelpLine], app: &App, cx: &Cx<'_>) -> Line<'static> {
    let width = usize::from(app.size.width).saturating_sub(2);
    let typing = app.screen().view().is_typing();
    let wanted = lines.iter().filter(|it| it.hinted && it.blocked.is_none());
    // A letter that would be typed is no key now.
    let wanted = wanted.filter(|it| !typing || !keymap::is_letter(it.keys));
    let own = wanted.map(|it| (first_cap(it.keys, cx.texts), cx.texts.text(it.help)));
    // Where text is typed, so is the question mark.
    let global = |ask: Global| {
        let found = GLOBAL.iter().filter(move |it| it.ask == ask);
        found.map(|it| (first_cap(it.keys, cx.texts), cx.texts.text(it.help))).collect::<Vec<_>>()
    };
    let last = global(if typing { Global::Back } else { Global::Help });
    let needed = |pairs: &[(String, String)]| -> usize {
        pairs.iter().map(|(key, text)| key.width() + text.width() + 4).sum()
    };
    let room = (width + 3).saturating_sub(needed(&last));
    let mut used = 0;
    let mut shown: Vec<_> = own
        .take_while(|(key, text)| {
            used += key.width() + text.width() + 4;
            used <= room
        })
        .collect();
    // Where the screen leaves room, the way to the other screens is named too.
    let go = if typing || app.screen().view().floating(app.size).is_some() {
        Vec::new()
    } else {
        global(Global::Go)
    };
    if needed(&shown) + needed(&go) <= room {
        shown.extend(go);
    }
    line_of(shown.into_iter().chain(last), cx)
}

fn line_of(pairs: impl Iterator<Item = (String, String)>, cx: &Cx<'_>) -> Line<'static> {
    let mut spans = Vec::new();
    for (key, text) in pairs {
        if !spans.is_empty() {
            spans.push(Span::raw("   "));
        }
        spans.push(Span::styled(key, cx.theme.accent()));
        spans.push(Span::raw(format!(" {text}")));
    }
    Line::from(spans)
}

/// Returns the word on the first key of a list of labels.
pub fn first_cap(labels: &str, texts: &Texts) -> String {
    caps(labels, texts).into_iter().next().unwrap_or_default()
}

/// Returns the words on the keys of a list of labels.
pub fn caps(labels: &str, texts: &Texts) -> Vec<String> {
    labels.split(' ').map(|it| cap(it, texts)).collect()
}

fn cap(label: &str, texts: &Texts) -> String {
    if let Some(letter) = label.strip_prefix("C-") {
        return format!("Ctrl-{}", letter.to_uppercase());
    }
    keymap::cap(label).map_or_else(|| label.to_owned(), |it| texts.text(it))
}

/// Clears and titles the place of a screen that floats. Returns the room inside.
pub fn float(frame: &mut Frame<'_>, body: Rect, size: Size, title: &str, cx: &Cx<'_>) -> Rect {
    let width = size.width.min(body.width);
    let height = size.height.min(body.height);
    let area =
        Rect { x: body.x + (body.width - width) / 2, y: body.y + (body.height - height) / 3, width, height };
    frame.render_widget(Clear, area);
    let block = ratatui::widgets::Block::bordered()
        .border_style(cx.theme.tone(Tone::Quiet))
        .title(Span::styled(format!(" {title} "), cx.theme.tone(Tone::Strong)));
    let inner = block.inner(area);
    frame.render_widget(block, area);
    Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner }
}

/// Clears the place of a band and draws the rule above it. Returns the room inside.
pub fn band(frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>) -> Rect {
    frame.render_widget(Clear, area);
    let block = ratatui::widgets::Block::new()
        .borders(ratatui::widgets::Borders::TOP)
        .border_style(cx.theme.tone(Tone::Quiet));
    let inner = block.inner(area);
    frame.render_widget(block, area);
    Rect { x: inner.x + 2, width: inner.width.saturating_sub(4), ..inner }
}

/// Says that the window is too small to work in; what is typed is kept.
pub fn too_small(frame: &mut Frame<'_>, cx: &Cx<'_>) {
    let area = frame.area();
    let wanted = format!("{}x{}", SMALLEST.width, SMALLEST.height);
    let text = cx.texts.fill("window-too-small", &[("size", &wanted)]);
    let lines = fit::folded(&text, usize::from(area.width).max(1));
    let lines: Vec<Line<'_>> = lines.into_iter().map(Line::from).collect();
    frame.render_widget(ratatui::text::Text::from(lines), area);
}
