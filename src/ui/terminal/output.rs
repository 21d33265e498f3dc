//! Writes to the terminal, all or with an error that says that it is gone.

use std::io::{self, Write};

use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;

/// The terminal behind standard output. It bypasses the buffer and the lock of `std::io::stdout`, so
/// that a report of a panic can never wait for a thread that is writing a frame.
#[derive(Clone, Copy, Debug, Default)]
pub struct Output;

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let terminal = rustix::stdio::stdout();
        loop {
            match rustix::io::write(terminal, bytes) {
                Err(Errno::INTR) => {}
                // Another program has left the terminal in the mode that never blocks.
                Err(Errno::AGAIN) => {
                    let mut ready = [PollFd::new(&terminal, PollFlags::OUT)];
                    match poll(&mut ready, None) {
                        Ok(_) | Err(Errno::INTR) => {}
                        Err(error) => return Err(error.into()),
                    }
                    if !ready[0].revents().contains(PollFlags::OUT) {
                        return Err(Errno::IO.into());
                    }
                }
                done => return Ok(done?),
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
