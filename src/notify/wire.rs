//! A line to a mail server: nothing is waited for without end, and no answer is longer than it may be.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::{Duration, Instant};

use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ClientConnection, StreamOwned};

use crate::model::text::clean_line;

/// Longest line of an answer, and longest answer, in bytes: what Postfix allows.
const LINE_BYTES_MAX: usize = 2_048;
const REPLY_BYTES_MAX: usize = 100_000;
/// What is written at once: each piece has its own time.
const PIECE_BYTES: usize = 16 << 10;
/// As much of an answer is kept.
const WORDS_CHARS_MAX: usize = 300;

/// What a server answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// Its number.
    pub code: u16,
    /// Its lines without the number.
    pub lines: Vec<String>,
}

impl Reply {
    /// Returns the number and the words on one line.
    pub fn words(&self) -> String {
        clean_line(&format!("{} {}", self.code, self.lines.join(" ")), WORDS_CHARS_MAX)
    }
}

/// A line to a server.
pub struct Wire {
    stream: Stream,
    /// What arrived and was not read yet.
    held: Vec<u8>,
}

enum Stream {
    Plain(Timed),
    Closed(Box<StreamOwned<ClientConnection, Timed>>),
    /// While it is being closed to others.
    Between,
}

/// A socket on which everything ends at an instant, however often a byte trickles in.
struct Timed {
    socket: TcpStream,
    until: Instant,
}

impl Wire {
    /// Calls a server.
    pub fn call(address: &SocketAddr, patience: Duration) -> io::Result<Self> {
        let socket = TcpStream::connect_timeout(address, patience)?;
        socket.set_nodelay(true)?;
        Ok(Self {
            stream: Stream::Plain(Timed { socket, until: Instant::now() + patience }),
            held: Vec::new(),
        })
    }

    /// Returns this end of the line.
    pub fn own_address(&self) -> io::Result<SocketAddr> {
        self.timed()?.socket.local_addr()
    }

    /// Closes the line to everybody else; `patience` is for the whole of it. Nothing may have been said before that
    /// is taken for said after.
    pub fn close_to_others(
        &mut self,
        name: &str,
        config: Arc<ClientConfig>,
        patience: Duration,
    ) -> io::Result<()> {
        if !self.held.is_empty() {
            return Err(io::Error::new(ErrorKind::InvalidData, "said too early"));
        }
        let name = ServerName::try_from(name.to_owned()).map_err(io::Error::other)?;
        let connection = ClientConnection::new(config, name).map_err(io::Error::other)?;
        let Stream::Plain(timed) = std::mem::replace(&mut self.stream, Stream::Between) else {
            return Err(ErrorKind::NotConnected.into());
        };
        let mut closed = StreamOwned::new(connection, timed);
        closed.sock.until = Instant::now() + patience;
        while closed.conn.is_handshaking() {
            closed.conn.complete_io(&mut closed.sock)?;
        }
        self.stream = Stream::Closed(Box::new(closed));
        Ok(())
    }

    /// Says something. A server that answers before it is asked is no longer understood.
    pub fn say(&mut self, bytes: &[u8], patience: Duration) -> io::Result<()> {
        if !self.held.is_empty() {
            return Err(garbled());
        }
        for piece in bytes.chunks(PIECE_BYTES) {
            self.timed_mut()?.until = Instant::now() + patience;
            match &mut self.stream {
                Stream::Plain(it) => it.write_all(piece)?,
                Stream::Closed(it) => it.write_all(piece).and_then(|()| it.flush())?,
                Stream::Between => return Err(ErrorKind::NotConnected.into()),
            }
        }
        Ok(())
    }

    /// Hears the answer; `patience` is for the whole of it.
    pub fn hear(&mut self, patience: Duration) -> io::Result<Reply> {
        self.timed_mut()?.until = Instant::now() + patience;
        let (mut code, mut lines, mut bytes) = (None, Vec::new(), 0);
        loop {
            let line = self.line()?;
            bytes += line.len();
            let (number, goes_on, words) = read_line(&line).ok_or_else(garbled)?;
            if bytes > REPLY_BYTES_MAX || code.is_some_and(|it| it != number) {
                return Err(garbled());
            }
            code = Some(number);
            lines.push(words);
            if !goes_on {
                return Ok(Reply { code: number, lines });
            }
        }
    }

