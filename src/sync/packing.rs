//! Packs segments small: zstd with a dictionary of what follow-up looks like.

use zstd::bulk::{Compressor, Decompressor};
use zstd::zstd_safe::CParameter;

use crate::model::problem::Problem;
use crate::store::exchange::segment::SEGMENT_BYTES_MAX;

/// The number of the dictionary that is written; readers keep all older ones.
pub const DICTIONARY: u8 = 1;
const DICTIONARIES: &[(u8, &[u8])] = &[(1, include_bytes!("dictionary-1.bin"))];
/// Beyond this, packing takes long and gains little.
const LEVEL: i32 = 9;

/// Packs one segment after the other.
pub struct Packer(Compressor<'static>);

impl Packer {
    /// Prepares the dictionary.
    pub fn new() -> Result<Self, Problem> {
        let made = Compressor::with_dictionary(LEVEL, dictionary(DICTIONARY)?);
        let mut packer = made.map_err(|error| unpacked(&error))?;
        for parameter in [
            CParameter::ContentSizeFlag(false),
            CParameter::DictIdFlag(false),
            CParameter::ChecksumFlag(false),
        ] {
            packer.set_parameter(parameter).map_err(|error| unpacked(&error))?;
        }
        Ok(Self(packer))
    }

    /// Packs the bytes of a segment.
    pub fn pack(&mut self, payload: &[u8]) -> Result<Vec<u8>, Problem> {
        self.0.compress(payload).map_err(|error| unpacked(&error))
    }
}

/// Unpacks segments of one dictionary.
pub struct Unpacker(Decompressor<'static>);

impl Unpacker {
    /// Prepares a dictionary by its number.
    pub fn new(number: u8) -> Result<Self, Problem> {
        Decompressor::with_dictionary(dictionary(number)?).map(Self).map_err(|error| unpacked(&error))
    }

    /// Unpacks a segment of `length` bytes; never uses more memory than that.
    pub fn unpack(&mut self, packed: &[u8], length: usize) -> Result<Vec<u8>, Problem> {
        if length > SEGMENT_BYTES_MAX {
            return Err(unpacked(&"length"));
        }
        let payload = self.0.decompress(packed, length).map_err(|error| unpacked(&error))?;
        if payload.len() == length { Ok(payload) } else { Err(unpacked(&"length")) }
    }
}

fn dictionary(number: u8) -> Result<&'static [u8], Problem> {
    let found = DICTIONARIES.iter().find(|(it, _)| *it == number);
    found.map(|(_, bytes)| *bytes).ok_or_else(|| Problem::new("bundle-too-new"))
}

fn unpacked(error: &dyn std::fmt::Display) -> Problem {
    Problem::new("segment-unpackable").with("error", error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_comes_back() {
        let payload = b"{\"place\":\"CH-2026-001\",\"month\":\"2026-03\"}".repeat(20);
        let packed = Packer::new().unwrap().pack(&payload).unwrap();
        assert!(packed.len() < payload.len() / 8);
        let mut unpacker = Unpacker::new(DICTIONARY).unwrap();
        assert_eq!(unpacker.unpack(&packed, payload.len()).unwrap(), payload);
        assert!(unpacker.unpack(&packed, payload.len() - 1).is_err());
        assert!(unpacker.unpack(&packed, payload.len() + 1).is_err());
        assert!(Unpacker::new(99).is_err());
    }

    #[test]
    fn a_bomb_takes_no_more_room_than_it_declares() {
        let bomb = zstd::bulk::compress(&vec![0; 64 << 20], 19).unwrap();
        let mut unpacker = Unpacker::new(DICTIONARY).unwrap();
        assert!(unpacker.unpack(&bomb, 1000).is_err());
        assert!(unpacker.unpack(&bomb, 64 << 20).is_err());
    }
}
