//! The key of a machine, and its signatures in the form that `ssh-keygen -Y verify` reads.

use std::fmt;
use std::fs::OpenOptions;
use std::io::{Read as _, Write as _};
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use rustix::fs::OFlags;
use ssh_key::private::{Ed25519Keypair, KeypairData};
use ssh_key::public::{Ed25519PublicKey, KeyData};
use ssh_key::{Algorithm, HashAlg, LineEnding, PrivateKey, PublicKey, Signature as SshSignature, SshSig};

use crate::model::problem::Problem;
use crate::store::exchange::segment::Signature;

/// What a signature is for; a signature for one is none for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A segment of the log.
    Segment,
    /// The end of a bundle.
    Bundle,
    /// A person's sign-off of a month.
    SignOff,
}

impl Purpose {
    /// Returns the namespace of `ssh-keygen -Y`.
    pub const fn namespace(self) -> &'static str {
        match self {
            Self::Segment => "chantier-seg-v1",
            Self::Bundle => "chantier-bundle-v1",
            Self::SignOff => "chantier-visa@v1",
        }
    }
}

/// The public half of a machine's key: Ed25519.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct MachinePublicKey(pub [u8; 32]);

impl MachinePublicKey {
    /// Reads a line as `ssh-keygen` writes it: `ssh-ed25519 AAAA… comment`.
    pub fn read(line: &str) -> Result<Self, Problem> {
        let wrong = || Problem::new("key-unreadable");
        if line.contains("PRIVATE KEY") {
            return Err(Problem::new("key-is-private"));
        }
        if line.trim().lines().count() != 1 || !line.trim_start().starts_with("ssh-ed25519 ") {
            return Err(wrong());
        }
        let key = PublicKey::from_openssh(line.trim()).map_err(|_| wrong())?;
        key.key_data().ed25519().map(|it| Self(it.0)).ok_or_else(wrong)
    }

    /// Writes the line of an `authorized_keys` file, without comment.
    pub fn line(&self) -> String {
        self.ssh().to_openssh().unwrap_or_default()
    }

    /// Returns what `ssh-keygen -l` shows: `SHA256:…`.
    pub fn fingerprint(&self) -> String {
        self.ssh().fingerprint(HashAlg::Sha256).to_string()
    }

    /// Tells whether a signature over a message is of this key.
    pub fn verify(&self, purpose: Purpose, message: &[u8], signature: &Signature) -> bool {
        let sealed = self.sealed(purpose, signature);
        sealed.is_some_and(|it| self.ssh().verify(purpose.namespace(), message, &it).is_ok())
    }

    /// Writes a signature as `ssh-keygen -Y verify` reads it.
    pub fn armoured(&self, purpose: Purpose, signature: &Signature) -> String {
        self.sealed(purpose, signature).and_then(|it| it.to_pem(LineEnding::LF).ok()).unwrap_or_default()
    }

    /// Tells whether a signature as `ssh-keygen -Y sign` writes it is of this key, for this purpose and message.
    pub fn verify_armoured(&self, purpose: Purpose, message: &[u8], armoured: &str) -> bool {
        let sealed = SshSig::from_pem(armoured);
        sealed.is_ok_and(|it| self.ssh().verify(purpose.namespace(), message, &it).is_ok())
    }

    fn sealed(&self, purpose: Purpose, signature: &Signature) -> Option<SshSig> {
        let signature = SshSignature::new(Algorithm::Ed25519, signature.to_vec()).ok()?;
        let key = KeyData::Ed25519(Ed25519PublicKey(self.0));
        SshSig::new(key, purpose.namespace(), HashAlg::Sha512, signature).ok()
    }

    fn ssh(&self) -> PublicKey {
        PublicKey::from(KeyData::Ed25519(Ed25519PublicKey(self.0)))
    }
}

impl fmt::Debug for MachinePublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.fingerprint())
    }
}

/// No key file is larger.
const FILE_BYTES_MAX: u64 = 64 * 1024;

/// The key of a machine. It lies beside the database, never in it.
pub struct MachineKey(PrivateKey);

impl MachineKey {
    /// Makes a key.
    pub fn generate() -> Result<Self, Problem> {
        PrivateKey::random(&mut age_core_rng(), Algorithm::Ed25519)
            .map(Self)
            .map_err(|error| unusable(&error))
    }

    /// Makes the key that belongs to 32 bytes: for trying things out.
    pub fn from_seed(seed: [u8; 32]) -> Result<Self, Problem> {
        let pair = KeypairData::Ed25519(Ed25519Keypair::from_seed(&seed));
        PrivateKey::new(pair, "").map(Self).map_err(|error| unusable(&error))
    }

    /// Returns where the key of a database lies.
    pub fn place(database: &Path) -> PathBuf {
        let mut path = database.as_os_str().to_owned();
        path.push(".key");
        PathBuf::from(path)
    }

