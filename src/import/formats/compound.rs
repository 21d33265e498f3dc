//! Takes one stream out of a compound file, the container of .xls workbooks.

/// Mark of the end of a chain of sectors; larger numbers are marks too.
const CHAIN_END: u32 = 0xFFFF_FFFA;
/// Bytes of an entry of the directory.
const ENTRY_BYTES: usize = 128;
/// Places of the table of sectors that the header itself lists.
const HEADER_PLACES: usize = 109;

/// Returns the first stream that bears one of some names; `None` where the file is not sound.
pub fn stream(bytes: &[u8], names: &[&str]) -> Option<Vec<u8>> {
    let file = Compound::open(bytes)?;
    let directory = file.chain(u32_at(bytes, 0x30)?, usize::MAX)?;
    let entries: Vec<&[u8]> = directory.chunks_exact(ENTRY_BYTES).collect();
    let found =
        names.iter().find_map(|name| entries.iter().find(|it| entry_name(it).as_deref() == Some(name)))?;
    let (start, size) = (u32_at(found, 116)?, usize::try_from(u32_at(found, 120)?).ok()?);
    if size >= usize::try_from(u32_at(bytes, 0x38)?).ok()? {
        return file.chain(start, size);
    }
    let root = entries.first()?;
    let small = file.chain(u32_at(root, 116)?, usize::MAX)?;
    let places = numbers(&file.chain(u32_at(bytes, 0x3C)?, usize::MAX)?);
    let unit = 1_usize.checked_shl(u32::from(u16_at(bytes, 0x20)?)).filter(|it| (8..=4096).contains(it))?;
    let piece = |place: usize| small.get(place.checked_mul(unit)?..).map(|it| it.get(..unit).unwrap_or(it));
    follow(start, size, &places, piece)
}

struct Compound<'a> {
    bytes: &'a [u8],
    sector_bytes: usize,
    /// The sector that follows each sector.
    places: Vec<u32>,
}

impl<'a> Compound<'a> {
    fn open(bytes: &'a [u8]) -> Option<Self> {
        let shift = u32::from(u16_at(bytes, 0x1E)?);
        let sector_bytes = 1_usize.checked_shl(shift).filter(|it| (512..=4096).contains(it))?;
        let mut file = Self { bytes, sector_bytes, places: Vec::new() };
        let mut listed = numbers(bytes.get(0x4C..0x4C + HEADER_PLACES * 4)?);
        let mut further = u32_at(bytes, 0x44)?;
        let sectors_max = bytes.len() / sector_bytes;
        for _ in 0..sectors_max {
            if further >= CHAIN_END {
                break;
            }
            let mut more = numbers(file.sector(usize::try_from(further).ok()?)?);
            further = more.pop()?;
            listed.append(&mut more);
        }
        for place in listed.into_iter().filter(|it| *it < CHAIN_END).take(sectors_max) {
            let sector = file.sector(usize::try_from(place).ok()?)?;
            let mut more = numbers(sector);
            file.places.append(&mut more);
        }
        Some(file)
    }

    fn sector(&self, place: usize) -> Option<&'a [u8]> {
        let start = place.checked_add(1)?.checked_mul(self.sector_bytes)?;
        self.bytes.get(start..).map(|it| it.get(..self.sector_bytes).unwrap_or(it))
    }

    fn chain(&self, start: u32, size: usize) -> Option<Vec<u8>> {
        follow(start, size, &self.places, |place| self.sector(place))
    }
}

/// Joins the pieces of a chain, at most as many as there are places.
fn follow<'a>(
    start: u32,
    size: usize,
    places: &[u32],
    piece: impl Fn(usize) -> Option<&'a [u8]>,
) -> Option<Vec<u8>> {
    let mut joined = Vec::new();
    let mut place = start;
    for _ in 0..places.len() {
        if place >= CHAIN_END || joined.len() >= size {
            break;
        }
        let at = usize::try_from(place).ok()?;
        joined.extend_from_slice(piece(at)?);
        place = *places.get(at)?;
    }
    joined.truncate(size);
    Some(joined)
}

fn entry_name(entry: &[u8]) -> Option<String> {
    let length = usize::from(u16_at(entry, 64)?).checked_sub(2)?;
    let units: Vec<u16> =
        entry.get(..length.min(64))?.chunks_exact(2).filter_map(|it| u16_at(it, 0)).collect();
    String::from_utf16(&units).ok()
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    bytes.chunks_exact(4).filter_map(|it| u32_at(it, 0)).collect()
}

/// Reads two bytes, the lower first.
pub fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at.checked_add(2)?)?.try_into().ok().map(u16::from_le_bytes)
}

/// Reads four bytes, the lowest first.
pub fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at.checked_add(4)?)?.try_into().ok().map(u32::from_le_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unsound_files_give_nothing() {
        for length in [0, 3, 100, 511, 512, 1024, 4096] {
            assert_eq!(stream(&vec![0; length], &["Workbook"]), None);
            assert_eq!(stream(&vec![0xFF; length], &["Workbook"]), None);
        }
        let mut looped = vec![0_u8; 2048];
        looped[0x1E] = 9;
        assert_eq!(stream(&looped, &["Workbook"]), None, "every sector follows the first");
    }
}
