//! What the application acts on: the database, the portfolio, words, colours, the user's small files.

use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::{DateTime, NaiveDate, Utc};

use super::command::Task;
use super::exchanging::{self, Exchange, Exchanging, Ground};
use super::local::{Local, Preferences};
use super::screen::{Cx, InBrief};
use super::signing::Signing;
use super::theme::Theme;
use crate::actions::exchange::exchange::{Progress, Request};
use crate::actions::exchange::state;
use crate::actions::failure::Failure;
use crate::actions::import::Plan;
use crate::actions::portfolio::Portfolio;
use crate::actions::register::organisation::ZONE;
use crate::actions::session::Session;
use crate::clock;
use crate::model::problem::Problem;
use crate::texts::Texts;

/// A person waits at most so long for other programs that write, and is told then.
const PATIENCE: Duration = Duration::from_secs(8);

/// Where the application works: given once, when it starts.
#[derive(Clone, Debug)]
pub struct Desk {
    /// The database of the user.
    pub path: PathBuf,
    /// Where the demonstration lies.
    pub demonstration: PathBuf,
    /// Who acts.
    pub user: String,
    /// Reads the machine's instant.
    pub clock: fn() -> DateTime<Utc>,
    /// The date to take for today.
    pub today: Option<NaiveDate>,
    /// The program, for the fenced child that reads workbooks.
    pub program: PathBuf,
    /// The user's folder, which `~` stands for in a path.
    pub home: Option<PathBuf>,
    /// Where the user's SSH agent listens, where there is one.
    pub ssh_agent: Option<PathBuf>,
    /// How this machine exchanges: what it is called when nobody named it, the program that calls others, credentials.
    pub exchange: Request,
}

/// What the application acts on.
pub struct World {
    /// Where it works.
    pub desk: Desk,
    /// The user at work; on an empty database in memory until there is a file.
    pub session: Session,
    /// Whether the session is on a file.
    pub on_file: bool,
    /// Every followed lot; empty until it is read.
    pub portfolio: Portfolio,
    loaded: bool,
    /// Words.
    pub texts: Texts,
    /// Colours.
    pub theme: Theme,
    /// Whether only ASCII is drawn.
    pub ascii: bool,
    /// Small files.
    pub local: Local,
    /// What the user chose.
    pub preferences: Preferences,
    /// The workbook that was read and not yet brought in.
    pub plan: Option<Box<Plan>>,
    /// How machines exchange.
    pub exchange: Exchange,
    /// An exchange that runs beside the screens.
    pub exchanging: Option<Exchanging>,
    /// A signature that is waited for beside the screens.
    pub signing: Option<Signing>,
    /// How the exchange stands.
    pub in_brief: InBrief,
    /// What the file said of its writes when the exchange was last looked at.
    measured: Option<(i64, u64)>,
}

impl World {
    /// Opens the database where there is one.
    pub fn new(desk: Desk, texts: Texts, theme: Theme, local: Local) -> Result<Self, Failure> {
        let on_file = desk.path.exists();
        let now = (desk.clock)();
        let today = desk.today.unwrap_or_else(|| clock::date_in(now, ZONE));
        let session = if on_file {
            let session = Session::open(&desk.path, false, desk.user.clone(), now, desk.today)?;
            session.store.stay_small()?;
            session
        } else {
            Session::empty(today)?
        };
        Ok(Self::with(desk, session, on_file, texts, theme, local))
    }

    /// Works on a database that is open.
    pub fn with(
        desk: Desk,
        mut session: Session,
        on_file: bool,
        texts: Texts,
        theme: Theme,
        local: Local,
    ) -> Self {
        session.user.clone_from(&desk.user);

        // Only a database that is lost refuses this, and the first reading says so.
        let _ = session.store.wait_at_most(PATIENCE);
        let preferences = local.preferences();
        let mut world = Self {
            portfolio: Portfolio::empty(session.today),
            loaded: false,
            ascii: false,
            plan: None,
            exchange: exchanging::usual(),
            exchanging: None,
            signing: None,
            in_brief: InBrief::default(),
            measured: None,
            desk,
            session,
            on_file,
            texts,
            theme,
            local,
            preferences,
        };
        world.theme.scheme = world.preferences.scheme;
        world
    }

