//! The application as a machine: keys, pasted text and pauses go in, frames come out.

use std::time::Duration;

use crossterm::event::{Event, KeyEventKind};
use ratatui::Frame;
use ratatui::layout::Size;

use super::app::{App, Notice};
use super::command::Command;
use super::draft::Draft;
use super::fulfil::{self, Effect};
use super::world::World;
use crate::actions::failure::Failure;
use crate::actions::overview::Glance;
use crate::texts::Tone;

/// Screens and what they act on.
pub struct Application {
    /// Screens.
    pub app: App,
    /// What they act on.
    pub world: World,
    kept_draft: Option<Draft>,
    /// The hint of the first time is shown until the next key.
    is_hinting: bool,
    /// It was said that an exchange runs: leaving once more leaves.
    is_warned: bool,
}

impl Application {
    /// Begins with the screen that fits: the first run, or the dashboard.
    pub fn new(mut world: World, size: Size) -> Result<Self, Failure> {
        let screen = fulfil::first(&mut world)?;
        let app = App::new(screen, size);
        let mut it = Self { app, world, kept_draft: None, is_hinting: false, is_warned: false };
        it.hint();
        it.settle(false);
        Ok(it)
    }

    /// Says once how to look around.
    fn hint(&mut self) {
        self.is_hinting = self.app.screen().is_dashboard() && !self.world.preferences.hint_read;
        if self.is_hinting {
            let text = self.world.texts.text("hint-first");
            self.app.notice = Some(Notice { text, tone: Tone::Plain });
        }
    }

    /// Takes up what was typed and not saved when the program last ended.
    pub fn take_up_draft(&mut self) {
        let Some(draft) = self.world.local.draft() else { return };
        self.kept_draft = Some(draft.clone());
        let taken = fulfil::take_up(&mut self.app, &mut self.world, draft);
        self.settle(false);
        let text = match taken {
            Ok(()) => self.world.texts.text("draft-taken-up"),
            Err(_) => self.set_draft_aside(),
        };
        self.app.notice = Some(Notice { text, tone: Tone::Problem });
    }

    /// What has no place any more is not thrown away. Returns the sentence that says where it lies.
    fn set_draft_aside(&mut self) -> String {
        match self.world.local.set_draft_aside() {
            Ok(path) => {
                self.kept_draft = None;
                self.world.texts.fill("draft-aside", &[("path", &path.display())])
            }
            Err(error) => {
                let problem = crate::model::problem::Problem::new("local-not-kept").with("error", error);
                self.world.texts.problem(&problem)
            }
        }
    }

    /// Deals with a key press or a pasted text.
    pub fn event(&mut self, event: &Event) -> Effect {
        let asked = match event {
            Event::Key(key) if key.kind != KeyEventKind::Release => self.app.key(*key),
            Event::Paste(text) => self.app.paste(text),
            _ => None,
        };
        let effect = match asked {
            Some(command) => self.perform(command),
            None => {
                self.is_warned = false;
                self.settle(false);
                Effect::Nothing
            }
        };
        if std::mem::take(&mut self.is_hinting) {
            self.perform(Command::HintRead);
        }
        effect
    }

    /// Does what is asked.
    pub fn perform(&mut self, command: Command) -> Effect {
        let effect = fulfil::fulfil(&mut self.app, &mut self.world, command);
        self.settle(false);
        self.unless_exchanging(effect)
    }

    /// While an exchange runs, leaving is asked for twice: it would be broken off, though nothing of it is lost.
    fn unless_exchanging(&mut self, effect: Effect) -> Effect {
        let leaves = effect == Effect::Quit && self.is_exchanging();
        if std::mem::replace(&mut self.is_warned, leaves) || !leaves {
            return effect;
        }
        let text = self.world.texts.text("exchange-quit");
        self.app.notice = Some(Notice { text, tone: Tone::Problem });
        Effect::Nothing
    }

    /// Tells whether an exchange runs beside the screens.
    pub const fn is_exchanging(&self) -> bool {
        self.world.exchanging.is_some()
    }

    /// Tells whether anything runs beside the screens.
    pub const fn is_busy(&self) -> bool {
        self.is_exchanging() || self.world.signing.is_some()
    }

    /// Listens to what runs beside the screens, at most so long. Returns whether it ended.
    pub fn listen(&mut self, patience: Duration) -> bool {
        if !self.is_busy() {
            return false;
        }
        let ended = fulfil::listen(&mut self.app, &mut self.world, patience);
        if ended {
            self.settle(true);
        }
        ended
    }

    /// Takes another size.
    pub fn resize(&mut self, size: Size) {
        self.app.size = size;
        self.settle(false);
    }

    /// The hands rest: what could wait is shown, what is typed is kept.
    pub fn rest(&mut self) {
        self.look_around();
        self.settle(true);
        self.keep_draft();
    }

    /// Shows what other programs have written meanwhile, and says when the file is not where it was.
    fn look_around(&mut self) {
        match self.world.is_behind() {
            Ok(true) => fulfil::refresh(&mut self.app, &mut self.world),
            Ok(false) => {}
            Err(failure) => fulfil::complain(&mut self.app, &self.world, &failure),
        }
        if let Err(failure) = self.world.measure() {
            fulfil::complain(&mut self.app, &self.world, &failure);
        }
    }

    /// Reads everything that the first frame did without, and keeps the glance for the next start. Returns whether
    /// there was anything to read.
    pub fn warm_up(&mut self) -> bool {
        if self.world.is_loaded() {
            return false;
        }
        fulfil::refresh(&mut self.app, &mut self.world);
        if let Err(failure) = self.world.measure() {
            fulfil::complain(&mut self.app, &self.world, &failure);
        }
        self.settle(true);
        true
    }

    /// Keeps what is typed and not saved in a file, or forgets it once it is saved.
    pub fn keep_draft(&mut self) {
        let draft = self.app.draft();
        if draft == self.kept_draft {
            return;
        }
        match self.world.local.keep_draft(draft.as_ref()) {
            Ok(()) => self.kept_draft = draft,
            // What has just been said matters more, and says most often the same.
            Err(_) if self.app.notice.is_some() => {}
            Err(error) => {
                let problem = crate::model::problem::Problem::new("local-not-kept").with("error", error);
                fulfil::complain(&mut self.app, &self.world, &problem.into());
            }
        }
    }

    /// Keeps the glance for the next start.
    pub fn keep_glance(&self) -> Result<(), Failure> {
        if !self.world.is_loaded() || !self.world.on_file {
            return Ok(());
        }
        let overview = crate::actions::overview::overview(&self.world.session, &self.world.portfolio)?;
        let glance = Glance::new(overview, &self.world.portfolio, &self.world.session);
        // A glance that cannot be kept costs the next start some milliseconds, nothing else.
        let _ = self.world.local.keep_glance(&glance);
        Ok(())
    }

    /// Draws.
    pub fn draw(&self, frame: &mut Frame<'_>) {
        self.app.draw(frame, &self.world.cx());
    }

    fn settle(&mut self, rested: bool) {
        self.app.settle(&self.world.cx());
        fulfil::fill(&mut self.app, &mut self.world, rested);
    }
}
