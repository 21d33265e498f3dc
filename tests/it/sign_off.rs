//! Sign-offs: what is signed, by whom, with what; when it stops holding; locked months; rates.

use std::fs;
use std::process::{Command, Stdio};

use chantier::actions::entry_sheet::{self, Visa};
use chantier::actions::failure::Failure;
use chantier::actions::op::{Note, OpName};
use chantier::actions::rates::rates;
use chantier::actions::record_entry::{self, Request as Entry, Typed};

use chantier::actions::register::contact::{self, ContactFields};
use chantier::actions::register::organisation::{self, OrganisationFields};
use chantier::actions::register::project::{self, ProjectFields};
use chantier::actions::register::site::{self, SiteFields};
use chantier::actions::session::{Session, new_id};
use chantier::actions::sign_off::lock::{self, Unlocking};
use chantier::actions::sign_off::{self, Done, Form, Request, text_of, vouched};
use chantier::actions::{names, settings, undo};
use chantier::model::month::Month;
use chantier::model::organisation::Post;
use chantier::model::percent::Percent;
use chantier::model::sign_off::{SignForm, SignLevel};
use chantier::store::change::Scope;
use chantier::store::registry::SIGN_OFF;
use chantier::sync::keys::MachineKey;
use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value;

use crate::desk::{Desk, text};
use crate::fleet;

const MARCH: &str = "2026-03";

