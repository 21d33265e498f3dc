//! A delivery as a message: the same bytes each time, so that a repeat is recognised.

use std::time::{Duration, SystemTime};

use chrono::NaiveDate;
use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Body, Mailbox, SinglePart};

use super::address::Address;
use super::encode::base32;
use crate::model::id::Id;
use crate::model::notice::DeliveryMark;
use crate::model::problem::Problem;
use crate::model::text::{clean_letter, clean_line};

/// Longest name and subject, in characters.
const NAME_CHARS_MAX: usize = 100;
const SUBJECT_CHARS_MAX: usize = 300;
/// Longest message, in bytes.
const BYTES_MAX: usize = 5 << 20;
/// The days that the format of dates knows, counted from 1970.
const DAYS_KNOWN: std::ops::RangeInclusive<i64> = 0..=2_932_000;

/// What is sent to one addressee.
#[derive(Clone, Copy, Debug)]
pub struct Letter<'a> {
    /// The delivery.
    pub delivery: Id<DeliveryMark>,
    /// Who sends.
    pub from: &'a Address,
    /// The name of who sends.
    pub from_name: &'a str,
    /// To whom.
    pub to: &'a Address,
    /// The name of the addressee.
    pub to_name: &'a str,
    /// Subject.
    pub subject: &'a str,
    /// The letter.
    pub body: &'a str,
    /// The day of the notice.
    pub day: NaiveDate,
}

impl Letter<'_> {
    /// Returns the name by which a repeat is recognised: of the delivery and its words, for other words are another message.
    pub fn message_id(&self) -> String {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&self.delivery.bytes());
        for words in [self.subject, self.body] {
            hasher.update(&(words.len() as u64).to_be_bytes());
            hasher.update(words.as_bytes());
        }
        format!("<{}@{}>", base32(&hasher.finalize().as_bytes()[..16]), self.from.domain())
    }

    /// Writes the message.
    pub fn bytes(&self) -> Result<Vec<u8>, Problem> {
        if self.body.len() > BYTES_MAX {
            return Err(too_large());
        }
        let unwritable =
            |error: &dyn std::fmt::Display| Problem::new("message-unwritable").with("error", error);
        let answered = HeaderName::new_from_ascii_str("Auto-Submitted");
        let message = lettre::Message::builder()
            .message_id(Some(self.message_id()))
            .date(instant(self.day))
            .from(mailbox(self.from_name, self.from)?)
            .to(mailbox(self.to_name, self.to)?)
            .subject(clean_line(self.subject, SUBJECT_CHARS_MAX))
            .raw_header(HeaderValue::new(answered, "auto-generated".to_owned()));
        let body = Body::new_with_encoding(clean_letter(self.body), ContentTransferEncoding::QuotedPrintable)
            .map_err(|_| unwritable(&"quoted-printable"))?;
        let part = SinglePart::builder().header(ContentType::TEXT_PLAIN).body(body);
        let bytes = message.singlepart(part).map_err(|it| unwritable(&it))?.formatted();
        if bytes.len() > BYTES_MAX { Err(too_large()) } else { Ok(bytes) }
    }
}

/// Returns a delivery as a name that a file may have.
pub fn name_of(delivery: Id<DeliveryMark>) -> String {
    base32(&delivery.bytes())
}

fn too_large() -> Problem {
    Problem::new("message-too-large").with("bytes", BYTES_MAX)
}

/// A line break in a name would be the end of the program: names are cleaned first.
fn mailbox(name: &str, address: &Address) -> Result<Mailbox, Problem> {
    let name = Some(clean_line(name, NAME_CHARS_MAX)).filter(|it| !it.is_empty());
    let address = lettre::Address::new(address.local(), address.domain())
        .map_err(|_| Problem::new("address-unreadable").with("address", address))?;
    Ok(Mailbox::new(name, address))
}

