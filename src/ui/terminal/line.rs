//! The terminal as a line to a user: frames go out, what happens comes in.

use std::io::{self, IsTerminal};
use std::time::{Duration, Instant};

use crossterm::event::Event;
use ratatui::{Frame, Terminal};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::process::{Signal, getpgid, getpgrp, getppid, getsid, kill_current_process_group};
use rustix::stdio::stdin;

use super::decode::{Decoder, Input, Waiting};
use super::mode;
use super::output::Output;
use super::pacing::Pacing;
use super::presenter::{Glyphs, Presenter};
use super::signals::{Call, Signals};

/// A sequence that can be nothing but a key or an answer may take so long to arrive.
const SEQUENCE_PATIENCE: Duration = Duration::from_millis(400);
/// A paste that stands still for so long has ended.
const PASTE_PATIENCE: Duration = Duration::from_secs(1);
/// How long a program that asked to be stopped waits for that to happen.
const STOP_PATIENCE: Duration = Duration::from_secs(1);

/// How a line is opened.
#[derive(Clone, Copy, Debug, Default)]
pub struct LineOptions {
    /// The signs that the terminal can show.
    pub glyphs: Glyphs,
}

/// What happened on a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Happening {
    /// A key or a paste.
    Input(Event),
    /// The terminal has another size, or has lost what it showed.
    Resized,
    /// The program was stopped and continues; everything will be painted anew.
    Resumed,
    /// The terminal is gone. Every later wait says so again, at once.
    HungUp,
    /// The program is asked to end.
    Terminated,
    /// The time of the wait has passed.
    Due,
}

/// The terminal of this process, taken until [`Line::close`] or drop.
pub struct Line {
    terminal: Terminal<Presenter<Output>>,
    decoder: Decoder,
    pacing: Pacing,
    signals: Signals,
    happenings: Vec<Happening>,
    last_byte: Instant,
    is_deferred: bool,
    is_gone: bool,
}

