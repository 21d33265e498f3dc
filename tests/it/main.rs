//! One test binary.

mod import;
mod import_hostile;
mod tidy;
