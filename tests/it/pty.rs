//! The real binary on a real terminal: one test for each main task. Nothing here depends on how fast the machine is: every
//! step waits for what it has to see.

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

use crate::desk::{Desk, TODAY, fixture};

/// Only a program that hangs needs so long.
const PATIENCE: Duration = Duration::from_mins(1);

/// A person at a terminal of 80x24.
struct Seat {
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
    keyboard: Box<dyn Write + Send>,
    output: Receiver<Vec<u8>>,
    parser: vt100::Parser,
    bytes: Vec<u8>,
}

impl Seat {
    fn take(desk: &Desk, arguments: &[&str], environment: &[(&str, &str)]) -> Self {
        let pair = native_pty_system()
            .openpty(PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 })
            .unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_chantier"));
        command.args(arguments);
        command.args(["--today", TODAY]);
        command.env_clear();
        let usual = [("TERM", "xterm-256color"), ("LANG", "fr_FR.UTF-8"), ("USER", "awa")];
        for (name, value) in usual.iter().chain(environment) {
            command.env(name, value);
        }
        command.env("HOME", desk.path(""));
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let keyboard = pair.master.take_writer().unwrap();
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (sender, output) = channel();
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(count @ 1..) = reader.read(&mut buffer) {
                if sender.send(buffer[..count].to_vec()).is_err() {
                    break;
                }
            }
        });
        let parser = vt100::Parser::new(cells(24), cells(80), 0);
        Self { child, master: pair.master, keyboard, output, parser, bytes: Vec::new() }
    }

    fn screen(&self) -> String {
        self.parser.screen().contents().replace('\u{a0}', " ")
    }

    /// Waits until a text is on the screen.
    #[track_caller]
    fn sees(&mut self, text: &str) -> &mut Self {
        let begun = Instant::now();
        while !self.screen().contains(text) {
            if let Ok(bytes) = self.output.recv_timeout(Duration::from_millis(100)) {
                self.parser.process(&bytes);
                self.bytes.extend_from_slice(&bytes);
            }
            assert!(begun.elapsed() < PATIENCE, "« {text} » never came:\n{}", self.screen());
        }
        self
    }

    fn types(&mut self, keys: &str) -> &mut Self {
        self.keyboard.write_all(keys.as_bytes()).unwrap();
        self.keyboard.flush().unwrap();
        self
    }

    fn resize(&mut self, columns: u16, rows: u16) -> &mut Self {
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        self.master.resize(size).unwrap();
        self.parser.screen_mut().set_size(cells(rows), cells(columns));
        self
    }

    /// Waits for the end; returns the exit code and everything that was written.
    fn ends(&mut self) -> (u32, String) {
        let begun = Instant::now();
        loop {
            while let Ok(bytes) = self.output.recv_timeout(Duration::from_millis(20)) {
                self.parser.process(&bytes);
                self.bytes.extend_from_slice(&bytes);
            }
            if let Some(status) = self.child.try_wait().unwrap() {
                return (status.exit_code(), String::from_utf8_lossy(&self.bytes).into_owned());
            }
            assert!(begun.elapsed() < PATIENCE, "the program does not end:\n{}", self.screen());
        }
    }

    fn signal(&self, signal: rustix::process::Signal) {
        let raw = i32::try_from(self.child.process_id().unwrap()).unwrap();
        rustix::process::kill_process(rustix::process::Pid::from_raw(raw).unwrap(), signal).unwrap();
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}

fn cells(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).unwrap()
}

/// A database with the invented organisation.
fn invented(desk: &Desk) -> String {
    let path = desk.path("essai.db").to_string_lossy().into_owned();
    desk.good(&["demo", "--into", &path]);
    path
}

#[test]
fn first_run_a_workbook_comes_in() {
    let desk = Desk::new();
    let file = fixture("import/suivi-sites.xlsx").to_string_lossy().into_owned();
    let mut seat = Seat::take(&desk, &[], &[]);
    seat.sees("CHANTIER").types("i").sees("Fichier").types(&format!("{file}\r")).sees("144 nouvelles");
    seat.types("\r").sees("À faire").types("q");
    assert_eq!(seat.ends().0, 0);
    assert_eq!(desk.good(&["export", "entries"]).lines().count(), 145);
}