impl Line {
    /// Takes the terminal. Fails where standard input or output is none.
    pub fn open(options: LineOptions) -> io::Result<Self> {
        if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
            return Err(Errno::NOTTY.into());
        }
        let signals = Signals::catch()?;
        let (width, height) = mode::size();
        let terminal = Terminal::new(Presenter::new(Output, width, height, options.glyphs))?;
        mode::enter().inspect_err(|_| drop(mode::leave()))?;
        Ok(Self {
            terminal,
            decoder: Decoder::default(),
            pacing: Pacing::default(),
            signals,
            happenings: Vec::new(),
            last_byte: Instant::now(),
            is_deferred: false,
            is_gone: false,
        })
    }

    /// Draws a frame. Says `false` where a slow line has not swallowed the last ones: nothing was drawn,
    /// and the frame is due after the next [`Line::wait`].
    pub fn draw(&mut self, render: impl FnOnce(&mut Frame<'_>)) -> io::Result<bool> {
        self.is_deferred = self.pacing.pause(Instant::now()).is_some();
        if self.is_deferred || self.is_gone {
            return Ok(false);
        }
        let with_receipt = self.pacing.wants_receipt();
        self.terminal.backend_mut().ask_receipt(with_receipt);
        let before = self.terminal.backend().bytes();
        if let Err(error) = self.terminal.draw(render) {
            self.gone_or(error)?;
            return Ok(false);
        }
        let written = self.terminal.backend().bytes() - before;
        if written > 0 {
            self.pacing.sent(written, with_receipt, Instant::now());
        }
        Ok(true)
    }

    /// Waits until something happens, at most for `timeout`, and tells what, in order.
    ///
    /// Nothing is told where a frame that was held back may be drawn now.
    pub fn wait(&mut self, timeout: Option<Duration>) -> io::Result<Vec<Happening>> {
        let due = timeout.map(|it| Instant::now() + it);
        loop {
            if !self.is_gone && !mode::is_entered() {
                // A panic elsewhere has given the terminal back.
                self.happenings.push(Happening::Terminated);
            }
            if self.is_gone {
                self.happenings.push(Happening::HungUp);
            }
            if !self.happenings.is_empty() {
                return Ok(std::mem::take(&mut self.happenings));
            }
            let now = Instant::now();
            let pause = if self.is_deferred { self.pacing.pause(now) } else { None };
            if self.is_deferred && pause.is_none() {
                self.is_deferred = false;
                return Ok(Vec::new());
            }
            if due.is_some_and(|it| it <= now) {
                return Ok(vec![Happening::Due]);
            }
            let due = due.map(|it| it.saturating_duration_since(now));
            self.look([due, pause].into_iter().flatten().min())?;
            self.answer_signals()?;
        }
    }

    /// The size in cells: columns, rows.
    pub fn size(&self) -> (u16, u16) {
        let area = self.terminal.backend().area();
        (area.width, area.height)
    }

    /// Tells whether the line is known to be slow.
    pub fn is_slow(&self) -> bool {
        self.pacing.is_slow()
    }

    /// Gives the terminal back and stops the program, with its process group, until it is continued; then
    /// takes the terminal again. Where nobody could continue it, without job control, it only repaints.
    pub fn suspend(&mut self) -> io::Result<()> {
        if can_be_continued() {
            self.drain();
            mode::leave()?;
            kill_current_process_group(Signal::STOP)?;
            self.await_continuation()?;
        }
        self.resume()
    }

    /// Chooses the signs from the next frame on.
    pub fn set_glyphs(&mut self, glyphs: Glyphs) {
        self.terminal.backend_mut().set_glyphs(glyphs);
        // Every cell has to be said again. This writes nothing and cannot fail.
        let _ = self.terminal.clear();
    }

    /// Waits a short while for the answers under way, so that they do not land in the shell, and gives the
    /// terminal back.
    pub fn close(mut self) -> io::Result<()> {
        self.drain();
        let left = mode::leave();
        if self.is_gone { Ok(()) } else { left }
    }

    /// Waits once, at most for `timeout`, and reads what has come.
    fn look(&mut self, timeout: Option<Duration>) -> io::Result<()> {
        let patience = self.decoder_patience();
        let left = patience.map(|it| it.saturating_sub(self.last_byte.elapsed()));
        let timeout = timeout.into_iter().chain(left).min();
        let keys = stdin();
        let wake = self.signals.as_fd();
        let mut ready = [PollFd::new(&keys, PollFlags::IN), PollFd::new(&wake, PollFlags::IN)];
        match poll(&mut ready, timeout.and_then(|it| Timespec::try_from(it).ok()).as_ref()) {
            Ok(_) => {}
            Err(Errno::INTR) => return Ok(()),
            Err(error) => return Err(error.into()),
        }
        let seen = ready[0].revents();
        if seen.contains(PollFlags::IN) {
            self.read();
        } else if !seen.is_empty() {
            self.is_gone = true;
        } else if patience.is_some_and(|it| it <= self.last_byte.elapsed()) {
            let input = self.decoder.give_up();
            self.note(input);
        }
        Ok(())
    }

    fn read(&mut self) {
        let mut bytes = [0; 4096];
        match rustix::io::read(stdin(), &mut bytes) {
            Ok(0) => self.is_gone = true,
            Ok(count) => {
                self.last_byte = Instant::now();
                let inputs = self.decoder.feed(&bytes[..count]);
                self.note(inputs);
            }
            Err(Errno::INTR | Errno::AGAIN) => {}
            Err(_) => self.is_gone = true,
        }
    }

    fn note(&mut self, inputs: impl IntoIterator<Item = Input>) {
        for input in inputs {
            match input {
                Input::Key(key) => self.happenings.push(Happening::Input(Event::Key(key))),
                Input::Paste(text) => self.happenings.push(Happening::Input(Event::Paste(text))),
                Input::Acknowledged => self.pacing.acknowledged(self.last_byte),
            }
        }
    }

    fn decoder_patience(&self) -> Option<Duration> {
        match self.decoder.waiting() {
            Waiting::Nothing => None,
            Waiting::Escape => Some(self.pacing.escape_patience()),
            Waiting::Sequence => Some(SEQUENCE_PATIENCE),
            Waiting::Paste => Some(PASTE_PATIENCE),
        }
    }

    fn answer_signals(&mut self) -> io::Result<()> {
        for call in self.signals.take() {
            match call {
                Call::Resize => self.measure(),
                Call::Continue => {
                    self.resume()?;
                    self.happenings.push(Happening::Resumed);
                }
                Call::Stop => {
                    self.suspend()?;
                    self.happenings.push(Happening::Resumed);
                }
                Call::Terminate => self.happenings.push(Happening::Terminated),
                Call::HangUp => self.is_gone = true,
            }
        }
        Ok(())
    }

    /// Takes the terminal as the program finds it after others had it.
    fn resume(&mut self) -> io::Result<()> {
        if let Err(error) = mode::enter() {
            return self.gone_or(error);
        }
        self.pacing.forget_flights();
        self.measure();
        Ok(())
    }

    /// Takes the size of the terminal; what it shows is unknown from here on.
    fn measure(&mut self) {
        let (width, height) = mode::size();
        if (width, height) == self.size() {
            self.terminal.backend_mut().invalidate();
        } else {
            self.terminal.backend_mut().resize(width, height);
        }
        self.happenings.push(Happening::Resized);
    }

    /// A signal to stop takes effect at once or, with several threads, a moment later.
    fn await_continuation(&mut self) -> io::Result<()> {
        let end = Instant::now() + STOP_PATIENCE;
        while let Some(left) = end.checked_duration_since(Instant::now()) {
            let calls = self.signals.take();
            self.keep(&calls);
            if calls.contains(&Call::Continue) {
                break;
            }
            let wake = self.signals.as_fd();
            let mut ready = [PollFd::new(&wake, PollFlags::IN)];
            match poll(&mut ready, Timespec::try_from(left).ok().as_ref()) {
                Ok(_) | Err(Errno::INTR) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    /// Keeps of the signals what must not be lost while the program waits for something else.
    fn keep(&mut self, calls: &[Call]) {
        self.is_gone |= calls.contains(&Call::HangUp);
        if calls.contains(&Call::Terminate) {
            self.happenings.push(Happening::Terminated);
        }
    }

    /// Waits for the receipts under way; keys that come meanwhile are kept.
    fn drain(&mut self) {
        while let Some(left) = self.pacing.farewell(Instant::now()).filter(|_| !self.is_gone) {
            if self.look(Some(left)).is_err() {
                return;
            }
            let calls = self.signals.take();
            self.keep(&calls);
        }
    }

    fn gone_or(&mut self, error: io::Error) -> io::Result<()> {
        let gone = [Errno::IO, Errno::PIPE, Errno::NXIO, Errno::BADF, Errno::NOTTY];
        if error.raw_os_error().is_some_and(|it| gone.iter().any(|errno| errno.raw_os_error() == it)) {
            self.is_gone = true;
            return Ok(());
        }
        Err(error)
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        // Nobody is left to hear that the terminal cannot be given back.
        let _ = mode::leave();
    }
}

/// Tells whether a shell with job control watches this program: a stop without one would be for ever.
fn can_be_continued() -> bool {
    let Some(parent) = getppid() else { return false };
    let (Ok(session), Ok(parents)) = (getsid(None), getsid(Some(parent))) else { return false };
    // A script that runs this program is in its group; only what leads the session is no such script.
    session == parents && (getpgid(Some(parent)).is_ok_and(|it| it != getpgrp()) || parent != session)
}
