//! The dialog in which a person vouches for the figures of a month: how far, with what, and what is said about it.

use std::path::PathBuf;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::Frame;
use ratatui::layout::Rect;

use super::dialog::{Dialog, Pressed};
use crate::actions::sign_off::board::MonthBoard;
use crate::actions::sign_off::{Form, Request, code};
use crate::model::problem::Problem;
use crate::model::sign_off::SignLevel;
use crate::sync::keys::MachinePublicKey;
use crate::texts::{Texts, Tone};
use crate::ui::command::{Command, SignOffAsk};
use crate::ui::screen::Cx;
use crate::ui::widgets::check::Check;
use crate::ui::widgets::field::{Choice, Field};

const LEVEL: usize = 0;
const MEANS: usize = 1;
const FILE: usize = 2;
const SIGNER: usize = 3;
const CODE: usize = 4;
const COMMENT: usize = 5;

/// With what a person can sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// The private key in a file that is known.
    Key(PathBuf),
    /// A key of the SSH agent.
    Agent(MachinePublicKey),
    /// The session says who it is.
    Session,
    /// The private key in a file that is typed.
    File,
    /// A pen, on the printed page.
    Paper,
}

/// Everything with which the person at work can sign, the best first.
#[derive(Clone, Debug, Default)]
pub struct Means {
    /// The ways, and what they are called.
    pub ways: Vec<(Way, String)>,
    /// A key that cannot be used now, and what to do.
    pub closed: Option<Problem>,
    /// Who is at work.
    pub user: String,
}

/// The dialog.
pub struct Signing {
    means: Means,
    request: Request,
    /// Figures that are vouched for.
    figures: usize,
    /// What is signed, in short.
    code: String,
    dialog: Dialog,
    /// The agent has been asked.
    waits: bool,
}

impl Signing {
    /// Asks how a month is to be signed.
    pub fn new(board: &MonthBoard, means: Means, texts: &Texts) -> Self {
        let vouched = &board.vouched;
        let next = vouched.next().unwrap_or(SignLevel::Seen);
        let levels = SignLevel::ALL.map(|it| Choice { value: it.word().into(), label: texts.visa_level(it) });
        let ways = means.ways.iter().enumerate();
        let ways = ways.map(|(at, (_, label))| Choice { value: at.to_string(), label: label.clone() });
        let fields = vec![
            Field::choice("column-level", levels.into(), next.word()),
            Field::choice("visas-with", ways.collect(), "0"),
            Field::text("visas-file", Check::Name, ""),
            Field::text("column-signer", Check::Name, ""),
            Field::text("visas-code", Check::Name, ""),
            Field::text("column-comment", Check::Any, ""),
        ];
        let request = Request {
            project: vouched.project.id.into(),
            month: vouched.month,
            level: Some(next),
            form: Form::Session,
            comment: String::new(),
        };
        let dialog = Dialog::new(fields, vec![LEVEL, MEANS, COMMENT], MEANS);
        let (figures, code) = (vouched.text.lots.len(), vouched.text.code());
        Self { means, request, figures, code, dialog, waits: false }
    }

    /// Returns the dialog, to step in it.
    pub const fn dialog(&mut self) -> &mut Dialog {
        &mut self.dialog
    }

    /// The agent has been asked.
    pub const fn wait(&mut self) {
        self.waits = true;
    }

    /// Says why it was refused.
    pub fn refuse(&mut self, problem: Problem) {
        self.waits = false;
        self.dialog.refused = Some(problem);
    }

    /// Deals with a key press. Returns what became of it, and what it asks of the outside.
    pub fn key(&mut self, key: KeyEvent) -> (Pressed, Option<Command>) {
        // What works everywhere, such as leaving, works while the agent is waited for too.
        if self.waits && key.modifiers.contains(KeyModifiers::CONTROL) {
            return (Pressed::Passed, None);
        }
        if self.waits {
            let gives_up = key.code == KeyCode::Esc;
            self.waits = !gives_up;
            return (Pressed::Taken, gives_up.then_some(Command::SignOff(SignOffAsk::GiveUp)));
        }
        let pressed = self.dialog.key(key);
        self.arrange();
        match pressed {
            Pressed::Filled => {
                self.dialog.refused = self.wrong();
                self.dialog.armed = self.dialog.refused.is_none();
                (Pressed::Taken, None)
            }
            Pressed::Confirmed => (pressed, Some(self.asked())),
            _ => (pressed, None),
        }
    }