/// Returns the beginning of a day, within the days that the format knows.
fn instant(day: NaiveDate) -> SystemTime {
    let days = day.signed_duration_since(NaiveDate::default()).num_days();
    let days = days.clamp(*DAYS_KNOWN.start(), *DAYS_KNOWN.end()).unsigned_abs();
    SystemTime::UNIX_EPOCH + Duration::from_secs(days * 24 * 60 * 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> Address {
        Address::read(text, None).unwrap()
    }

    fn written(name: &str, subject: &str, body: &str) -> String {
        let (from, to) = (address("suivi@cellule.example"), address("mbonde@exemple.org"));
        let letter = Letter {
            delivery: Id::from_bytes(*b"0123456789abcdef"),
            from: &from,
            from_name: name,
            to: &to,
            to_name: name,
            subject,
            body,
            day: NaiveDate::from_ymd_opt(2026, 4, 6).unwrap(),
        };
        let bytes = letter.bytes().unwrap();
        assert_eq!(bytes, letter.bytes().unwrap(), "the same each time");
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn a_letter_as_it_goes_out() {
        let text = written("Mbondé SARL", "Pré-démobilisation", "Madame, Monsieur,\n\nR = 20 %.\n  . fin");
        insta::assert_snapshot!(text.replace("\r\n", "\n"), @r"
        Message-ID: <4gdtild2xzqoq6wyw5th3bwjri@cellule.example>
        Date: Mon, 06 Apr 2026 00:00:00 +0000
        From: =?utf-8?b?TWJvbmTDqSBTQVJM?= <suivi@cellule.example>
        To: =?utf-8?b?TWJvbmTDqSBTQVJM?= <mbonde@exemple.org>
        Subject: =?utf-8?b?UHLDqS1kw6ltb2JpbGlzYXRpb24=?=
        Auto-Submitted: auto-generated
        MIME-Version: 1.0
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: quoted-printable

        Madame, Monsieur,

        R =3D 20 %.
          . fin
        ");
        assert!(text.replace("\r\n", "").find(['\r', '\n']).is_none(), "every line ends with both");
    }

    #[test]
    fn other_words_are_another_message() {
        let named = |subject: &str, body: &str| {
            let text = written("Mbondé", subject, body);
            text.lines().find(|it| it.starts_with("Message-ID: ")).unwrap().to_owned()
        };
        assert_eq!(named("a", "b"), named("a", "b"));
        for (subject, body) in [("a", "c"), ("c", "b"), ("ab", ""), ("", "ab")] {
            assert_ne!(named("a", "b"), named(subject, body), "{subject:?} {body:?}");
        }
    }

    /// Names, subjects and bodies from the worst of senders: one header each, nothing that a server or a terminal obeys.
    #[test]
    fn hostile_words_stay_words() {
        let long = "x".repeat(10_000);
        let hostile = [
            "a\r\nBcc: b@exemple.org",
            "a\nb",
            "a\rb",
            "a\r\n\r\nb",
            "a\0b",
            "\u{1b}[2Ja",
            "\u{1f600}\u{1f600}",
            "\u{202e}a",
            "=?utf-8?q?a?=",
            "\"a\" <b@exemple.org>",
            "",
            "\r\n.\r\nMAIL FROM:<b@exemple.org>\r\n",
            ".",
            &long,
        ];
        for text in hostile {
            let message = written(text, text, text);
            let (head, body) = message.split_once("\r\n\r\n").unwrap();
            let names: Vec<&str> = head
                .lines()
                .filter(|it| !it.starts_with([' ', '\t']))
                .filter_map(|it| it.split_once(':').map(|it| it.0))
                .collect();
            assert_eq!(
                names,
                [
                    "Message-ID",
                    "Date",
                    "From",
                    "To",
                    "Subject",
                    "Auto-Submitted",
                    "MIME-Version",
                    "Content-Type",
                    "Content-Transfer-Encoding"
                ],
                "{text:?}"
            );
            assert!(message.is_ascii() && !message.contains(['\0', '\u{1b}']), "{text:?}");
            assert!(message.replace("\r\n", "").find(['\r', '\n']).is_none(), "{text:?}");
            assert!(message.lines().all(|it| it.len() < 998), "{text:?}");
            assert!(body.lines().all(|it| it.len() <= 76), "{text:?}");
        }
    }

    #[test]
    fn any_day_can_be_written() {
        let days = [NaiveDate::MIN, NaiveDate::MAX, NaiveDate::from_ymd_opt(1969, 12, 31).unwrap()];
        let (from, to) = (address("a@b.c"), address("d@e.f"));
        for day in days {
            let delivery = Id::from_bytes([0; 16]);
            let letter = Letter {
                delivery,
                from: &from,
                from_name: "",
                to: &to,
                to_name: "",
                subject: "",
                body: "",
                day,
            };
            assert!(letter.bytes().is_ok(), "{day}");
        }
    }

    #[test]
    fn a_book_is_no_letter() {
        let (from, to) = (address("a@b.c"), address("d@e.f"));
        let body = "é".repeat(1 << 20);
        let day = NaiveDate::default();
        let delivery = Id::from_bytes([0; 16]);
        let letter = Letter {
            delivery,
            from: &from,
            from_name: "",
            to: &to,
            to_name: "",
            subject: "",
            body: &body,
            day,
        };
        assert_eq!(letter.bytes().unwrap_err().key, "message-too-large");
    }
}
