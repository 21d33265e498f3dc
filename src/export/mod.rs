//! Writes tables for other programs.
