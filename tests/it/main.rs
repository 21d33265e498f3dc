//! Tests across modules, in one binary.

mod import;
mod import_hostile;
mod import_layouts;
