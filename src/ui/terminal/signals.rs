//! Signals as something that a poll can wait for.

use std::io::{self, Read};
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::low_level::{pipe, unregister};
use signal_hook::{SigId, flag};

/// What a signal asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Call {
    /// The size of the terminal has changed.
    Resize,
    /// The program has been continued.
    Continue,
    /// The program is asked to stop for a while.
    Stop,
    /// The program is asked to end.
    Terminate,
    /// The terminal is gone.
    HangUp,
}

const CALLS: [(i32, Call); 6] = [
    (SIGWINCH, Call::Resize),
    (SIGCONT, Call::Continue),
    (SIGTSTP, Call::Stop),
    (SIGTERM, Call::Terminate),
    (SIGINT, Call::Terminate),
    (SIGHUP, Call::HangUp),
];

/// The signals that have come, until they are taken.
pub struct Signals {
    wake: UnixStream,
    flags: Vec<(Arc<AtomicBool>, Call)>,
    registered: Vec<SigId>,
    /// Gives the signals their usual effect back.
    is_over: Arc<AtomicBool>,
}

impl Signals {
    /// Begins to catch signals.
    pub fn catch() -> io::Result<Self> {
        let (wake, waker) = UnixStream::pair()?;
        wake.set_nonblocking(true)?;
        waker.set_nonblocking(true)?;
        let is_over = Arc::new(AtomicBool::new(false));
        let mut signals = Self { wake, flags: Vec::new(), registered: Vec::new(), is_over };
        for (signal, call) in CALLS {
            if signal != SIGWINCH && signal != SIGCONT {
                // This one stays registered: taking all away would leave the signal ignored for ever.
                flag::register_conditional_default(signal, Arc::clone(&signals.is_over))?;
            }
            let raised = Arc::new(AtomicBool::new(false));
            // The flag comes first, so that it is seen when the pipe wakes the poll.
            signals.registered.push(flag::register(signal, Arc::clone(&raised))?);
            signals.registered.push(pipe::register(signal, waker.try_clone()?)?);
            signals.flags.push((raised, call));
        }
        Ok(signals)
    }

    /// What becomes readable when a signal comes.
    pub fn as_fd(&self) -> BorrowedFd<'_> {
        self.wake.as_fd()
    }

    /// Takes what has come, each kind once.
    pub fn take(&mut self) -> Vec<Call> {
        let mut spent = [0; 64];
        while matches!(self.wake.read(&mut spent), Ok(1..)) {}
        self.flags.iter().filter(|(it, _)| it.swap(false, Ordering::SeqCst)).map(|it| it.1).collect()
    }
}

impl Drop for Signals {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::SeqCst);
        for id in self.registered.drain(..) {
            unregister(id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signal_is_taken_once() {
        let mut signals = Signals::catch().unwrap();
        assert!(!signals.take().contains(&Call::Resize));
        for _ in 0..3 {
            signal_hook::low_level::raise(SIGWINCH).unwrap();
        }
        assert!(signals.take().contains(&Call::Resize));
        assert!(!signals.take().contains(&Call::Resize));
    }
}
