//! A conversation with a mail server, step by step, each with its own outcome.

use std::io::{self, ErrorKind};
use std::net::{SocketAddr, ToSocketAddrs};
use std::time::Duration;

use super::address::Address;
use super::encode::base64;
use super::outbox::{Ending, said};
use super::trust::tls;
use super::wire::{Reply, Wire};
use crate::model::problem::Problem;

/// How long a server has to say goodbye.
const LEAVE: Duration = Duration::from_secs(5);

/// How the line is closed to others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tls {
    /// From the first byte on.
    FromTheStart,
    /// After greeting: required, refused where the server does not offer it.
    StartTls,
    /// Not at all: only to this machine itself.
    NoneOnLoopback,
}

/// How long each step may take.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// To be connected.
    pub connect: Duration,
    /// For an answer, and for each piece of what is said.
    pub answer: Duration,
    /// For the answer after the final dot: a server that is given up too early has the message twice.
    pub last_answer: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        let seconds = Duration::from_secs;
        Self { connect: seconds(30), answer: seconds(120), last_answer: seconds(600) }
    }
}

/// Who logs in, and with what.
#[derive(Clone, PartialEq, Eq)]
pub struct Login {
    /// The name.
    pub user: String,
    /// The password: never kept and never shown.
    pub password: String,
}

impl std::fmt::Debug for Login {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Login({:?})", self.user)
    }
}

/// A server, and how it is spoken to.
#[derive(Clone, Debug)]
pub struct Server {
    /// Its name, which its certificate must have.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the line is closed to others.
    pub tls: Tls,
    /// Who logs in; without, nobody does.
    pub login: Option<Login>,
    /// A certificate that is trusted beside the usual ones, as PEM.
    pub authority: Option<Vec<u8>>,
    /// How long each step may take.
    pub patience: Patience,
}

/// Why there is no conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shut {
    /// There is no server, or what is there is none.
    Unreachable(String),
    /// It says later.
    Busy(String),
    /// It does not want us.
    Unwelcome(String),
}

/// A conversation in which messages can be handed over.
pub struct Conversation {
    wire: Wire,
    host: String,
    patience: Patience,
    is_open: bool,
    /// Whether a message was begun and not finished.
    is_begun: bool,
}

impl Conversation {
    /// Calls a server, closes the line to others, logs in.
    pub fn open(server: &Server) -> Result<Self, Shut> {
        let mut talk = Self {
            wire: call(server)?,
            host: server.host.clone(),
            patience: server.patience,
            is_open: true,
            is_begun: false,
        };
        if server.tls == Tls::FromTheStart {
            talk.close_to_others(server)?;
        }
        let greeting = talk.wire.hear(talk.patience.answer).map_err(|it| talk.no_line(&it))?;
        talk.expect(&greeting, 220..=220)?;
        let mut offers = talk.greet()?;
        if server.tls == Tls::StartTls {
            if !offers_word(&offers, "STARTTLS") {
                return Err(Shut::Unwelcome(talk.reason("reply-no-tls")));
            }
            let reply = talk.ask("STARTTLS").map_err(|it| talk.no_line(&it))?;
            talk.expect(&reply, 220..=220)?;
            talk.close_to_others(server)?;
            offers = talk.greet()?;
        }
        if let Some(login) = &server.login {
            talk.log_in(login, &offers)?;
        }
        Ok(talk)
    }

    /// Tells whether another message can be handed over.
    pub const fn is_open(&self) -> bool {
        self.is_open
    }

    /// Says from whom and to whom. Nothing of the message has gone out afterwards.
    pub fn address(&mut self, from: &Address, to: &Address) -> Result<(), Ending> {
        if self.is_begun {
            self.step("RSET", 250..=250)?;
        }
        self.is_begun = true;
        match self.step(&format!("MAIL FROM:<{from}>"), 250..=259) {
            // Whoever may not send at all may not send the next one either.
            Err(Ending::Refused(reply)) => return Err(Ending::Unwelcome(reply)),
            done => done?,
        }
        self.step(&format!("RCPT TO:<{to}>"), 250..=259)
    }

    /// Hands the message over. Only when the final dot has gone out and no answer came, nobody knows.
    pub fn content(&mut self, message: &[u8]) -> Ending {
        if let Err(ending) = self.step("DATA", 354..=354) {
            return ending;
        }
        let dotted = dotted(message);
        if let Err(error) = self.wire.say(&dotted, self.patience.answer) {
            return Ending::Cut(self.broken(&error));
        }
        let heard = self
            .wire
            .say(b".\r\n", self.patience.answer)
            .and_then(|()| self.wire.hear(self.patience.last_answer));
        match heard {
            Ok(reply) if (250..=259).contains(&reply.code) => {
                self.is_begun = false;
                Ending::Accepted(self.words(&reply))
            }
            Ok(reply) => self.judge(&reply).unwrap_or_else(|| {
                self.is_open = false;
                Ending::Unknown(self.words(&reply))
            }),
            Err(error) => Ending::Unknown(self.broken(&error)),
        }
    }

