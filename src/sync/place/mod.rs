//! Places in which files are laid down never to change again: a folder, or a bucket of an S3-type store.

pub mod bucket;
pub mod folder;

use crate::model::problem::Problem;
use bucket::BucketPlace;
use folder::FolderPlace;

/// A place, open.
pub enum Place {
    /// A folder: a stick, a share.
    Folder(FolderPlace),
    /// A bucket.
    Bucket(Box<BucketPlace>),
}

/// A file that lies there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Laid {
    /// Its name, below the place, with slashes.
    pub name: String,
    /// Its bytes, as the place tells.
    pub bytes: u64,
}

impl Place {
    /// Lists what lies below a folder of the place.
    pub fn list(&self, folder: &str) -> Result<Vec<Laid>, Problem> {
        match self {
            Self::Folder(it) => it.list(folder),
            Self::Bucket(it) => it.list(folder),
        }
    }

    /// Reads a file of at most so many bytes.
    pub fn get(&self, name: &str, bytes_max: u64) -> Result<Vec<u8>, Problem> {
        match self {
            Self::Folder(it) => it.get(name, bytes_max),
            Self::Bucket(it) => it.get(name, bytes_max),
        }
    }

    /// Lays down a file, whole or not at all, unless one of that name is there. Returns whether it was laid down now.
    pub fn put(&self, name: &str, content: &[u8]) -> Result<bool, Problem> {
        match self {
            Self::Folder(it) => it.put(name, content),
            Self::Bucket(it) => it.put(name, content),
        }
    }
}

/// Says that a file there is larger than anything that this program lays down.
fn too_large(name: &str) -> Problem {
    Problem::new("pack-too-large").with("pack", name)
}