#[test]
fn a_month_is_recorded_and_kept() {
    let desk = Desk::new();
    let db = invented(&desk);
    let mut seat = Seat::take(&desk, &["entry", "--db", &db], &[]);
    seat.sees("8/9").types("85,5\r").sees("85,50").sees("9/9").types("\u{3}");
    let (code, written) = seat.ends();
    assert_eq!(code, 0);
    assert!(
        written.ends_with("\u{1b}[?1049l") || written.contains("\u{1b}[?1049l"),
        "the screen is given back"
    );
    assert!(desk.good(&["export", "entries", "--db", &db]).contains("CEG-006"));
    assert!(desk.good(&["history", "CEG-006", "2026-03", "--db", &db]).contains("85,50"));
}

#[test]
fn a_demobilisation_is_pronounced_and_taken_back() {
    let desk = Desk::new();
    let db = invented(&desk);
    let mut seat = Seat::take(&desk, &["--db", &db], &[]);
    seat.sees("À faire").types("4").sees("CEG-004").types("d").sees("Les règles proposent");
    seat.types("d")
        .sees("Motif")
        .types("Trois mois sous 30 %\r\r")
        .sees("Entrée encore")
        .types("\r")
        .sees("prononcée");
    assert!(desk.good(&["status", "CEG-004", "--db", &db]).contains("démobilisé"));
    seat.types("u").sees("Annulé").types("qq");
    assert_eq!(seat.ends().0, 0);
    assert!(!desk.good(&["status", "CEG-004", "--db", &db]).contains("démobilisé"));
}

#[test]
fn a_hang_up_keeps_what_is_typed_and_ends_the_program() {
    let desk = Desk::new();
    let db = invented(&desk);
    let mut seat = Seat::take(&desk, &["entry", "--db", &db], &[]);
    seat.sees("8/9").types("84,2").sees("84,2");
    // The line is cut.
    seat.signal(rustix::process::Signal::HUP);
    seat.ends();
    let mut seat = Seat::take(&desk, &["--db", &db], &[]);
    seat.sees("pas encore enregistré").sees("84,2").types("\r").sees("84,20").types("\u{3}");
    assert_eq!(seat.ends().0, 0);
    assert!(desk.good(&["history", "CEG-006", "2026-03", "--db", &db]).contains("84,20"));
}

#[test]
fn a_reason_that_was_being_typed_is_there_again() {
    let desk = Desk::new();
    let db = invented(&desk);
    let mut seat = Seat::take(&desk, &["--db", &db], &[]);
    seat.sees("À faire")
        .types("4")
        .sees("CEG-004")
        .types("dd")
        .sees("Motif")
        .types("Abandon du chan")
        .sees("Abandon du chan");
    seat.signal(rustix::process::Signal::TERM);
    let (_, written) = seat.ends();
    assert!(written.contains("\u{1b}[?1049l"), "the terminal is given back");
    let mut seat = Seat::take(&desk, &["--db", &db], &[]);
    seat.sees("Abandon du chan").types("\u{3}");
    assert_eq!(seat.ends().0, 0);
}

#[test]
fn the_window_may_change_at_any_moment() {
    let desk = Desk::new();
    let db = invented(&desk);
    let mut seat = Seat::take(&desk, &["entry", "--db", &db], &[]);
    seat.sees("8/9").types("84");
    seat.sees("84")
        .resize(1, 1)
        .resize(30, 10)
        .sees("Fenêtre trop petite")
        .resize(120, 40)
        .sees("Collège de Yabédjélé");
    seat.types("\r").sees("84,00").types("\u{3}");
    assert_eq!(seat.ends().0, 0);
}

#[test]
fn poor_terminals_get_ascii_and_no_colour() {
    let desk = Desk::new();
    let db = invented(&desk);
    let mut seat =
        Seat::take(&desk, &["--db", &db], &[("LC_ALL", "C"), ("TERM", "vt100"), ("NO_COLOR", "1")]);
    seat.sees("A faire")
        .types("2")
        .sees("CEG-001")
        .types("4")
        .sees("CEG-004")
        .types("q")
        .sees("A faire")
        .types("q");
    let (code, written) = seat.ends();
    assert_eq!(code, 0);
    assert!(written.is_ascii(), "{written:?}");
    let coloured =
        (30..38).any(|it| written.contains(&format!("[{it}m")) || written.contains(&format!(";{it}m")));
    assert!(!coloured, "{written:?}");
}

#[test]
fn the_demonstration_opens_on_a_terminal() {
    let desk = Desk::new();
    let mut seat = Seat::take(&desk, &["demo"], &[("LANG", "en_GB.UTF-8")]);
    seat.sees("To do").types("?").sees("This screen").types("\u{1b}").sees("Safety copy").types("q");
    assert_eq!(seat.ends().0, 0);
}