    /// Takes leave. What the server says to that is of no account.
    pub fn close(mut self) {
        if self.is_open {
            self.patience.answer = self.patience.answer.min(LEAVE);
            let _ = self.ask("QUIT");
        }
    }

    fn step(&mut self, command: &str, fine: std::ops::RangeInclusive<u16>) -> Result<(), Ending> {
        let reply = match self.ask(command) {
            Ok(reply) => reply,
            Err(error) => return Err(Ending::Cut(self.broken(&error))),
        };
        if fine.contains(&reply.code) {
            return Ok(());
        }
        Err(self.judge(&reply).unwrap_or_else(|| {
            self.is_open = false;
            Ending::Cut(self.words(&reply))
        }))
    }

    /// Judges an answer that is not the one hoped for; `None` when it says yes to something else.
    fn judge(&mut self, reply: &Reply) -> Option<Ending> {
        let words = self.words(reply);
        if reply.code == 421 {
            self.is_open = false;
        }
        match reply.code {
            530 | 534 | 535 | 538 => {
                self.is_open = false;
                Some(Ending::Unwelcome(words))
            }
            400..=499 => Some(Ending::Later(words)),
            500..=599 => Some(Ending::Refused(words)),
            _ => None,
        }
    }

    fn ask(&mut self, command: &str) -> io::Result<Reply> {
        self.wire.say(format!("{command}\r\n").as_bytes(), self.patience.answer)?;
        self.wire.hear(self.patience.answer)
    }

    /// Greets with the number of this end: a name would have to be one that the server finds.
    fn greet(&mut self) -> Result<Reply, Shut> {
        let own = self.wire.own_address().map_err(|it| self.no_line(&it))?;
        let name = match own {
            SocketAddr::V4(it) => format!("[{}]", it.ip()),
            SocketAddr::V6(it) => format!("[IPv6:{}]", it.ip()),
        };
        let reply = self.ask(&format!("EHLO {name}")).map_err(|it| self.no_line(&it))?;
        self.expect(&reply, 250..=250)?;
        Ok(reply)
    }

    fn close_to_others(&mut self, server: &Server) -> Result<(), Shut> {
        let config = tls(server.authority.as_deref())
            .map_err(|error| Shut::Unwelcome(said(&Problem::new("reply-tls").with("error", error))))?;
        self.wire.close_to_others(&server.host, config, self.patience.answer).map_err(|error| {
            match error.kind() {
                ErrorKind::TimedOut | ErrorKind::WouldBlock | ErrorKind::UnexpectedEof => {
                    self.no_line(&error)
                }
                _ => Shut::Unreachable(said(
                    &Problem::new("reply-tls-failed").with("server", &server.host).with("error", error),
                )),
            }
        })
    }

    fn log_in(&mut self, login: &Login, offers: &Reply) -> Result<(), Shut> {
        let mechanisms = offered(offers, "AUTH");
        let offers = |wanted: &str| mechanisms.iter().any(|it| it.eq_ignore_ascii_case(wanted));
        let reply = if offers("PLAIN") {
            let secret = base64(format!("\0{}\0{}", login.user, login.password).as_bytes());
            self.ask(&format!("AUTH PLAIN {secret}"))
        } else if offers("LOGIN") {
            let user = self.ask("AUTH LOGIN");
            let password = match user {
                Ok(reply) if reply.code == 334 => self.ask(&base64(login.user.as_bytes())),
                other => other,
            };
            match password {
                Ok(reply) if reply.code == 334 => self.ask(&base64(login.password.as_bytes())),
                other => other,
            }
        } else {
            return Err(Shut::Unwelcome(self.reason("reply-no-login")));
        };
        let reply = reply.map_err(|it| self.no_line(&it))?;
        self.expect(&reply, 235..=235)
    }

    fn expect(&self, reply: &Reply, fine: std::ops::RangeInclusive<u16>) -> Result<(), Shut> {
        let words = self.words(reply);
        match reply.code {
            code if fine.contains(&code) => Ok(()),
            400..=499 => Err(Shut::Busy(words)),
            500..=599 => Err(Shut::Unwelcome(words)),
            _ => Err(Shut::Unreachable(self.reason("reply-not-a-server"))),
        }
    }

    fn words(&self, reply: &Reply) -> String {
        format!("{}: {}", self.host, reply.words())
    }

    fn reason(&self, key: &str) -> String {
        said(&Problem::new(key).with("server", &self.host))
    }

    fn no_line(&self, error: &io::Error) -> Shut {
        Shut::Unreachable(self.reason(why(error)))
    }

    fn broken(&mut self, error: &io::Error) -> String {
        self.is_open = false;
        self.reason(why(error))
    }
}

