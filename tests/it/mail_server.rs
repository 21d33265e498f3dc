//! A mail server in this process: as much of one as a message needs, and its moods at each point.

use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use crate::desk::fixture;

/// Where in a conversation the server is asked for its mood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Point {
    Greeting,
    Hello,
    Tls,
    Login,
    Sender,
    Recipient,
    Data,
    /// The first line of the message is here.
    Content,
    /// The final dot is here.
    Dot,
}

/// How the server feels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    /// It does what it is asked.
    Well,
    /// It says a number.
    Says(u16),
    /// It says this, whatever that is.
    SaysThis(&'static str),
    /// It hangs up.
    HangsUp,
    /// It keeps the message and hangs up before it says so.
    KeepsAndHangsUp,
    /// It says nothing.
    Silent,
    /// It goes on talking without end.
    Pours,
    /// It says a letter now and then.
    Trickles,
}

/// A message as it arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrived {
    pub from: String,
    pub to: String,
    pub content: Vec<u8>,
}

impl Arrived {
    /// Returns a header.
    pub fn header(&self, name: &str) -> String {
        let text = String::from_utf8(self.content.clone()).unwrap();
        let line = text.lines().find_map(|it| it.strip_prefix(&format!("{name}: ")).map(str::to_owned));
        line.unwrap_or_default()
    }
}

type Feeling = Box<dyn FnMut(Point, &str) -> Mood + Send>;

struct Shared {
    feels: Mutex<Feeling>,
    arrived: Mutex<Vec<Arrived>>,
    heard: Mutex<Vec<String>>,
    calls: AtomicUsize,
    poured: AtomicUsize,
    offers: Mutex<&'static [&'static str]>,
    tls: Option<Arc<ServerConfig>>,
}

/// The server, on a port of its own.
#[derive(Clone)]
pub struct MailServer {
    shared: Arc<Shared>,
    pub port: u16,
}

impl MailServer {
    /// Starts to listen, well.
    pub fn start() -> Self {
        Self::with(&["AUTH PLAIN LOGIN"], None)
    }

    /// Starts to listen, with what it offers and the certificate that it has.
    pub fn with(offers: &'static [&'static str], certificate: Option<&str>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let shared = Arc::new(Shared {
            feels: Mutex::new(Box::new(|_, _| Mood::Well)),
            arrived: Mutex::default(),
            heard: Mutex::default(),
            calls: AtomicUsize::new(0),
            poured: AtomicUsize::new(0),
            offers: Mutex::new(offers),
            tls: certificate.map(tls),
        });
        let server = Self { shared: shared.clone(), port };
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let shared = shared.clone();
                shared.calls.fetch_add(1, Ordering::SeqCst);
                std::thread::spawn(move || {
                    let mut talk = Talk { line: Line::Plain(stream), shared: &shared, to: String::new() };
                    let _ = talk.serve();
                });
            }
        });
        server
    }

    /// Asks this for its mood at each point, with the addressee so far.
    pub fn feels(&self, feels: impl FnMut(Point, &str) -> Mood + Send + 'static) {
        *self.shared.feels.lock().unwrap() = Box::new(feels);
    }

    /// Has one mood at a point, and is well otherwise.
    pub fn feels_at(&self, at: Point, mood: Mood) {
        self.feels(move |point, _| if point == at { mood } else { Mood::Well });
    }

    /// Returns what arrived and was kept.
    pub fn arrived(&self) -> Vec<Arrived> {
        self.shared.arrived.lock().unwrap().clone()
    }

    /// Returns the commands that were heard.
    pub fn heard(&self) -> Vec<String> {
        self.shared.heard.lock().unwrap().clone()
    }

    /// Returns how often somebody called.
    pub fn calls(&self) -> usize {
        self.shared.calls.load(Ordering::SeqCst)
    }

    /// Returns how many bytes were poured out.
    pub fn poured(&self) -> usize {
        self.shared.poured.load(Ordering::SeqCst)
    }
}

fn tls(certificate: &str) -> Arc<ServerConfig> {
    let chain = vec![CertificateDer::from_pem_file(fixture(&format!("mail/{certificate}.pem"))).unwrap()];
    let key = PrivateKeyDer::from_pem_file(fixture("mail/server.key")).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    Arc::new(config.with_no_client_auth().with_single_cert(chain, key).unwrap())
}

enum Line {
    Plain(TcpStream),
    Closed(Box<StreamOwned<ServerConnection, TcpStream>>),
    Between,
}

struct Talk<'a> {
    line: Line,
    shared: &'a Shared,
    to: String,
}

