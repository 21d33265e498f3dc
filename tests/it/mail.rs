//! A conversation with a mail server: each step, each answer, each break.

use std::time::Duration;

use chantier::notify::address::Address;
use chantier::notify::outbox::Ending;
use chantier::notify::smtp::{Conversation, Login, Patience, Server, Shut, Tls};

use crate::desk::fixture;
use crate::mail_server::{MailServer, Mood, Point};

/// As long as nobody waits for it: a server that is silent stays silent.
const SHORT: Duration = Duration::from_millis(40);

pub fn to(server: &MailServer) -> Server {
    Server {
        host: "localhost".into(),
        port: server.port,
        tls: Tls::NoneOnLoopback,
        login: None,
        authority: None,
        patience: Patience::default(),
    }
}

fn impatient(server: &MailServer) -> Server {
    Server { patience: Patience { connect: SHORT, answer: SHORT, last_answer: SHORT }, ..to(server) }
}

fn address(text: &str) -> Address {
    Address::read(text, None).unwrap()
}

fn hand_over(server: &Server, message: &[u8]) -> Result<Ending, Shut> {
    let mut talk = Conversation::open(server)?;
    if let Err(ending) = talk.address(&address("suivi@exemple.org"), &address("mbonde@exemple.org")) {
        return Ok(ending);
    }
    let ending = talk.content(message);
    talk.close();
    Ok(ending)
}

/// Which outcome it is, without words.
fn kind(outcome: &Result<Ending, Shut>) -> &'static str {
    match outcome {
        Err(Shut::Unreachable(_)) => "unreachable",
        Err(Shut::Busy(_)) => "busy",
        Err(Shut::Unwelcome(_)) | Ok(Ending::Unwelcome(_)) => "unwelcome",
        Ok(Ending::Accepted(_)) => "accepted",
        Ok(Ending::Later(_)) => "later",
        Ok(Ending::Refused(_)) => "refused",
        Ok(Ending::Cut(_)) => "cut",
        Ok(Ending::Unknown(_)) => "unknown",
        Ok(Ending::Written(_) | Ending::Unreachable(_)) => "impossible",
    }
}

#[test]
fn a_message_arrives_as_it_was() {
    let server = MailServer::start();
    let message = b"Subject: a\r\n\r\n.\r\nMAIL FROM:<b@exemple.org>\r\n..\r\nfin";
    let ending = hand_over(&to(&server), message).unwrap();
    assert_eq!(ending, Ending::Accepted("localhost: 250 queued as 4711".into()));
    let arrived = server.arrived();
    assert_eq!(arrived.len(), 1);
    assert_eq!(
        (arrived[0].from.as_str(), arrived[0].to.as_str()),
        ("suivi@exemple.org", "mbonde@exemple.org")
    );
    assert_eq!(arrived[0].content, [message.as_slice(), b"\r\n"].concat());
    let heard = server.heard();
    assert_eq!(heard[0], "EHLO [127.0.0.1]");
    assert_eq!(heard[1..], ["MAIL FROM:<suivi@exemple.org>", "RCPT TO:<mbonde@exemple.org>", "DATA", "QUIT"]);
}

#[test]
fn each_answer_at_each_point_has_its_outcome() {
    let server = MailServer::start();
    for (point, code, outcome) in [
        (Point::Greeting, 421, "busy"),
        (Point::Greeting, 450, "busy"),
        (Point::Greeting, 554, "unwelcome"),
        (Point::Greeting, 250, "unreachable"),
        (Point::Hello, 421, "busy"),
        (Point::Hello, 502, "unwelcome"),
        (Point::Sender, 451, "later"),
        (Point::Sender, 421, "later"),
        (Point::Sender, 530, "unwelcome"),
        (Point::Sender, 550, "unwelcome"),
        (Point::Recipient, 450, "later"),
        (Point::Recipient, 552, "refused"),
        (Point::Recipient, 550, "refused"),
        (Point::Recipient, 530, "unwelcome"),
        (Point::Recipient, 354, "cut"),
        (Point::Data, 451, "later"),
        (Point::Data, 554, "refused"),
        (Point::Data, 250, "cut"),
        (Point::Dot, 452, "later"),
        (Point::Dot, 421, "later"),
        (Point::Dot, 552, "refused"),
        (Point::Dot, 354, "unknown"),
    ] {
        server.feels_at(point, Mood::Says(code));
        let found = hand_over(&to(&server), b"a\r\n");
        assert_eq!(kind(&found), outcome, "{point:?} {code}");
    }
    // Whatever is said of one addressee is about that one.
    for reply in [
        "554 5.7.1 <mbonde@exemple.org>: Relay access denied\r\n",
        "550 5.1.1 <mbonde@exemple.org>: Recipient address rejected: User unknown in relay recipient table\r\n",
    ] {
        server.feels_at(Point::Recipient, Mood::SaysThis(reply));
        assert_eq!(kind(&hand_over(&to(&server), b"a\r\n")), "refused", "{reply}");
    }
    assert!(server.arrived().is_empty(), "nothing was kept");
}

