//! An exchange that runs beside the screens: a thread with a session of its own, and what it tells.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use chrono::{DateTime, NaiveDate, Utc};

use crate::actions::exchange::bundle_in::{self, BundleFile, Taken};
use crate::actions::exchange::bundle_out::{self, Wanted, Written};
use crate::actions::exchange::exchange::{self, Progress, Request};
use crate::actions::exchange::machines::own_key;
use crate::actions::exchange::remotes;
use crate::actions::exchange::summary::Summary;
use crate::actions::failure::Failure;
use crate::actions::notices::mail_settings;
use crate::actions::notices::run::{self as notices_run, Order, Pass};
use crate::actions::notices::send::release;
use crate::actions::session::Session;
use crate::model::id::Id;
use crate::model::notice::Notice;
use crate::model::problem::Problem;
use crate::sync::keys::MachineKey;
use crate::texts::mail::wording;
use crate::ui::command::Task;

/// How machines exchange; tests put another in its place.
pub type Exchange = Arc<
    dyn Fn(
            &mut Session,
            &MachineKey,
            &remotes::Remote,
            &Request,
            &mut dyn FnMut(Progress),
        ) -> Result<Summary, Failure>
        + Send
        + Sync,
>;

/// Returns how machines exchange.
pub fn usual() -> Exchange {
    Arc::new(|session, key, remote, request, watch| exchange::exchange(session, key, remote, request, watch))
}

/// What a task came to.
pub enum Outcome {
    /// Of an exchange.
    Exchanged(Summary),
    /// Of a bundle that was written.
    Written(Written),
    /// Of a bundle that was taken in.
    Taken(Box<Taken>),
    /// Of a pass over the notices.
    Sent(Box<Pass>),
}

/// Where and as whom the task works.
#[derive(Clone)]
pub struct Ground {
    /// The database.
    pub path: PathBuf,
    /// Who acts.
    pub user: String,
    /// The machine's instant.
    pub now: DateTime<Utc>,
    /// Reads the machine's instant.
    pub clock: fn() -> DateTime<Utc>,
    /// The date to take for today.
    pub today: Option<NaiveDate>,
    /// How this machine exchanges.
    pub request: Request,
}

enum News {
    Progress(Progress),
    Ended(Result<Outcome, Problem>),
}

/// A task that runs.
pub struct Exchanging {
    /// What it does.
    pub task: Task,
    /// How far it is.
    pub progress: Progress,
    news: Receiver<News>,
    ended: Option<Result<Outcome, Problem>>,
    thread: Option<JoinHandle<()>>,
}

impl Exchanging {
    /// Begins a task.
    pub fn begin(task: Task, ground: Ground, exchange: Exchange) -> Result<Self, Problem> {
        let (tell, news) = channel();
        let told = task.clone();
        let work = move || {
            let ended = run(&told, &ground, &exchange, &tell).map_err(|it| it.problem());
            // Nobody listens any more when the program ends: what was done is saved all the same.
            let _ = tell.send(News::Ended(ended));
        };
        let thread = thread::Builder::new().name("exchange".to_owned()).spawn(work);
        let thread = thread.map_err(|it| Problem::new("exchange-broken-off").with("error", it))?;
        let progress = Progress::default();
        Ok(Self { task, progress, news, ended: None, thread: Some(thread) })
    }

    /// Listens to what it tells, waiting at most so long for its end. Returns what it came to, once.
    pub fn ended(&mut self, patience: Duration) -> Option<Result<Outcome, Problem>> {
        while self.ended.is_none() {
            match self.news.recv_timeout(patience) {
                Ok(News::Progress(progress)) => self.progress = progress,
                Ok(News::Ended(ended)) => self.ended = Some(ended),
                Err(RecvTimeoutError::Timeout) => return None,
                Err(RecvTimeoutError::Disconnected) => {
                    self.ended = Some(Err(Problem::new("exchange-broken-off").with("error", "–")));
                }
            }
        }
        if let Some(thread) = self.thread.take() {
            // A thread that panicked has sent nothing, which was noticed above.
            let _ = thread.join();
        }
        self.ended.take()
    }
}

fn run(task: &Task, ground: &Ground, exchange: &Exchange, tell: &Sender<News>) -> Result<Outcome, Failure> {
    let mut session = Session::open(&ground.path, false, ground.user.clone(), ground.now, ground.today)?;
    session.store.stay_small()?;
    match task {
        Task::Exchange(name) => {
            let remote = remotes::find(&session, Some(name))?;
            let key = own_key(&session)?;
            let mut watch = |progress| drop(tell.send(News::Progress(progress)));
            Ok(Outcome::Exchanged(exchange(&mut session, &key, &remote, &ground.request, &mut watch)?))
        }
        Task::Write(path, place) => {
            let remote = place.as_deref().map(|it| remotes::find(&session, Some(it))).transpose()?;
            let key = own_key(&session)?;
            let wanted = Wanted { reader: remote.and_then(|it| it.machine), ..Wanted::default() };
            let written = bundle_out::export(&mut session, &key, &ground.request.own_name, path, &wanted)?;
            Ok(Outcome::Written(written))
        }
        Task::Take(path) => {
            let key = own_key(&session)?;
            let mut file = BundleFile::open(path, vec![key.text()?])?;
            Ok(Outcome::Taken(Box::new(bundle_in::import(&mut session, &mut file, false)?)))
        }
        Task::Send(only) => send(&mut session, *only, ground.clock),
    }
}

/// Sends one notice, held deliveries too, or everything that is due.
fn send(
    session: &mut Session,
    only: Option<Id<Notice>>,
    clock: fn() -> DateTime<Utc>,
) -> Result<Outcome, Failure> {
    let ways = mail_settings::load(session)?.ways()?;
    if let Some(notice) = only {
        release(session, notice)?;
    }
    let order = Order { owner: notices_run::worker(), only, retry: true };
    let pass = notices_run::run(session, &ways, &order, &wording(), &clock)?;
    Ok(Outcome::Sent(Box::new(pass)))
}