    /// Shows the fields that the chosen way needs.
    fn arrange(&mut self) {
        self.dialog.shown = match self.way() {
            Way::File => vec![LEVEL, MEANS, FILE, COMMENT],
            Way::Paper => vec![LEVEL, MEANS, SIGNER, CODE, COMMENT],
            Way::Key(_) | Way::Agent(_) | Way::Session => vec![LEVEL, MEANS, COMMENT],
        };
    }

    fn way(&self) -> &Way {
        let at = self.dialog.value(MEANS).parse::<usize>().ok();
        at.and_then(|it| self.means.ways.get(it)).map_or(&Way::Session, |(way, _)| way)
    }

    fn level(&self) -> SignLevel {
        SignLevel::from_word(self.dialog.value(LEVEL)).unwrap_or(SignLevel::Checked)
    }

    /// Returns what can be seen to be wrong before it is tried.
    fn wrong(&mut self) -> Option<Problem> {
        if *self.way() != Way::Paper {
            return None;
        }
        let problem = match code::read(self.dialog.value(CODE)) {
            Ok(typed) if typed == self.code => return None,
            Ok(typed) => Problem::new("visa-code-other").with("code", typed).with("present", &self.code),
            Err(problem) => problem,
        };
        self.dialog.focus(CODE);
        Some(problem)
    }

    fn asked(&self) -> Command {
        let mut request = self.request.clone();
        request.level = Some(self.level());
        self.dialog.value(COMMENT).clone_into(&mut request.comment);
        request.form = match self.way() {
            Way::Session => Form::Session,
            Way::Key(path) => Form::Key(path.clone()),
            Way::File => Form::Key(PathBuf::from(self.dialog.value(FILE))),
            Way::Agent(key) => {
                request.form = Form::Agent(None);
                return Command::SignOff(SignOffAsk::SignByAgent(Box::new(request), *key));
            }
            Way::Paper => Form::Paper {
                signer: Some(self.dialog.value(SIGNER).to_owned()),
                code: Some(self.dialog.value(CODE).to_owned()),
            },
        };
        Command::SignOff(SignOffAsk::Sign(Box::new(request)))
    }

    // ┌ viser mars 2026 ───────────────────────────┐
    // │ 9 chiffres · code 7K3F-9A2B-4CDX           │
    // │                                            │
    // │ Niveau       vérifié                       │
    // │ Signer avec  session : awa  ◄ 1/3 ►        │
    // │ Commentaire                                │
    // │                                            │
    // │ Seule cette machine en témoigne.           │
    // └────────────────────────────────────────────┘
    /// Draws it.
    pub fn draw(&self, frame: &mut Frame<'_>, body: Rect, cx: &Cx<'_>) {
        let month = cx.texts.month(self.request.month);
        let title = cx.texts.fill("visas-sign-title", &[("month", &month)]);
        let head = cx.texts.fill("visas-sign-head", &[("count", &self.figures), ("code", &self.code)]);
        self.dialog.draw(frame, body, (&title, &head), self.said(&month, cx), cx);
    }

    /// Says what the next Enter does, or what the chosen way is worth.
    fn said(&self, month: &str, cx: &Cx<'_>) -> (String, Tone) {
        if self.waits {
            return (cx.texts.text("visas-waits"), Tone::Problem);
        }
        if self.dialog.armed {
            let level = cx.texts.visa_level(self.level());
            let signer = match self.way() {
                Way::Paper => self.dialog.value(SIGNER),
                _ => &self.means.user,
            };
            let text = cx.texts.fill(
                "visas-confirm",
                &[
                    ("signer", &signer),
                    ("level", &level),
                    ("count", &self.figures),
                    ("month", &month),
                    ("code", &self.code),
                ],
            );
            return (text, Tone::Problem);
        }
        let key = match (self.way(), &self.means.closed) {
            (Way::Session, Some(closed)) => return (cx.texts.problem_here(closed), Tone::Quiet),
            (Way::Session, None) => "visas-about-session",
            (Way::Key(_) | Way::File, _) => "visas-about-key",
            (Way::Agent(_), _) => "visas-about-agent",
            (Way::Paper, _) => "visas-about-paper",
        };
        (cx.texts.text(key), Tone::Quiet)
    }
}