    /// Reads a key; `None` when there is no file.
    pub fn read(path: &Path) -> Result<Option<Self>, Problem> {
        let failed = |error: &dyn fmt::Display| {
            Problem::new("key-file-unreadable").with("path", path.display()).with("error", error)
        };
        // A pipe or a device in its place makes nobody wait.
        let flags = i32::try_from((OFlags::NONBLOCK | OFlags::NOCTTY).bits()).unwrap_or_default();
        let file = match OpenOptions::new().read(true).custom_flags(flags).open(path) {
            Ok(file) => file,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(failed(&error)),
        };
        let found = file.metadata().map_err(|error| failed(&error))?;
        if !found.is_file() {
            return Err(failed(&std::io::Error::from(std::io::ErrorKind::InvalidInput)));
        }
        if found.mode() & 0o077 != 0 {
            return Err(Problem::new("key-file-open").with("path", path.display()));
        }
        let mut text = String::new();
        file.take(FILE_BYTES_MAX).read_to_string(&mut text).map_err(|error| failed(&error))?;
        let key = PrivateKey::from_openssh(&text).map_err(|error| failed(&error))?;
        if key.is_encrypted() {
            return Err(Problem::new("key-file-closed").with("path", path.display()));
        }
        if key.key_data().ed25519().is_none() {
            return Err(failed(&"ed25519"));
        }
        Ok(Some(Self(key)))
    }

    /// Writes a new key file that only its owner reads; a file that is there stays.
    pub fn keep(&self, path: &Path) -> Result<(), Problem> {
        let failed = |error: &dyn fmt::Display| {
            Problem::new("key-file-unwritable").with("path", path.display()).with("error", error)
        };
        let text = self.0.to_openssh(LineEnding::LF).map_err(|error| failed(&error))?;
        let mut file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(path)
            .map_err(|error| failed(&error))?;
        let written = file.write_all(text.as_bytes()).and_then(|()| file.sync_all());
        written.map_err(|error| {
            // Half a key would stand in the way of the next attempt.
            let _ = std::fs::remove_file(path);
            failed(&error)
        })
    }

    /// Returns the public half.
    pub fn public(&self) -> MachinePublicKey {
        MachinePublicKey(self.0.public_key().key_data().ed25519().map(|it| it.0).unwrap_or_default())
    }

    /// Signs a message.
    pub fn sign(&self, purpose: Purpose, message: &[u8]) -> Result<Signature, Problem> {
        let sealed =
            self.0.sign(purpose.namespace(), HashAlg::Sha512, message).map_err(|error| unusable(&error))?;
        sealed.signature_bytes().try_into().map_err(|_| Problem::new("key-unusable").with("error", "ed25519"))
    }

    /// Returns the key as the text of its file, for opening what was encrypted to it.
    pub fn text(&self) -> Result<String, Problem> {
        self.0.to_openssh(LineEnding::LF).map(|it| it.to_string()).map_err(|error| unusable(&error))
    }
}

fn unusable(error: &dyn fmt::Display) -> Problem {
    Problem::new("key-unusable").with("error", error)
}

fn age_core_rng() -> impl ssh_key::rand_core::CryptoRngCore {
    ssh_key::rand_core::OsRng
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_for_one_message_one_purpose_one_key() {
        let key = MachineKey::generate().unwrap();
        let signature = key.sign(Purpose::Segment, b"12,50").unwrap();
        let public = key.public();
        assert!(public.verify(Purpose::Segment, b"12,50", &signature));
        assert!(!public.verify(Purpose::Segment, b"12,51", &signature));
        assert!(!public.verify(Purpose::Bundle, b"12,50", &signature));
        assert!(!MachineKey::generate().unwrap().public().verify(Purpose::Segment, b"12,50", &signature));
        assert!(!public.verify(Purpose::Segment, b"12,50", &[0; 64]));
    }

    #[test]
    fn a_key_file_is_its_owners_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = MachineKey::place(&folder.path().join("base.db"));
        assert!(MachineKey::read(&path).unwrap().is_none());
        let key = MachineKey::generate().unwrap();
        key.keep(&path).unwrap();
        assert_eq!(MachineKey::read(&path).unwrap().unwrap().public(), key.public());
        assert!(MachineKey::generate().unwrap().keep(&path).is_err(), "never over another");
        std::fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o644)).unwrap();
        assert_eq!(MachineKey::read(&path).err().unwrap().key, "key-file-open");
        std::fs::remove_file(&path).unwrap();
        std::os::unix::fs::symlink("/dev/zero", &path).unwrap();
        assert_eq!(MachineKey::read(&path).err().unwrap().key, "key-file-unreadable", "nobody waits");
    }

    #[test]
    fn only_a_public_key_on_one_line_is_taken() {
        let key = MachineKey::generate().unwrap();
        let line = key.public().line();
        assert_eq!(MachinePublicKey::read(&format!("{line} portable d'Awa\n")).unwrap(), key.public());
        assert_eq!(MachinePublicKey::read(&key.text().unwrap()).unwrap_err().key, "key-is-private");
        for wrong in [
            "",
            "ssh-rsa AAAA",
            "ssh-ed25519 AAAA",
            &format!("{line}\n{line}"),
            &format!("command=\"x\" {line}"),
        ] {
            assert_eq!(MachinePublicKey::read(wrong).unwrap_err().key, "key-unreadable", "{wrong}");
        }
    }
}
