//! A bucket of an S3-type store as a place.

use std::net::IpAddr;
use std::time::Duration;

use rusty_s3::actions::ListObjectsV2;
use rusty_s3::{Bucket, Credentials, S3Action, UrlStyle};
use ureq::http::Response;
use ureq::{Agent, Body, Error};

use super::{Laid, too_large};
use crate::model::problem::Problem;
use crate::sync::target::S3Target;

/// A signature holds so long: a clock that is behind by hours still gets through.
const SIGNED_FOR: Duration = Duration::from_hours(24);
/// How long the other side may say nothing.
const PATIENCE: Duration = Duration::from_mins(1);
/// Most bytes of a listing's page, or of an explanation.
const PAGE_BYTES_MAX: u64 = 4 << 20;
/// Most pages of a listing: a server that never ends is left.
const PAGES_MAX: usize = 10_000;
/// A server that is busy is asked so many times.
const ATTEMPTS: u64 = 3;
const REGION: &str = "us-east-1";

/// A bucket, with what is needed to ask it.
pub struct BucketPlace {
    bucket: Bucket,
    credentials: Credentials,
    prefix: String,
    host: String,
    agent: Agent,
}

/// Makes sure that an address is one to which keys and data may be sent.
pub fn check(target: &S3Target) -> Result<(), Problem> {
    bucket(target).map(|_| ())
}

fn bucket(target: &S3Target) -> Result<Bucket, Problem> {
    let region = target.region.as_deref().unwrap_or(REGION).to_owned();
    let amazon = || format!("https://s3.{region}.amazonaws.com");
    let address = target.endpoint.clone().unwrap_or_else(amazon);
    let wrong = || Problem::new("endpoint-unreadable").with("text", &address);
    // Buckets with dots in their names are no name of a host that a certificate covers.
    let is_path = target.endpoint.is_some() || target.bucket.contains('.');
    let style = if is_path { UrlStyle::Path } else { UrlStyle::VirtualHost };
    if address.contains('@') {
        return Err(Problem::new("endpoint-with-key"));
    }
    let bucket = Bucket::new(address.parse().map_err(|_| wrong())?, style, target.bucket.clone(), region);
    let bucket = bucket.map_err(|_| wrong())?;
    let host = bucket.base_url().host_str().unwrap_or_default();
    if bucket.base_url().scheme() != "https" && !is_here(host) {
        return Err(Problem::new("endpoint-open").with("host", host));
    }
    Ok(bucket)
}

/// Tells whether a host is this machine.
fn is_here(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || address.parse::<IpAddr>().is_ok_and(|it| it.is_loopback())
}

impl BucketPlace {
    /// Prepares to ask a bucket; nothing is sent yet.
    pub fn open(target: &S3Target, credentials: Option<&Credentials>) -> Result<Self, Problem> {
        Self::patient(target, credentials, PATIENCE)
    }

    fn patient(
        target: &S3Target,
        credentials: Option<&Credentials>,
        patience: Duration,
    ) -> Result<Self, Problem> {
        let bucket = bucket(target)?;
        let credentials = credentials.cloned().ok_or_else(|| Problem::new("credentials-missing"))?;
        let wait = Some(patience);
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_resolve(wait)
            .timeout_connect(wait)
            .timeout_recv_response(wait)
            .timeout_per_read(wait)
            .timeout_per_write(wait)
            .user_agent("chantier");
        let host = bucket.base_url().host_str().unwrap_or_default().to_owned();
        Ok(Self {
            bucket,
            credentials,
            prefix: target.prefix.clone(),
            host,
            agent: config.build().new_agent(),
        })
    }

    /// Lists what lies below a folder of the place.
    pub fn list(&self, folder: &str) -> Result<Vec<Laid>, Problem> {
        let mut laid = Vec::new();
        let mut token = None;
        for _ in 0..PAGES_MAX {
            let page = self.page(&format!("{}{folder}/", self.prefix), token.take())?;
            for object in page.contents {
                if let Some(name) = object.key.strip_prefix(&self.prefix) {
                    laid.push(Laid { name: name.to_owned(), bytes: object.size.unwrap_or(0) });
                }
            }
            token = page.next_continuation_token;
            if token.is_none() {
                laid.sort_by(|a, b| a.name.cmp(&b.name));
                return Ok(laid);
            }
        }
        Err(self.not_a_store())
    }