/// Tells whether a refusal reads as one to carry anything beyond the server's own people. It is a guess: what servers say
/// of one whom they do not know can speak of relays, too.
pub fn denies_relay(reply: &str) -> bool {
    let reply = reply.to_ascii_lowercase();
    let denied = ["denied", "not permitted", "not allowed", "prohibited", "unable to relay", "5.7."];
    reply.contains("relay") && !reply.contains("5.1.") && denied.iter().any(|it| reply.contains(it))
}

/// Calls the addresses of a server one after the other.
fn call(server: &Server) -> Result<Wire, Shut> {
    let reason = |key: &str| said(&Problem::new(key).with("server", &server.host));
    let found = (server.host.as_str(), server.port).to_socket_addrs();
    let addresses: Vec<SocketAddr> = found.map(Iterator::collect).unwrap_or_default();
    if addresses.is_empty() {
        return Err(Shut::Unreachable(reason("reply-no-such-server")));
    }
    if server.tls == Tls::NoneOnLoopback && !addresses.iter().all(|it| it.ip().to_canonical().is_loopback()) {
        return Err(Shut::Unwelcome(reason("reply-not-loopback")));
    }
    let answering = addresses.iter().find_map(|it| Wire::call(it, server.patience.connect).ok());
    answering.ok_or_else(|| Shut::Unreachable(reason("reply-no-connection")))
}

fn why(error: &io::Error) -> &'static str {
    match error.kind() {
        ErrorKind::TimedOut | ErrorKind::WouldBlock => "reply-too-slow",
        ErrorKind::InvalidData => "reply-not-a-server",
        _ => "reply-cut",
    }
}

/// Returns what follows a word in what a server offers.
fn offered<'a>(offers: &'a Reply, word: &str) -> Vec<&'a str> {
    let lines = offers.lines.iter().skip(1).map(|it| it.split(' '));
    let mut named =
        lines.filter_map(|mut it| it.next().filter(|it| it.eq_ignore_ascii_case(word)).map(|_| it));
    named.next().map(Iterator::collect).unwrap_or_default()
}

fn offers_word(offers: &Reply, word: &str) -> bool {
    let words = offers.lines.iter().skip(1).filter_map(|it| it.split(' ').next());
    words.into_iter().any(|it| it.eq_ignore_ascii_case(word))
}

/// Doubles the dot at the beginning of a line, and ends the last one: only the final dot stands alone.
fn dotted(message: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(message.len() + 64);
    let mut begins = true;
    for byte in message {
        if begins && *byte == b'.' {
            out.push(b'.');
        }
        out.push(*byte);
        begins = *byte == b'\n';
    }
    if !out.ends_with(b"\r\n") {
        out.extend(b"\r\n");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_final_dot_stands_alone() {
        for (message, on_the_line) in [
            ("a\r\n", "a\r\n"),
            ("a", "a\r\n"),
            ("", "\r\n"),
            (".\r\n", "..\r\n"),
            ("a\r\n.\r\nb\r\n..c\r\n", "a\r\n..\r\nb\r\n...c\r\n"),
            ("a\n.\nb", "a\n..\nb\r\n"),
            ("a.b\r\n", "a.b\r\n"),
        ] {
            assert_eq!(String::from_utf8(dotted(message.as_bytes())).unwrap(), on_the_line, "{message:?}");
        }
    }

    #[test]
    fn offers_of_servers() {
        let lines = ["STARTTLS", "size 35", "auth LOGIN plain", "starttls", "", "STARTTLSX"];
        let offers = Reply { code: 250, lines: lines.map(str::to_owned).into() };
        assert!(offers_word(&offers, "STARTTLS"));
        assert_eq!(offered(&offers, "AUTH"), ["LOGIN", "plain"]);
        assert_eq!(offered(&offers, "X"), Vec::<&str>::new());
        let none = Reply { code: 250, lines: vec!["STARTTLS".to_owned()] };
        assert!(!offers_word(&none, "STARTTLS"), "the first line is a name");
    }

    #[test]
    fn a_server_that_carries_for_nobody() {
        for (reply, denies) in [
            ("s: 554 5.7.1 <a@b.c>: Relay access denied", true),
            ("s: 550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain", true),
            ("s: 550 relay not permitted", true),
            (
                "s: 550 5.1.1 <a@b.c>: Recipient address rejected: User unknown in relay recipient table",
                false,
            ),
            ("s: 550 5.1.1 relaying denied for this one", false),
            ("s: 550 5.7.1 blocked", false),
            ("s: 550 mailbox unavailable", false),
        ] {
            assert_eq!(denies_relay(reply), denies, "{reply}");
        }
    }

    #[test]
    fn a_password_is_never_shown() {
        let login = Login { user: "awa".into(), password: "secret".into() };
        assert!(!format!("{login:?}").contains("secret"));
    }
}