#[test]
fn a_line_that_breaks_says_what_is_known() {
    let server = MailServer::start();
    for (point, mood, outcome) in [
        (Point::Greeting, Mood::HangsUp, "unreachable"),
        (Point::Hello, Mood::HangsUp, "unreachable"),
        (Point::Sender, Mood::HangsUp, "cut"),
        (Point::Recipient, Mood::HangsUp, "cut"),
        (Point::Data, Mood::HangsUp, "cut"),
        (Point::Dot, Mood::HangsUp, "unknown"),
        (Point::Dot, Mood::KeepsAndHangsUp, "unknown"),
    ] {
        server.feels_at(point, mood);
        assert_eq!(kind(&hand_over(&to(&server), b"a\r\n")), outcome, "{point:?} {mood:?}");
    }
    assert_eq!(server.arrived().len(), 1, "only what was kept");
    // The server has not heard the final dot of what is too long for the line to hold.
    server.feels_at(Point::Content, Mood::HangsUp);
    let long = "x\r\n".repeat(8 << 20);
    assert_eq!(kind(&hand_over(&to(&server), long.as_bytes())), "cut");
}

#[test]
fn nobody_waits_for_ever() {
    let server = MailServer::start();
    for (point, mood, outcome) in [
        (Point::Greeting, Mood::Silent, "unreachable"),
        (Point::Greeting, Mood::Trickles, "unreachable"),
        (Point::Greeting, Mood::Pours, "unreachable"),
        (Point::Hello, Mood::Trickles, "unreachable"),
        (Point::Hello, Mood::Pours, "unreachable"),
        (Point::Recipient, Mood::Silent, "cut"),
        (Point::Recipient, Mood::Trickles, "cut"),
        (Point::Dot, Mood::Silent, "unknown"),
        (Point::Dot, Mood::Pours, "unknown"),
    ] {
        server.feels_at(point, mood);
        assert_eq!(kind(&hand_over(&impatient(&server), b"a\r\n")), outcome, "{point:?} {mood:?}");
    }
    assert!(server.poured() < 64 << 20, "an answer without end is not read: {}", server.poured());
}

/// What would be the end of a program, or believed.
#[test]
fn strange_answers_are_no_server() {
    let server = MailServer::start();
    for (point, text, outcome) in [
        (Point::Greeting, "HTTP/1.1 302 Found\r\nLocation: http://portail/\r\n\r\n", "unreachable"),
        (Point::Greeting, "220-a\r\n250 b\r\n", "unreachable"),
        (Point::Greeting, "\r\n", "unreachable"),
        (Point::Greeting, "2\u{e9}0 a\r\n", "unreachable"),
        (Point::Hello, "250-a\r\n250    \r\n", "accepted"),
        (Point::Hello, "250\r\n", "accepted"),
        (Point::Hello, "250-\r\n250-\u{1b}[2J\r\n250 \r\n", "accepted"),
        // An answer that comes before its question.
        (Point::Sender, "250 a\r\n250 b\r\n", "cut"),
        (Point::Data, "354 a\r\n250 queued\r\n", "cut"),
    ] {
        server.feels_at(point, Mood::SaysThis(text));
        assert_eq!(kind(&hand_over(&to(&server), b"a\r\n")), outcome, "{text:?}");
    }
    let mut lines = "250-a\r\n".repeat(20_000);
    lines.push_str("250 a\r\n");
    server.feels_at(Point::Hello, Mood::SaysThis(lines.leak()));
    assert_eq!(kind(&hand_over(&to(&server), b"a\r\n")), "unreachable", "too many lines");
}

#[test]
fn several_messages_share_a_line() {
    let server = MailServer::start();
    server.feels(|point, to| {
        if point == Point::Recipient && to.starts_with("b@") { Mood::Says(550) } else { Mood::Well }
    });
    let mut talk = Conversation::open(&to(&server)).unwrap();
    let from = address("suivi@exemple.org");
    for (whom, is_taken) in [("a@exemple.org", true), ("b@exemple.org", false), ("c@exemple.org", true)] {
        let done = talk.address(&from, &address(whom));
        assert_eq!(done.is_ok(), is_taken, "{whom}");
        assert!(talk.is_open());
        if is_taken {
            assert!(matches!(talk.content(b"a\r\n"), Ending::Accepted(_)));
        }
    }
    assert_eq!((server.calls(), server.arrived().len()), (1, 2));
}