    fn page(
        &self,
        prefix: &str,
        token: Option<String>,
    ) -> Result<rusty_s3::actions::ListObjectsV2Response, Problem> {
        let mut action = self.bucket.list_objects_v2(Some(&self.credentials));
        action.with_prefix(prefix);
        if let Some(token) = token {
            action.with_continuation_token(token);
        }
        let address = action.sign(SIGNED_FOR);
        let mut response = self.ask(|| self.agent.get(address.as_str()).call())?;
        if response.status() != 200 {
            return Err(self.refused(&mut response));
        }
        let text = response.body_mut().with_config().limit(PAGE_BYTES_MAX).lossy_utf8(true).read_to_string();
        ListObjectsV2::parse_response(&text.map_err(|error| self.cut(&error))?)
            .map_err(|_| self.not_a_store())
    }

    /// Reads an object of at most so many bytes.
    pub fn get(&self, name: &str, bytes_max: u64) -> Result<Vec<u8>, Problem> {
        let object = format!("{}{name}", self.prefix);
        let address = self.bucket.get_object(Some(&self.credentials), &object).sign(SIGNED_FOR);
        let mut response = self.ask(|| self.agent.get(address.as_str()).call())?;
        if response.status() != 200 {
            return Err(self.refused(&mut response));
        }
        if response.body().content_length().is_some_and(|it| it > bytes_max) {
            return Err(too_large(name));
        }
        match response.body_mut().with_config().limit(bytes_max + 1).read_to_vec() {
            Ok(content) if content.len() as u64 <= bytes_max => Ok(content),
            Ok(_) | Err(Error::BodyExceedsLimit(_)) => Err(too_large(name)),
            Err(error) => Err(self.cut(&error)),
        }
    }

    /// Lays down an object unless one of that name is there. Returns whether it was laid down now.
    pub fn put(&self, name: &str, content: &[u8]) -> Result<bool, Problem> {
        let object = format!("{}{name}", self.prefix);
        let address = self.bucket.put_object(Some(&self.credentials), &object).sign(SIGNED_FOR);
        let put = || self.agent.put(address.as_str()).header("If-None-Match", "*").send(content);
        let mut response = self.ask(put)?;
        match response.status().as_u16() {
            200 | 201 | 204 => Ok(true),
            412 => Ok(false),
            _ => Err(self.refused(&mut response)),
        }
    }

    /// Asks, again when the server is only busy. Whatever is asked may be asked twice.
    fn ask(&self, ask: impl Fn() -> Result<Response<Body>, Error>) -> Result<Response<Body>, Problem> {
        let mut attempt = 1;
        loop {
            let response = ask().map_err(|error| self.cut(&error))?;
            let is_busy = matches!(response.status().as_u16(), 409 | 429 | 500 | 502 | 503 | 504);
            if !is_busy || attempt == ATTEMPTS {
                return Ok(response);
            }
            std::thread::sleep(Duration::from_millis(200) * u32::try_from(attempt).unwrap_or(1));
            attempt += 1;
        }
    }

    /// Says why nothing came back, or only a part.
    fn cut(&self, error: &Error) -> Problem {
        let key = match error {
            Error::HostNotFound => "bucket-host-unknown",
            Error::Timeout(_) => "bucket-silent",
            Error::Tls(_) | Error::Rustls(_) => "bucket-untrusted",
            Error::Io(error) if error.get_ref().is_some_and(|it| it.to_string().contains("certificate")) => {
                "bucket-untrusted"
            }
            Error::Io(_) | Error::ConnectionFailed => "bucket-unreachable",
            _ => "bucket-line",
        };
        Problem::new(key).with("host", &self.host).with("error", error)
    }

