//! The terminal application: screens that know no store, one place that joins them with the actions.

pub mod app;
pub mod application;
pub mod command;
pub mod draft;
pub mod exchanging;
pub mod frame;
pub mod fulfil;
pub mod key_card;
pub mod keymap;
pub mod local;
pub mod picture;
pub mod run;
pub mod screen;
pub mod screens;
pub mod signing;
pub mod terminal;
pub mod theme;
pub mod widgets;
pub mod world;