impl Talk<'_> {
    fn serve(&mut self) -> io::Result<()> {
        self.answer(Point::Greeting, "220 essai")?;
        let mut from = String::new();
        loop {
            let command = self.hear()?;
            self.shared.heard.lock().unwrap().push(command.clone());
            let word = command.split(' ').next().unwrap_or_default().to_ascii_uppercase();
            match word.as_str() {
                "EHLO" => {
                    let offers = *self.shared.offers.lock().unwrap();
                    let closed = !matches!(self.line, Line::Plain(_));
                    let lines = offers.iter().filter(|it| !(closed && **it == "STARTTLS"));
                    let lines: Vec<String> = lines.map(|it| format!("250-{it}\r\n")).collect();
                    self.answer(Point::Hello, &format!("250-essai\r\n{}250 SIZE", lines.concat()))?;
                }
                "STARTTLS" => {
                    self.answer(Point::Tls, "220 go on")?;
                    self.close_to_others()?;
                }
                "AUTH" => self.log_in(&command)?,
                "RSET" | "NOOP" => self.say("250 ok\r\n")?,
                "MAIL" => {
                    from = address(&command);
                    self.answer(Point::Sender, "250 ok")?;
                }
                "RCPT" => {
                    self.to = address(&command);
                    self.answer(Point::Recipient, "250 ok")?;
                }
                "DATA" => {
                    if self.answer(Point::Data, "354 go on")? == 354 {
                        self.content(&from)?;
                    }
                }
                "QUIT" => return self.say("221 bye\r\n"),
                _ => self.say("500 what?\r\n")?,
            }
        }
    }

    fn log_in(&mut self, command: &str) -> io::Result<()> {
        let known = ["AUTH PLAIN AGF3YQBzw6ljcmV0", "YXdh", "c8OpY3JldA=="];
        if command.starts_with("AUTH LOGIN") {
            self.say("334 VXNlcm5hbWU6\r\n")?;
            let user = self.hear()?;
            self.say("334 UGFzc3dvcmQ6\r\n")?;
            let password = self.hear()?;
            let usual = if user == known[1] && password == known[2] { "235 ok" } else { "535 no" };
            self.answer(Point::Login, usual)?;
        } else {
            self.answer(Point::Login, if command == known[0] { "235 ok" } else { "535 no" })?;
        }
        Ok(())
    }

    fn content(&mut self, from: &str) -> io::Result<()> {
        let mut content = Vec::new();
        loop {
            let line = self.hear_bytes()?;
            if content.is_empty() {
                match self.mood(Point::Content) {
                    Mood::Well => {}
                    _ => return Err(io::ErrorKind::ConnectionAborted.into()),
                }
            }
            match line.as_slice() {
                b".\r\n" => break,
                [b'.', rest @ ..] => content.extend_from_slice(rest),
                line => content.extend_from_slice(line),
            }
        }
        let arrived = Arrived { from: from.to_owned(), to: self.to.clone(), content };
        let mood = self.mood(Point::Dot);
        if matches!(mood, Mood::Well | Mood::KeepsAndHangsUp) {
            self.shared.arrived.lock().unwrap().push(arrived);
        }
        self.answer_in(mood, "250 queued as 4711")?;
        Ok(())
    }

    fn mood(&self, point: Point) -> Mood {
        (self.shared.feels.lock().unwrap())(point, &self.to)
    }

    fn answer(&mut self, point: Point, usual: &str) -> io::Result<u16> {
        let mood = self.mood(point);
        self.answer_in(mood, usual)
    }

    /// Answers, and returns the number; hangs up where that is the mood.
    fn answer_in(&mut self, mood: Mood, usual: &str) -> io::Result<u16> {
        let gone = || io::Error::from(io::ErrorKind::ConnectionAborted);
        match mood {
            Mood::Well => {
                self.say(&format!("{usual}\r\n"))?;
                Ok(usual[..3].parse().unwrap())
            }
            Mood::Says(code) => {
                self.say(&format!("{code} said so\r\n"))?;
                if code == 421 { Err(gone()) } else { Ok(code) }
            }
            Mood::SaysThis(text) => {
                self.say(text)?;
                Ok(0)
            }
            Mood::HangsUp | Mood::KeepsAndHangsUp => Err(gone()),
            Mood::Silent => loop {
                self.hear_bytes()?;
            },
            Mood::Pours => {
                let piece = "x".repeat(64 << 10);
                for _ in 0..(1 << 14) {
                    self.say(&piece)?;
                    self.shared.poured.fetch_add(piece.len(), Ordering::SeqCst);
                }
                Err(gone())
            }
            Mood::Trickles => loop {
                self.say("2")?;
                std::thread::sleep(std::time::Duration::from_millis(2));
            },
        }
    }

    fn close_to_others(&mut self) -> io::Result<()> {
        let config = self.shared.tls.clone().ok_or(io::ErrorKind::Unsupported)?;
        if let Line::Plain(stream) = std::mem::replace(&mut self.line, Line::Between) {
            let connection = ServerConnection::new(config).map_err(io::Error::other)?;
            self.line = Line::Closed(Box::new(StreamOwned::new(connection, stream)));
        }
        Ok(())
    }

    fn say(&mut self, text: &str) -> io::Result<()> {
        match &mut self.line {
            Line::Plain(it) => it.write_all(text.as_bytes()),
            Line::Closed(it) => it.write_all(text.as_bytes()).and_then(|()| it.flush()),
            Line::Between => Err(io::ErrorKind::NotConnected.into()),
        }
    }

    fn hear(&mut self) -> io::Result<String> {
        let line = self.hear_bytes()?;
        Ok(String::from_utf8_lossy(&line).trim_end().to_owned())
    }

    fn hear_bytes(&mut self) -> io::Result<Vec<u8>> {
        let mut line = Vec::new();
        let mut byte = [0];
        while !line.ends_with(b"\n") {
            let read = match &mut self.line {
                Line::Plain(it) => it.read(&mut byte)?,
                Line::Closed(it) => it.read(&mut byte)?,
                Line::Between => 0,
            };
            if read == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            line.push(byte[0]);
        }
        Ok(line)
    }
}

fn address(command: &str) -> String {
    let after = command.split_once('<').map_or("", |it| it.1);
    after.split_once('>').map_or("", |it| it.0).to_owned()
}
