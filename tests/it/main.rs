//! One test binary.

mod import;
mod import_hostile;
mod import_layouts;
mod tidy;