    /// Opens another database from now on, creating it where it is missing.
    pub fn move_to(&mut self, path: &Path) -> Result<(), Failure> {
        let now = (self.desk.clock)();
        self.session = Session::open(path, true, self.desk.user.clone(), now, self.desk.today)?;
        self.session.store.stay_small()?;
        self.session.store.wait_at_most(PATIENCE)?;
        self.on_file = true;
        self.loaded = false;
        // What is typed and not saved belongs to the database that it was typed for.
        self.local = self.local.beside(path).seated();
        self.plan = None;
        self.portfolio = Portfolio::empty(self.session.today);
        (self.in_brief, self.measured) = (InBrief::default(), None);
        Ok(())
    }

    /// Begins a task beside the screens; there is one at a time.
    pub fn begin(&mut self, task: Task) -> Result<(), Failure> {
        if let Some(running) = &self.exchanging {
            return Err(match &running.task {
                Task::Send(_) => Problem::new("notices-run").into(),
                task => Problem::new("exchange-runs").with("name", task.about()).into(),
            });
        }
        self.tick()?;
        let path = self.session.store.path().ok_or_else(|| Problem::new("exchange-in-memory"))?;
        let ground = Ground {
            path,
            user: self.session.user.clone(),
            now: self.session.now,
            clock: self.desk.clock,
            today: self.desk.today,
            // A question of `ssh` would land in the middle of the screen.
            request: Request { may_ask: false, ..self.desk.exchange.clone() },
        };
        self.in_brief.running = Some((task.clone(), Progress::default()));
        self.exchanging = Some(Exchanging::begin(task, ground, self.exchange.clone())?);
        Ok(())
    }

    /// Counts what no other machine has yet, where something was written since it was last counted.
    pub fn measure(&mut self) -> Result<(), Failure> {
        let moves = self.session.store.read().moves()?;
        if self.measured != Some(moves) {
            self.in_brief.unshared = state::unshared(&self.session)?;
            self.measured = Some(moves);
        }
        Ok(())
    }

    /// Looks at the clock: what is done now is done today.
    pub fn tick(&mut self) -> Result<(), Failure> {
        self.session.now = (self.desk.clock)();
        if self.desk.today.is_none() {
            let zone = self.zone()?;
            self.session.today = clock::date_in(self.session.now, &zone);
        }
        Ok(())
    }

    fn zone(&self) -> Result<String, Failure> {
        if self.loaded {
            return Ok(self.portfolio.organisation.zone.clone());
        }
        Ok(self.session.store.read().organisation()?.map_or_else(|| ZONE.to_owned(), |it| it.zone))
    }

    /// Tells whether there is an organisation to follow.
    pub fn has_organisation(&self) -> Result<bool, Failure> {
        Ok(self.session.store.read().organisation()?.is_some())
    }

    /// Reads every followed lot, or what was written since. Returns whether anything changed.
    pub fn keep_up(&mut self) -> Result<bool, Failure> {
        if !self.has_organisation()? {
            // It may have been taken back: what was read of it is forgotten.
            self.portfolio = Portfolio::empty(self.session.today);
            return Ok(std::mem::take(&mut self.loaded));
        }
        if !self.loaded {
            self.portfolio = Portfolio::load(&self.session)?;
            self.loaded = true;
            return Ok(true);
        }
        self.portfolio.catch_up(&self.session)
    }

    /// Tells whether other programs have written since the portfolio was read, or a day has begun.
    pub fn is_behind(&mut self) -> Result<bool, Failure> {
        if !self.loaded {
            return Ok(false);
        }
        self.session.store.check_place()?;
        self.tick()?;
        self.portfolio.is_behind(&self.session)
    }

    /// Tells whether the portfolio was read.
    pub const fn is_loaded(&self) -> bool {
        self.loaded
    }

    /// Returns what drawing and settling may read.
    pub const fn cx(&self) -> Cx<'_> {
        Cx {
            texts: &self.texts,
            theme: self.theme,
            today: self.session.today,
            portfolio: &self.portfolio,
            exchange: &self.in_brief,
        }
    }
}