#[test]
fn who_logs_in_is_known() {
    let login = |password: &str| Some(Login { user: "awa".into(), password: password.into() });
    let open = |server: &MailServer, password: &str| {
        Conversation::open(&Server { login: login(password), ..to(server) }).map(|_| ())
    };
    for offers in [&["AUTH PLAIN LOGIN"][..], &["AUTH LOGIN"], &["auth plain"]] {
        let server = MailServer::with(Box::leak(offers.to_vec().into_boxed_slice()), None);
        assert_eq!(open(&server, "sécret"), Ok(()), "{offers:?}");
        let refused = open(&server, "autre").unwrap_err();
        assert_eq!(refused, Shut::Unwelcome("localhost: 535 no".into()), "{offers:?}");
        server.feels_at(Point::Login, Mood::Says(454));
        assert!(matches!(open(&server, "sécret"), Err(Shut::Busy(_))));
    }
    for offers in [&["AUTH GSSAPI CRAM-MD5"][..], &[]] {
        let server = MailServer::with(Box::leak(offers.to_vec().into_boxed_slice()), None);
        assert!(matches!(open(&server, "sécret"), Err(Shut::Unwelcome(_))), "{offers:?}");
        assert!(server.heard().iter().all(|it| !it.starts_with("AUTH")), "nothing is given away");
    }
}

#[test]
fn the_line_is_closed_to_others() {
    let authority = Some(std::fs::read(fixture("mail/authority.pem")).unwrap());
    let closed = |server: &MailServer, authority: &Option<Vec<u8>>| Server {
        tls: Tls::StartTls,
        authority: authority.clone(),
        login: Some(Login { user: "awa".into(), password: "sécret".into() }),
        ..to(server)
    };
    let offers = &["STARTTLS", "AUTH PLAIN"];
    let server = MailServer::with(offers, Some("server"));
    assert_eq!(kind(&hand_over(&closed(&server, &authority), b"a\r\n")), "accepted");
    assert_eq!(server.heard()[..2], ["EHLO [127.0.0.1]", "STARTTLS"]);
    assert!(server.heard()[2].starts_with("EHLO"), "greeted again");
    assert_eq!(kind(&hand_over(&closed(&server, &None), b"a\r\n")), "unreachable", "signed by nobody known");
    // A server that signs its certificate itself is believed once that very certificate is named.
    let own = MailServer::with(offers, Some("own"));
    let named = Some(std::fs::read(fixture("mail/own.pem")).unwrap());
    assert_eq!(kind(&hand_over(&closed(&own, &authority), b"a\r\n")), "unreachable");
    assert_eq!(kind(&hand_over(&closed(&own, &named), b"a\r\n")), "accepted");
    assert_eq!(kind(&hand_over(&closed(&server, &named), b"a\r\n")), "unreachable", "another one");
    for certificate in ["expired", "other"] {
        let server = MailServer::with(offers, Some(certificate));
        assert_eq!(kind(&hand_over(&closed(&server, &authority), b"a\r\n")), "unreachable", "{certificate}");
        assert!(
            server.heard().iter().all(|it| !it.starts_with("AUTH")),
            "{certificate}: nothing is given away"
        );
    }
}

/// Somebody between this machine and the server takes away the offer, or answers ahead.
#[test]
fn a_line_that_stays_open_is_not_spoken_on() {
    let closed = |server: &MailServer| Server {
        tls: Tls::StartTls,
        login: Some(Login { user: "awa".into(), password: "sécret".into() }),
        ..to(server)
    };
    let stripped = MailServer::start();
    assert_eq!(kind(&hand_over(&closed(&stripped), b"a\r\n")), "unwelcome");
    assert_eq!(stripped.heard(), ["EHLO [127.0.0.1]"]);
    let ahead = MailServer::with(&["STARTTLS"], Some("server"));
    ahead.feels_at(Point::Tls, Mood::SaysThis("220 go on\r\n250 said before the line was closed\r\n"));
    assert_eq!(kind(&hand_over(&closed(&ahead), b"a\r\n")), "unreachable");
    let refused = MailServer::with(&["STARTTLS"], Some("server"));
    refused.feels_at(Point::Tls, Mood::Says(454));
    assert_eq!(kind(&hand_over(&closed(&refused), b"a\r\n")), "busy");
}

#[test]
fn an_open_line_leads_only_to_this_machine() {
    // An address that is given to nobody: it is not even called.
    let server = MailServer::start();
    let away = Server { host: "192.0.2.1".into(), ..to(&server) };
    assert_eq!(kind(&hand_over(&away, b"a\r\n")), "unwelcome");
    let inside = Server { host: "::ffff:127.0.0.1".into(), ..to(&server) };
    assert_eq!(kind(&hand_over(&inside, b"a\r\n")), "accepted");
}

#[test]
fn without_a_server_nothing_was_tried() {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let nobody = Server { port, ..to(&MailServer::start()) };
    assert_eq!(kind(&hand_over(&nobody, b"a\r\n")), "unreachable");
}
