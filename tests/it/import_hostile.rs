//! Hostile files: each ends in one sentence, within limits.
