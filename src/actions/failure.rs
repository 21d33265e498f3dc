//! Why an action did not happen. Nothing was changed.

use crate::model::problem::Problem;
use crate::store::error::StoreError;

/// An action that did not happen.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The user can mend it.
    #[error(transparent)]
    Problem(#[from] Problem),
    /// The database refused.
    #[error(transparent)]
    Store(StoreError),
}

impl Failure {
    /// Returns the sentence for a person.
    pub fn problem(&self) -> Problem {
        match self {
            Self::Problem(problem) => problem.clone(),
            Self::Store(error) => error.problem(),
        }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        if let StoreError::Problem(problem) = error { Self::Problem(problem) } else { Self::Store(error) }
    }
}
