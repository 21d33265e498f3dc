//! A small S3-type server in this process: as much of one as an exchange asks for, and its moods.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// How the server feels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    /// It does what it is asked.
    Well,
    /// It answers with a status and a code.
    Answers(u16, &'static str),
    /// It is busy for so many requests, then well.
    Busy(u32),
    /// It sends half of an answer and hangs up.
    Cuts,
    /// It is some other web server.
    Page,
}

type Objects = Arc<Mutex<BTreeMap<String, Vec<u8>>>>;

/// The server, on a port of its own.
pub struct BucketServer {
    pub objects: Objects,
    pub mood: Arc<Mutex<Mood>>,
    pub asked: Arc<Mutex<Vec<String>>>,
    address: String,
}

/// A page of a listing has so few objects that every test turns pages.
const PAGE: usize = 2;

impl BucketServer {
    /// Starts to listen.
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let server = Self {
            objects: Arc::default(),
            mood: Arc::new(Mutex::new(Mood::Well)),
            asked: Arc::default(),
            address: listener.local_addr().unwrap().to_string(),
        };
        let (objects, mood, asked) = (server.objects.clone(), server.mood.clone(), server.asked.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (objects, mood, asked) = (objects.clone(), mood.clone(), asked.clone());
                std::thread::spawn(move || serve(stream, &objects, &mood, &asked));
            }
        });
        server
    }

    /// Returns the address of a place in the bucket `suivi`.
    pub fn place(&self) -> String {
        format!("s3://suivi/cellule?endpoint=http://{}", self.address)
    }

    /// Changes the mood.
    pub fn feel(&self, mood: Mood) {
        *self.mood.lock().unwrap() = mood;
    }
}

struct Asked {
    method: String,
    path: String,
    query: BTreeMap<String, String>,
    if_none_match: bool,
    body: Vec<u8>,
}

fn read(stream: &TcpStream) -> Option<Asked> {
    let mut input = BufReader::new(stream);
    let mut line = String::new();
    input.read_line(&mut line).ok()?;
    let mut words = line.split_whitespace();
    let (method, target) = (words.next()?.to_owned(), words.next()?.to_owned());
    let (path, query) = target.split_once('?').unwrap_or((&target, ""));
    let query = query.split('&').filter_map(|it| it.split_once('=')).map(|(a, b)| (decode(a), decode(b)));
    let (mut length, mut if_none_match) = (0, false);
    loop {
        let mut header = String::new();
        input.read_line(&mut header).ok()?;
        let header = header.trim().to_ascii_lowercase();
        if header.is_empty() {
            break;
        }
        if let Some(value) = header.strip_prefix("content-length:") {
            length = value.trim().parse().ok()?;
        }
        if_none_match |= header == "if-none-match: *";
    }
    let mut body = vec![0; length];
    input.read_exact(&mut body).ok()?;
    Some(Asked { method, path: decode(path), query: query.collect(), if_none_match, body })
}

fn decode(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next().unwrap(), rest.next().unwrap()];
            bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap());
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).unwrap()
}

fn serve(mut stream: TcpStream, objects: &Objects, mood: &Mutex<Mood>, asked: &Mutex<Vec<String>>) {
    let Some(request) = read(&stream) else { return };
    asked.lock().unwrap().push(format!("{} {}", request.method, request.path));
    let now = {
        let mut mood = mood.lock().unwrap();
        let now = *mood;
        if let Mood::Busy(times) = now {
            *mood = if times <= 1 { Mood::Well } else { Mood::Busy(times - 1) };
        }
        now
    };
    let (status, body) = match now {
        Mood::Answers(status, code) => (status, error(code)),
        Mood::Busy(_) => (503, error("SlowDown")),
        Mood::Page => (200, b"<html>Bienvenue</html>".to_vec()),
        Mood::Well | Mood::Cuts => answer(&request, objects),
    };
    let head = format!("HTTP/1.1 {status} x\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
    let whole = [head.as_bytes(), &body].concat();
    let sent = if now == Mood::Cuts { &whole[..whole.len() - body.len() / 2 - 1] } else { &whole[..] };
    let _ = stream.write_all(sent);
}

fn error(code: &str) -> Vec<u8> {
    format!("<?xml version=\"1.0\"?><Error><Code>{code}</Code></Error>").into_bytes()
}

fn answer(request: &Asked, objects: &Objects) -> (u16, Vec<u8>) {
    let is_signed = request.query.get("X-Amz-Signature").is_some_and(|it| it.len() == 64)
        && request.query.get("X-Amz-Credential").is_some_and(|it| it.starts_with("cle/"));
    if !is_signed {
        return (403, error("AccessDenied"));
    }
    let mut objects = objects.lock().unwrap();
    let Some(key) = request.path.strip_prefix("/suivi") else { return (404, error("NoSuchBucket")) };
    let key = key.trim_start_matches('/');
    match request.method.as_str() {
        "GET" if key.is_empty() => (200, listing(request, &objects)),
        "GET" => objects.get(key).map_or_else(|| (404, error("NoSuchKey")), |it| (200, it.clone())),
        "PUT" if !request.if_none_match => (400, error("MissingCondition")),
        "PUT" if objects.contains_key(key) => (412, error("PreconditionFailed")),
        "PUT" => {
            objects.insert(key.to_owned(), request.body.clone());
            (200, Vec::new())
        }
        _ => (405, error("MethodNotAllowed")),
    }
}

fn listing(request: &Asked, objects: &BTreeMap<String, Vec<u8>>) -> Vec<u8> {
    let prefix = request.query.get("prefix").cloned().unwrap_or_default();
    let after = request.query.get("continuation-token").cloned().unwrap_or_default();
    let found: Vec<_> = objects.iter().filter(|(key, _)| key.starts_with(&prefix) && **key > after).collect();
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Name>suivi</Name><EncodingType>url</EncodingType>",
    );
    for (key, content) in found.iter().take(PAGE) {
        text.push_str(&format!(
            "<Contents><Key>{}</Key><Size>{}</Size></Contents>",
            key.replace('/', "%2F"),
            content.len()
        ));
    }
    let is_cut = found.len() > PAGE;
    text.push_str(&format!("<IsTruncated>{is_cut}</IsTruncated>"));
    if is_cut {
        text.push_str(&format!("<NextContinuationToken>{}</NextContinuationToken>", found[PAGE - 1].0));
    }
    text.push_str("</ListBucketResult>");
    text.into_bytes()
}