    /// Reads up to the next line break, however long the line would go on.
    fn line(&mut self) -> io::Result<Vec<u8>> {
        let mut looked = 0;
        loop {
            if let Some(at) = self.held[looked..].iter().position(|it| *it == b'\n') {
                let rest = self.held.split_off(looked + at + 1);
                return Ok(std::mem::replace(&mut self.held, rest));
            }
            looked = self.held.len();
            if looked > LINE_BYTES_MAX {
                return Err(garbled());
            }
            let mut piece = [0; 1024];
            let read = match &mut self.stream {
                Stream::Plain(it) => it.read(&mut piece)?,
                Stream::Closed(it) => it.read(&mut piece)?,
                Stream::Between => 0,
            };
            if read == 0 {
                return Err(ErrorKind::UnexpectedEof.into());
            }
            self.held.extend_from_slice(&piece[..read]);
        }
    }

    fn timed(&self) -> io::Result<&Timed> {
        match &self.stream {
            Stream::Plain(it) => Ok(it),
            Stream::Closed(it) => Ok(&it.sock),
            Stream::Between => Err(ErrorKind::NotConnected.into()),
        }
    }

    fn timed_mut(&mut self) -> io::Result<&mut Timed> {
        match &mut self.stream {
            Stream::Plain(it) => Ok(it),
            Stream::Closed(it) => Ok(&mut it.sock),
            Stream::Between => Err(ErrorKind::NotConnected.into()),
        }
    }
}

impl Timed {
    fn left(&self) -> io::Result<Option<Duration>> {
        let left = self.until.saturating_duration_since(Instant::now());
        if left.is_zero() { Err(ErrorKind::TimedOut.into()) } else { Ok(Some(left)) }
    }
}

impl Read for Timed {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.socket.set_read_timeout(self.left()?)?;
        self.socket.read(into)
    }
}

impl Write for Timed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.socket.set_write_timeout(self.left()?)?;
        self.socket.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.socket.flush()
    }
}

fn garbled() -> io::Error {
    io::Error::new(ErrorKind::InvalidData, "not a mail server")
}

/// Reads a line of an answer: its number, whether another line follows, its words.
fn read_line(line: &[u8]) -> Option<(u16, bool, String)> {
    let line = line.strip_suffix(b"\n")?;
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    let (digits, rest) = line.split_at_checked(3)?;
    let code = std::str::from_utf8(digits).ok().filter(|it| it.bytes().all(|it| it.is_ascii_digit()))?;
    let code = code.parse().ok().filter(|it| (200..600).contains(it))?;
    let (goes_on, words) = match rest {
        [] => (false, rest),
        [b' ', words @ ..] => (false, words),
        [b'-', words @ ..] => (true, words),
        _ => return None,
    };
    Some((code, goes_on, clean_line(&String::from_utf8_lossy(words), LINE_BYTES_MAX)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_answers() {
        let read = |line: &str| read_line(line.as_bytes());
        assert_eq!(read("250 Ok\r\n"), Some((250, false, "Ok".into())));
        assert_eq!(read("250-a\n"), Some((250, true, "a".into())));
        assert_eq!(read("354\r\n"), Some((354, false, String::new())));
        assert_eq!(read("250    \r\n"), Some((250, false, String::new())));
        assert_eq!(read("550 \u{1b}[2Ja\r\n"), Some((550, false, "[2Ja".into())));
        for line in [
            "",
            "250",
            "25\r\n",
            "2506 a\r\n",
            "999 a\r\n",
            "100 a\r\n",
            "+50 a\r\n",
            "HTTP/1.1 200 OK\r\n",
            "250_a\r\n",
        ] {
            assert_eq!(read(line), None, "{line:?}");
        }
    }
}