    fn not_a_store(&self) -> Problem {
        Problem::new("bucket-foreign").with("host", &self.host)
    }

    /// Says what the server did not like.
    fn refused(&self, response: &mut Response<Body>) -> Problem {
        let status = response.status().as_u16();
        let text = response.body_mut().with_config().limit(PAGE_BYTES_MAX).lossy_utf8(true).read_to_string();
        let text = text.unwrap_or_default();
        let code = code(&text);
        let key = match (status, code.as_str()) {
            (_, "RequestTimeTooSkewed") => "bucket-clock",
            (_, "AccessDenied") if text.contains("expired") || text.contains("not valid yet") => {
                "bucket-clock"
            }
            (_, "InvalidAccessKeyId" | "SignatureDoesNotMatch" | "InvalidToken" | "ExpiredToken") => {
                "bucket-credentials"
            }
            (_, "NoSuchBucket") => "bucket-missing",
            (301 | 302 | 307 | 308, _)
            | (_, "AuthorizationHeaderMalformed" | "AuthorizationQueryParametersError") => "bucket-elsewhere",
            (401 | 403, _) => "bucket-forbidden",
            (500..=599, _) => "bucket-failing",
            _ => "bucket-refuses",
        };
        let code = if code.is_empty() { status.to_string() } else { format!("{status} {code}") };
        Problem::new(key).with("host", &self.host).with("bucket", self.bucket.name()).with("code", code)
    }
}

/// Finds the code of an error: `<Code>NoSuchBucket</Code>`. It comes from outside: only letters are kept.
fn code(text: &str) -> String {
    let found = text.split_once("<Code>").and_then(|(_, rest)| rest.split_once("</Code>"));
    let code = found.map_or("", |it| it.0);
    code.chars().filter(char::is_ascii_alphanumeric).take(60).collect()
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use super::*;
    use crate::sync::target::Target;

    fn target(text: &str) -> S3Target {
        let Target::S3(target) = Target::read(text).unwrap() else { panic!("a bucket: {text}") };
        target
    }

    #[test]
    fn nothing_is_sent_in_the_open_but_to_this_machine() {
        for (text, key) in [
            ("s3://suivi", None),
            ("s3://suivi?endpoint=https://s3.exemple.org", None),
            ("s3://suivi?endpoint=http://127.0.0.1:9000", None),
            ("s3://suivi?endpoint=http://[::1]:9000", None),
            ("s3://suivi?endpoint=http://localhost:9000", None),
            ("s3://suivi?endpoint=http://s3.exemple.org", Some("endpoint-open")),
            ("s3://suivi?endpoint=http://localhost.exemple.org", Some("endpoint-open")),
            ("s3://suivi?endpoint=http://127.0.0.1@exemple.org", Some("endpoint-with-key")),
            ("s3://suivi?endpoint=https://cle:secret@exemple.org", Some("endpoint-with-key")),
            ("s3://suivi?endpoint=https://", Some("endpoint-unreadable")),
        ] {
            assert_eq!(check(&target(text)).err().map(|it| it.key).as_deref(), key, "{text}");
        }
    }

    #[test]
    fn a_server_that_says_nothing_is_left() {
        let silent = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = silent.local_addr().unwrap();
        let target = target(&format!("s3://suivi?endpoint=http://{address}"));
        let credentials = Credentials::new("key", "secret");
        let patience = Duration::from_millis(50);
        let place = BucketPlace::patient(&target, Some(&credentials), patience).unwrap();
        assert_eq!(place.list("aa").unwrap_err().key, "bucket-silent");
        drop(silent);
        assert_eq!(place.list("aa").unwrap_err().key, "bucket-unreachable");
        assert_eq!(BucketPlace::open(&target, None).err().unwrap().key, "credentials-missing");
    }

    #[test]
    fn codes_of_errors_are_cleaned() {
        assert_eq!(code("<Error><Code>NoSuchBucket</Code></Error>"), "NoSuchBucket");
        assert_eq!(code("<Code>\u{1b}[2J</Code>"), "2J");
        assert_eq!(code("<html>"), "");
    }
}