fn month(text: &str) -> Month {
    text.parse().unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn instant(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// An organisation with two sites of which March is complete: CH-1 typed by Awa, CH-2 by Bina.
pub fn office() -> Session {
    let mut session = Session::empty(day("2026-04-02")).unwrap();
    session.user = "awa".into();
    session.now = instant("2026-04-02T09:00:00Z");
    let name = |name: &str| Some(name.to_owned());
    let fields = OrganisationFields { name: name("Cellule"), ..OrganisationFields::default() };
    organisation::add(&mut session, &fields).unwrap();
    let fields = ProjectFields { name: name("PACS"), ..ProjectFields::default() };
    project::add(&mut session, &fields).unwrap();
    for code in ["CH-1", "CH-2"] {
        let fields = SiteFields {
            code: name(code),
            name: name(code),
            start: Some("2026-01".parse().unwrap()),
            duration_months: Some(10),
            ..SiteFields::default()
        };
        site::add(&mut session, &"PACS".into(), &fields, &[]).unwrap();
    }
    for (user, code, figures) in [("awa", "CH-1", [500, 1200, 2000]), ("bina", "CH-2", [300, 900, 1500])] {
        session.user = user.into();
        for (at, figure) in figures.into_iter().enumerate() {
            let month = month("2026-01").plus(i32::try_from(at).unwrap());
            typed(&mut session, code, month, figure).unwrap();
        }
    }
    session
}

fn typed(session: &mut Session, place: &str, month: Month, figure: i32) -> Result<Vec<String>, Failure> {
    let request = Entry {
        place: place.into(),
        month,
        typed: Some(Typed::Cumulative(Percent(figure))),
        observation: None,
        cause: None,
        attribution: None,
        normal: None,
    };
    let recorded = record_entry::record(session, &request)?;
    Ok(recorded.warnings.into_iter().map(|it| it.key).collect())
}

fn sign(session: &mut Session, user: &str, level: Option<SignLevel>) -> Result<Done, String> {
    sign_by(session, user, level, Form::Session)
}

fn sign_by(session: &mut Session, user: &str, level: Option<SignLevel>, form: Form) -> Result<Done, String> {
    session.user = user.into();
    let request =
        Request { project: "PACS".into(), month: month(MARCH), level, form, comment: String::new() };
    sign_off::sign(session, &request).map_err(|it| it.problem().key)
}

fn state(session: &Session) -> (Option<SignLevel>, bool, bool) {
    let project = names::project(session.store.read(), "PACS").unwrap();
    let found = vouched(session, &project, month(MARCH)).unwrap();
    (found.reached, found.is_broken(), found.awaits_second)
}

fn refusal<T>(result: Result<T, Failure>) -> String {
    result.err().map_or_else(String::new, |it| it.problem().key)
}

#[test]
fn the_text_is_plain_and_says_every_figure() {
    let mut session = office();
    let request = Entry {
        place: "CH-2".into(),
        month: month(MARCH),
        typed: None,
        observation: Some("Pluie.\nchantier: CH-9".into()),
        cause: None,
        attribution: None,
        normal: None,
    };
    record_entry::record(&mut session, &request).unwrap();
    let request = Entry { typed: Some(Typed::NotApplicable), ..Entry { place: "CH-1".into(), ..request } };
    record_entry::record(&mut session, &Entry { observation: None, ..request }).unwrap();
    let project = names::project(session.store.read(), "PACS").unwrap();
    let found = text_of(session.store.read(), &project, month(MARCH)).unwrap();
    let expected = format!(
        "chantier visa v1\norganisation: Cellule\nprojet: PACS\nidentifiant: {}\nmois: 2026-03\n\n\
         chantier: CH-1\nnom: CH-1\nlot: Ensemble\ncumul: sans objet\nstatut: hors_suivi\n\n\
         chantier: CH-2\nnom: CH-2\nlot: Ensemble\ncumul: 15.00\ndu mois: 6.00\ntaux: 60.00\nstatut: bon\n\
         observation: Pluie.\n  chantier: CH-9\n",
        project.id
    );
    assert_eq!(found.text, expected);
    assert_eq!(found.hash, *blake3_of(&expected).as_bytes());
    assert!(found.missing.is_empty());
}

fn blake3_of(text: &str) -> blake3::Hash {
    blake3::hash(text.as_bytes())
}

#[test]
fn levels_follow_each_other_over_the_same_figures() {
    let mut session = office();
    assert_eq!(sign(&mut session, "chef", Some(SignLevel::Approved)).unwrap_err(), "visa-below");
    assert_eq!(sign(&mut session, "chef", None).unwrap().level, SignLevel::Checked);
    assert_eq!(sign(&mut session, "chef", Some(SignLevel::Checked)).unwrap_err(), "visa-already");
    assert_eq!(sign(&mut session, "chef", Some(SignLevel::Seen)).unwrap_err(), "visa-below");
    assert_eq!(sign(&mut session, "directrice", None).unwrap().level, SignLevel::Approved);
    assert_eq!(sign(&mut session, "dg", None).unwrap().level, SignLevel::Seen);
    assert_eq!(sign(&mut session, "dg", None).unwrap_err(), "visa-already");
    assert_eq!(sign(&mut session, "mo", None).unwrap().level, SignLevel::Seen, "another one sees it too");
    undo::undo(&mut session).unwrap();
    session.user = "dg".into();
    assert_eq!(state(&session), (Some(SignLevel::Seen), false, false));
    undo::undo(&mut session).unwrap();
    assert_eq!(state(&session), (Some(SignLevel::Approved), false, false), "undoing takes the sign-off away");
    undo::redo(&mut session).unwrap();
    assert_eq!(state(&session), (Some(SignLevel::Seen), false, false));
}

#[test]
fn who_entered_a_figure_is_not_its_only_approver() {
    let mut session = office();
    sign(&mut session, "bina", None).unwrap();
    let done = sign(&mut session, "bina", None).unwrap();
    assert_eq!(done.warnings.iter().map(|it| it.key.as_str()).collect::<Vec<_>>(), ["visa-needs-second"]);
    assert_eq!(state(&session), (Some(SignLevel::Checked), false, true));
    assert_eq!(sign(&mut session, "dg", Some(SignLevel::Seen)).unwrap_err(), "visa-below-second");
    assert_eq!(sign(&mut session, "bina", None).unwrap_err(), "visa-already");
    assert!(sign(&mut session, "awa", None).unwrap().warnings.is_empty(), "two who entered are enough");
    assert_eq!(state(&session), (Some(SignLevel::Approved), false, false));
}

#[test]
fn one_person_is_one_person_however_spelt() {
    let mut session = office();
    let fields = ContactFields {
        name: Some("Bina Sarr".to_owned()),
        post: Some(Post::DirecteurProjet),
        email: Some("bina@exemple.org".to_owned()),
        ..ContactFields::default()
    };
    contact::add(&mut session, &fields, Some(&"PACS".into())).unwrap();
    sign(&mut session, "awa", None).unwrap();
    // Bina entered figures: on paper, under the whole name, in capitals, it is the same person.
    let paper = |code| Form::Paper { signer: Some("Bina Sarr".to_owned()), code };
    assert_eq!(sign_by(&mut session, "bina", None, paper(None)).unwrap_err(), "visa-code-missing");
    let project = names::project(session.store.read(), "PACS").unwrap();
    let form = paper(Some(text_of(session.store.read(), &project, month(MARCH)).unwrap().code()));
    let done = sign_by(&mut session, "bina", None, form).unwrap();
    assert_eq!(done.warnings.iter().map(|it| it.key.as_str()).collect::<Vec<_>>(), ["visa-needs-second"]);
    sign(&mut session, "BINA", Some(SignLevel::Approved)).unwrap();
    assert_eq!(state(&session), (Some(SignLevel::Checked), false, true), "still one approver");
    sign(&mut session, "issa", Some(SignLevel::Approved)).unwrap();
    assert_eq!(state(&session).0, Some(SignLevel::Approved));
}

#[test]
fn an_incomplete_month_is_not_signed() {
    let mut session = office();
    session.today = day("2026-05-02");
    let april = month("2026-04");
    typed(&mut session, "CH-1", april, 2500).unwrap();
    let mut ask = |month| {
        let form = Form::Session;
        let request = Request { project: "PACS".into(), month, level: None, form, comment: String::new() };
        sign_off::sign(&mut session, &request).unwrap_err().problem()
    };
    let problem = ask(april);
    assert_eq!(problem.key, "visa-incomplete");
    assert!(problem.arguments.contains(&("lots".into(), "CH-2".into())), "{problem}");
    assert_eq!(ask(month("2025-12")).key, "visa-nothing");
    assert_eq!(ask(month("2026-06")).key, "visa-in-future");
}

#[test]
fn a_changed_figure_asks_for_a_new_sign_off() {
    let mut session = office();
    sign(&mut session, "chef", None).unwrap();
    session.user = "awa".into();
    let warnings = typed(&mut session, "CH-1", month("2026-02"), 1100).unwrap();
    assert!(warnings.contains(&"visa-broken".to_owned()), "an earlier figure changes the rate: {warnings:?}");
    assert_eq!(state(&session), (None, true, false));
    let warnings = typed(&mut session, "CH-1", month(MARCH), 2100).unwrap();
    assert!(!warnings.contains(&"visa-broken".to_owned()), "it is said once");
    assert_eq!(
        sign(&mut session, "directrice", Some(SignLevel::Approved)).unwrap_err(),
        "visa-below-changed"
    );
    undo::undo(&mut session).map(|_| ()).unwrap_err();
    session.user = "awa".into();
    undo::undo(&mut session).unwrap();
    undo::undo(&mut session).unwrap();
    assert_eq!(state(&session), (Some(SignLevel::Checked), false, false), "the signed text is back");
    session.user = "awa".into();
    typed(&mut session, "CH-1", month(MARCH), 2100).unwrap();
    sign(&mut session, "chef", None).unwrap();
    assert_eq!(state(&session), (Some(SignLevel::Checked), false, false));
}

#[test]
fn paper_needs_the_code_of_the_present_figures() {
    let mut session = office();
    let paper = |signer: &str, code: Option<String>| Form::Paper { signer: Some(signer.into()), code };
    let project = names::project(session.store.read(), "PACS").unwrap();
    let code = text_of(session.store.read(), &project, month(MARCH)).unwrap().code();
    let done = sign_by(&mut session, "awa", None, paper("M. Essomba", Some(code.to_lowercase()))).unwrap();
    let signed = &done.vouched.signed[0];
    assert_eq!((signed.sign_off.signer.as_str(), signed.sign_off.form), ("M. Essomba", SignForm::Paper));
    assert_eq!(signed.op.as_ref().unwrap().user, "awa");
    session.user = "awa".into();
    typed(&mut session, "CH-1", month(MARCH), 2100).unwrap();
    let old = sign_by(&mut session, "awa", None, paper("M. Essomba", Some(code.clone())));
    assert_eq!(old.unwrap_err(), "visa-code-other");
    let wrong = sign_by(&mut session, "awa", None, paper("M. Essomba", Some(code[..13].to_owned())));
    assert_eq!(wrong.unwrap_err(), "visa-code-wrong");
}

#[test]
fn an_approved_month_is_locked_until_a_derogation() {
    let mut session = office();
    sign(&mut session, "chef", None).unwrap();
    session.user = "awa".into();
    typed(&mut session, "CH-1", month(MARCH), 2100).unwrap();
    sign(&mut session, "chef", None).unwrap();
    sign(&mut session, "directrice", None).unwrap();
    session.user = "awa".into();
    assert_eq!(refusal(typed(&mut session, "CH-1", month(MARCH), 2200)), "month-closed-approved");
    let observe = Entry {
        place: "CH-1".into(),
        month: month(MARCH),
        typed: None,
        observation: Some("Pluie.".into()),
        cause: None,
        attribution: None,
        normal: None,
    };
    assert_eq!(refusal(record_entry::record(&mut session, &observe)), "month-closed-approved");
    assert_eq!(refusal(undo::undo(&mut session)), "month-closed-approved");
    let mut asked = Unlocking {
        project: "PACS".into(),
        month: month(MARCH),
        reason: " ".into(),
        until: Some(day("2026-04-10")),
    };
    assert_eq!(refusal(lock::unlock(&mut session, &asked)), "unlock-no-reason");
    asked.reason = "Métré refait".into();
    asked.until = Some(day("2026-04-01"));
    assert_eq!(refusal(lock::unlock(&mut session, &asked)), "unlock-over");
    asked.until = Some(day("2026-04-10"));
    assert!(lock::unlock(&mut session, &asked).unwrap().1.is_empty());
    typed(&mut session, "CH-1", month(MARCH), 2200).unwrap();
    assert_eq!(state(&session), (None, true, false));
    session.today = day("2026-04-11");
    assert_eq!(refusal(typed(&mut session, "CH-1", month(MARCH), 2300)), "month-closed-approved");
    session.today = day("2026-04-10");
    typed(&mut session, "CH-1", month(MARCH), 2300).unwrap();
    undo::undo(&mut session).unwrap();
    undo::undo(&mut session).unwrap();
    undo::undo(&mut session).unwrap();
    assert_eq!(refusal(typed(&mut session, "CH-1", month(MARCH), 2200)), "month-closed-approved", "undone");
}

#[test]
fn an_old_month_is_locked_once_somebody_signed_it() {
    let mut session = office();
    session.today = day("2026-06-20");
    assert!(typed(&mut session, "CH-1", month(MARCH), 2100).is_ok(), "nobody signed it");
    sign(&mut session, "chef", None).unwrap();
    assert_eq!(refusal(typed(&mut session, "CH-1", month(MARCH), 2200)), "month-closed-signed");
    session.today = day("2026-04-20");
    assert!(typed(&mut session, "CH-1", month(MARCH), 2200).is_ok(), "it is not old yet");
}

#[test]
fn a_strict_organisation_locks_every_old_month() {
    let mut session = office();
    session.today = day("2026-06-20");
    settings::set(&mut session, "entry.lock", "strict", None, None).unwrap();
    assert_eq!(refusal(typed(&mut session, "CH-1", month(MARCH), 2100)), "month-closed-strict");
    assert!(typed(&mut session, "CH-1", month("2026-05"), 4000).is_ok());
    settings::set(&mut session, "entry.lock", "signed", Some("PACS"), None).unwrap();
    assert!(typed(&mut session, "CH-1", month(MARCH), 2100).is_ok(), "the project says otherwise");
    assert_eq!(refusal(settings::set(&mut session, "entry.lock", "no", None, None)), "setting-value");
}

#[test]
fn imports_are_locked_too_where_it_is_strict() {
    let desk = Desk::new();
    desk.organisation();
    let sheet = "projet,chantier,entreprise,duree,2025-10,2025-11\nPACS,Lycée,Aké,10,5,12\n";
    let file = desk.path("suivi.csv");
    fs::write(&file, sheet).unwrap();
    let file = file.to_str().unwrap();
    desk.good(&["config", "set", "entry.lock", "strict"]);
    let said = desk.refused(&["import", file, "--yes"]);
    assert!(said.contains("octobre 2025 de PACS est verrouillé") && said.contains("imports"), "{said}");
    desk.good(&["config", "set", "entry.lock", "signed"]);
    desk.good(&["import", file, "--yes"]);
}

#[test]
fn completeness_and_timeliness_are_counted() {
    let mut session = office();
    session.today = day("2026-05-08");
    session.now = instant("2026-05-04T22:30:00Z");
    typed(&mut session, "CH-1", month("2026-04"), 2600).unwrap();
    let april = |session: &Session| {
        let found = rates(session, Some("PACS"), Some(month("2026-04"))).unwrap();
        let it = found[0].months[0];
        (it.expected, it.complete, it.timely, it.completeness().unwrap().to_decimal_string(2))
    };
    assert_eq!(april(&session), (2, 1, 1, "50.00".into()));
    session.now = instant("2026-05-04T23:30:00Z");
    typed(&mut session, "CH-2", month("2026-04"), 2600).unwrap();
    assert_eq!(april(&session), (2, 2, 1, "100.00".into()), "half past midnight of the 5th in Douala");
    session.now = instant("2026-05-07T10:00:00Z");
    typed(&mut session, "CH-1", month("2026-04"), 2700).unwrap();
    assert_eq!(april(&session), (2, 2, 1, "100.00".into()), "a correction does not make it late");
    let all = rates(&session, None, None).unwrap();
    let months: Vec<_> = all[0].months.iter().map(|it| (it.month.to_string(), it.timely)).collect();
    let expected = [("2026-01", 0), ("2026-02", 0), ("2026-03", 2), ("2026-04", 1)];
    assert_eq!(months, expected.map(|(month, timely)| (month.to_owned(), timely)));
}

/// Runs a program of OpenSSH; `None` where it is not installed.
fn openssh(program: &str, arguments: &[&str], input: &str, agent: Option<&str>) -> Option<(bool, String)> {
    use std::io::Write as _;
    #[expect(clippy::disallowed_methods, reason = "tests ask the real ssh-keygen")]
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.envs(agent.map(|it| ("SSH_AUTH_SOCK", it)));
    let mut child = command.spawn().ok()?;
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    Some((output.status.success(), text(&output.stdout) + &text(&output.stderr)))
}

/// A machine whose last figure is still open to changes.
fn founder() -> Desk {
    let desk = fleet::founder();
    desk.good(&["entry", "CH-1", "2026-02", "8"]);
    desk
}

fn only(value: &Value) -> Value {
    value[0]["sign_offs"][0].clone()
}

#[test]
fn ssh_keygen_verifies_what_a_key_signed() {
    let desk = founder();
    let path = desk.path("id_chef");
    let key = MachineKey::generate().unwrap();
    key.keep(&path).unwrap();
    let file = path.to_str().unwrap();
    desk.good(&["sign", "PACS", "2026-02", "--key", file, "--comment", "Vu sur place"]);
    let signed = only(&desk.json(&["sign", "--show"]));
    assert_eq!(
        (&signed["form"], &signed["genuine"], &signed["holds"]),
        (&"key".into(), &true.into(), &true.into())
    );
    let (signature, signers) = (desk.path("visa.sig"), desk.path("signers"));
    fs::write(&signature, signed["signature"].as_str().unwrap()).unwrap();
    fs::write(&signers, format!("awa {}\n", signed["key"].as_str().unwrap())).unwrap();
    let statement = signed["statement"].as_str().unwrap();
    let arguments =
        ["-Y", "verify", "-n", "chantier-visa@v1", "-I", "awa", "-f", signers.to_str().unwrap(), "-s"];
    let arguments = [&arguments[..], &[signature.to_str().unwrap()]].concat();
    let Some((good, said)) = openssh("ssh-keygen", &arguments, statement, None) else { return };
    assert!(good, "{said}");
    let altered = statement.replace("checked", "seen");
    assert_ne!(altered, statement);
    assert!(!openssh("ssh-keygen", &arguments, &altered, None).unwrap().0, "the level is signed too");
}

#[test]
fn a_key_that_does_not_do_is_refused_in_a_sentence() {
    let desk = founder();
    let sign = |key: &str| desk.refused(&["viser", "PACS", "2026-02", "--cle", key]);
    assert!(sign("/nulle/part").contains("Il n’y a pas de clé"));
    let closed = desk.path("fermee");
    let arguments = ["-q", "-t", "ed25519", "-N", "une phrase", "-C", "", "-f", closed.to_str().unwrap()];
    if openssh("ssh-keygen", &arguments, "", None).is_some() {
        assert!(sign(closed.to_str().unwrap()).contains("--agent"));
    }
    let said = desk.refused(&["sign", "PACS", "2026-02", "--agent=/nulle/part.pub"]);
    assert!(said.contains("/nulle/part.pub"), "{said}");
    assert_eq!(desk.json(&["sign", "--show"]), serde_json::json!([]));
}

/// An agent of our own; it ends with the test.
struct Agent(std::process::Child);

impl Drop for Agent {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn agent(socket: &str) -> Option<Agent> {
    #[expect(clippy::disallowed_methods, reason = "tests ask the real ssh-agent")]
    let mut command = Command::new("ssh-agent");
    command.args(["-D", "-a", socket]).stdout(Stdio::null()).stderr(Stdio::null());
    let mut agent = Agent(command.spawn().ok()?);
    // `ssh-add` cannot connect as long as nobody listens.
    while openssh("ssh-add", &["-l"], "", Some(socket))?.1.contains("connecting") {
        assert!(agent.0.try_wait().unwrap().is_none(), "ssh-agent did not start");
    }
    Some(agent)
}

#[test]
fn the_agent_signs_with_its_only_key_or_the_chosen_one() {
    let desk = founder();
    let socket = desk.path("agent");
    let socket = socket.to_str().unwrap();
    let Some(_agent) = agent(socket) else { return };
    let run = |arguments: &[&str]| {
        let output = desk.command(arguments).env("SSH_AUTH_SOCK", socket).output().unwrap();
        (output.status.code(), text(&output.stdout) + &text(&output.stderr))
    };
    let (code, said) = run(&["sign", "PACS", "2026-02", "--agent"]);
    assert!(code == Some(2) && said.contains("n’a pas de clé"), "{said}");
    let add = |name: &str| {
        let path = desk.path(name);
        let key = MachineKey::generate().unwrap();
        key.keep(&path).unwrap();
        fs::write(desk.path(&format!("{name}.pub")), key.public().line()).unwrap();
        assert!(openssh("ssh-add", &[path.to_str().unwrap()], "", Some(socket)).unwrap().0);
        key.public()
    };
    let first = add("un");
    let (code, said) = run(&["sign", "PACS", "2026-02", "--agent"]);
    assert_eq!(code, Some(0), "{said}");
    let signed = only(&desk.json(&["sign", "--show"]));
    assert_eq!((&signed["fingerprint"], &signed["genuine"]), (&first.fingerprint().into(), &true.into()));
    add("deux");
    let (code, said) = run(&["sign", "PACS", "2026-02", "--agent"]);
    assert!(code == Some(2) && said.contains("--agent=FICHIER.pub"), "{said}");
    let chosen = format!("--agent={}", desk.path("deux.pub").display());
    let (code, said) = run(&["sign", "PACS", "2026-02", &chosen]);
    assert!(code == Some(0) && said.contains("autre clé"), "{said}");
}

#[test]
fn a_code_is_verified_and_the_text_printed() {
    let desk = founder();
    let printed = desk.json(&["sign", "PACS", "2026-02", "--text"]);
    let code = printed["code"].as_str().unwrap();
    let said = desk.good(&["sign", "PACS", "2026-02", "--text"]);
    assert_eq!(said, printed["text"].as_str().unwrap());
    desk.good(&["sign", "PACS", "2026-02", &format!("--papier={code}"), "--signataire", "M. Essomba"]);
    assert!(desk.good(&["sign", "--verify", code]).contains("chiffres présents de PACS, février 2026"));
    desk.good(&["entry", "CH-1", "2026-02", "6"]);
    let output = desk.run(&["sign", "--verify", code]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stdout).contains("ont changé depuis"));
    let output = desk.run(&["sign", "--show"]);
    let said = text(&output.stdout) + &text(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("texte signé ≠ texte présent") && said.contains("nouveau visa"), "{said}");
    assert!(desk.good(&["status", "PACS"]).contains("texte signé ≠ texte présent"));
    let row = desk.json(&["status", "PACS", "--month", "2026-02"])[0]["sign_off"].clone();
    assert_eq!(row, serde_json::json!({ "reached": null, "changed": true }));
    assert!(text(&desk.run(&["doctor"]).stdout).contains("un chiffre signé a changé"));
    assert!(desk.refused(&["sign", "--verify", "7K3F-9A2B-4CDX"]).contains("code de page"));
}

fn carry(from: &Desk, to: &Desk) -> Value {
    let bundle = from.path("tour.chantier");
    let _ = fs::remove_file(&bundle);
    from.good(&["bundle", "export", fleet::text(&bundle)]);
    to.json(&["bundle", "import", fleet::text(&bundle)])
}

#[test]
fn a_sign_off_travels_and_a_merge_that_breaks_it_says_so() {
    let office = founder();
    let laptop = fleet::member(&office, "portable");
    carry(&office, &laptop);
    office.good(&["sign", "PACS", "2026-02"]);
    let taken = carry(&office, &laptop);
    assert_eq!(taken["unsigned"], serde_json::json!([]));
    let there = laptop.json(&["sign", "--show"]);
    assert_eq!((&there[0]["reached"], &there[0]["changed"]), (&"checked".into(), &false.into()));
    laptop.good(&["entry", "CH-1", "2026-02", "7"]);
    let taken = carry(&laptop, &office);
    let said = taken["unsigned"][0].as_str().unwrap();
    assert!(said.contains("texte signé ≠ texte présent"), "{said}");
    assert_eq!(office.json(&["sign", "--show"])[0]["changed"], true);
    assert_eq!(carry(&laptop, &office)["unsigned"], serde_json::json!([]), "it is said once");
    office.good(&["sign", "PACS", "2026-02"]);
    carry(&office, &laptop);
    assert_eq!(laptop.json(&["sign", "--show"])[0]["changed"], false);
}

#[test]
fn a_contested_figure_blocks_signing() {
    let office = founder();
    let laptop = fleet::member(&office, "portable");
    carry(&office, &laptop);
    office.good(&["entry", "CH-1", "2026-02", "10"]);
    office.good(&["sign", "PACS", "2026-02"]);
    laptop.good(&["entry", "CH-1", "2026-02", "9"]);
    let taken = carry(&office, &laptop);
    assert_eq!(taken["conflicts_new"], 1);
    let said = laptop.refused(&["sign", "PACS", "2026-02"]);
    assert!(said.contains("deux versions (CH-1)"), "{said}");
}

/// Lays down a copy of the only sign-off, at another level.
fn copy_as(session: &mut Session, level: SignLevel) {
    let project = names::project(session.store.read(), "PACS").unwrap();
    let row = session.store.read().sign_offs(project.id).unwrap().remove(0);
    let text = |it: &str| Some(it.into());
    let columns = SIGN_OFF.columns([
        ("project", Some(project.id.into())),
        ("month", Some(row.month.into())),
        ("level", text(level.word())),
        ("hash", Some(chantier::store::value::Value::Bytes(row.hash.to_vec()))),
        ("form", text(row.form.word())),
        ("signature", text(&row.signature)),
        ("signer", text(&row.signer)),
        ("key", text(&row.key)),
    ]);
    let scope = Scope::Project(project.id.bytes());
    let write = session.steady(|session| {
        session.transact(OpName::Sign, &Note::new(), |tx| {
            tx.add(&SIGN_OFF, scope, vec![new_id::<Session>().into()], columns.clone(), None)?;
            Ok(())
        })
    });
    write.unwrap();
}

#[test]
fn a_signature_that_was_made_for_something_else_counts_for_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("id_chef");
    MachineKey::generate().unwrap().keep(&path).unwrap();
    let mut session = office();
    sign_by(&mut session, "chef", None, Form::Key(path.clone())).unwrap();
    copy_as(&mut session, SignLevel::Approved);
    assert_eq!(state(&session), (Some(SignLevel::Checked), true, false), "the level is signed too");
    let project = names::project(session.store.read(), "PACS").unwrap();
    let found = vouched(&session, &project, month(MARCH)).unwrap();
    let genuine: Vec<_> = found.signed.iter().map(|it| (it.sign_off.level, it.is_genuine)).collect();
    assert_eq!(genuine, [(SignLevel::Checked, Some(true)), (SignLevel::Approved, Some(false))]);
    let other = folder.path().join("id_autre");
    MachineKey::generate().unwrap().keep(&other).unwrap();
    let done = sign_by(&mut session, "chef", Some(SignLevel::Approved), Form::Key(other)).unwrap();
    assert!(done.warnings.iter().any(|it| it.key == "visa-other-key"), "{:?}", done.warnings);
}

#[test]
fn a_signer_whom_nobody_knows_is_told() {
    let mut session = office();
    let contact = ContactFields {
        name: Some("Awa Ndiaye".into()),
        email: Some("chef@exemple.org".into()),
        post: Some(Post::ChefMission),
        ..ContactFields::default()
    };
    contact::add(&mut session, &contact, Some(&"PACS".into())).unwrap();
    let warned = |done: Done| done.warnings.iter().any(|it| it.key == "visa-stranger");
    assert!(warned(sign(&mut session, "bina", None).unwrap()));
    assert!(!warned(sign(&mut session, "chef", Some(SignLevel::Checked)).unwrap()), "as in the address");
    assert!(!warned(sign(&mut session, "directrice", None).unwrap()), "nobody has the post");
}

#[test]
fn the_grid_shows_what_is_signed() {
    let desk = founder();
    desk.good(&["sign", "PACS", "2026-02"]);
    let path = desk.path(".local/share/chantier/chantier.db");
    let mut session =
        Session::open(&path, false, "awa".into(), DateTime::UNIX_EPOCH, Some(crate::robot::today())).unwrap();
    let project = names::project(session.store.read(), "PACS").unwrap().id;
    let visa = |session: &Session| entry_sheet::sheet(session, project, month("2026-02")).unwrap().visa;
    assert_eq!(visa(&session), Some(Visa::Signed(SignLevel::Checked)));
    session.user = "awa".into();
    typed(&mut session, "CH-1", month("2026-02"), 900).unwrap();
    assert_eq!(visa(&session), Some(Visa::Changed));
    assert_eq!(entry_sheet::sheet(&session, project, month("2026-01")).unwrap().visa, None);
}
