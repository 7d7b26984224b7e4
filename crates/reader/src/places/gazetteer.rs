//! The gazetteer: names → places, read in place from `data/places/gazetteer.bin`, nothing parsed at start-up.

use std::sync::OnceLock;

static TABLE: &[u8] = include_bytes!("../../data/places/gazetteer.bin");
static LISTS: &str = include_str!("../../data/places/gazetteer.lists.tsv");

const HEAD: usize = 8 + 5 * 4;
const RECORD: usize = 24;

/// A place of the gazetteer.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Its name in GeoNames.
    pub name: String,
    /// GeoNames id, where it has one.
    pub geonames: Option<u32>,
    /// WGS 84 degrees north.
    pub latitude: f64,
    /// WGS 84 degrees east.
    pub longitude: f64,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// Name of its first-level division.
    pub division: Option<String>,
    /// GeoNames feature code: `PPL`, `PPLC`, `ADM1`, `SEA`, …
    pub feature: String,
    /// People; for a region a stand-in for its weight.
    pub population: u32,
}

/// The table and its sections.
pub struct Gazetteer {
    keys: usize,
    key_offsets: usize,
    posting_offsets: usize,
    postings: usize,
    key_bytes: usize,
    names: usize,
    countries: Vec<&'static str>,
    divisions: Vec<&'static str>,
    features: Vec<&'static str>,
}

impl Gazetteer {
    /// The table built into the program.
    pub fn built_in() -> &'static Gazetteer {
        static GAZETTEER: OnceLock<Gazetteer> = OnceLock::new();
        GAZETTEER.get_or_init(|| {
            let count = |i: usize| word(8 + 4 * i);
            let (records, keys, postings, key_bytes) = (count(0), count(1), count(2), count(3));
            let key_offsets = HEAD + records * RECORD;
            let posting_offsets = key_offsets + 4 * (keys + 1);
            let posting_table = posting_offsets + 4 * (keys + 1);
            let bytes = posting_table + 4 * postings;
            let list = |kind: &str| {
                LISTS.lines().filter_map(|l| l.split_once('\t')).filter(|(k, _)| *k == kind).map(|(_, v)| v).collect()
            };
            Gazetteer {
                keys,
                key_offsets,
                posting_offsets,
                postings: posting_table,
                key_bytes: bytes,
                names: bytes + key_bytes,
                countries: list("country"),
                divisions: list("division"),
                features: list("feature"),
            }
        })
    }

    /// Every place of the name, the most populous first; at most 24.
    pub fn candidates(&self, name: &str) -> Vec<Place> {
        let wanted = fold(name);
        let wanted = wanted.strip_prefix("the ").unwrap_or(&wanted).as_bytes();
        let key = |i: usize| {
            let at = |k: usize| self.key_bytes + word(self.key_offsets + 4 * k);
            TABLE.get(at(i)..at(i + 1)).unwrap_or_default()
        };
        let (mut low, mut high) = (0, self.keys);
        while low < high {
            let middle = usize::midpoint(low, high);
            if key(middle) < wanted { low = middle + 1 } else { high = middle }
        }
        if low >= self.keys || key(low) != wanted {
            return Vec::new();
        }
        let (from, to) = (word(self.posting_offsets + 4 * low), word(self.posting_offsets + 4 * (low + 1)));
        (from..to).map(|p| self.place(word(self.postings + 4 * p))).collect()
    }

    fn place(&self, index: usize) -> Place {
        let at = HEAD + index * RECORD;
        let degrees = |offset: usize| f64::from(word(at + offset) as u32 as i32) / 1e5;
        let short = |offset: usize| usize::from(byte(at + offset)) | usize::from(byte(at + offset + 1)) << 8;
        let text = |list: &[&'static str], i: usize| list.get(i).filter(|t| !t.is_empty()).map(|t| (*t).to_owned());
        let name = self.names + (short(21) | usize::from(byte(at + 23)) << 16);
        let length = usize::from(byte(name));
        let bytes = TABLE.get(name + 1..name + 1 + length).unwrap_or_default();
        Place {
            name: String::from_utf8_lossy(bytes).into_owned(),
            geonames: Some(word(at + 12) as u32).filter(|&g| g != 0),
            latitude: degrees(0),
            longitude: degrees(4),
            country: text(&self.countries, short(16)),
            division: text(&self.divisions, short(18)),
            feature: text(&self.features, usize::from(byte(at + 20))).unwrap_or_default(),
            population: word(at + 8) as u32,
        }
    }
}

fn byte(at: usize) -> u8 {
    TABLE.get(at).copied().unwrap_or_default()
}

fn word(at: usize) -> usize {
    TABLE.get(at..at + 4).and_then(|b| b.try_into().ok()).map_or(0, |b| u32::from_le_bytes(b) as usize)
}

/// Names as the table has them: lower case, no accents, points or apostrophes, hyphens as spaces.
pub fn fold(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.chars().flat_map(char::to_lowercase) {
        match c {
            '.' | '\'' | '’' | '`' | 'ʼ' | '\u{300}'..='\u{36f}' => {}
            '-' | '–' | ',' => out.push(' '),
            'à'..='å' | 'ā' | 'ă' | 'ą' => out.push('a'),
            'ç' | 'ć' | 'č' => out.push('c'),
            'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' => out.push('e'),
            'ğ' | 'ģ' => out.push('g'),
            'ì'..='ï' | 'ī' | 'ı' => out.push('i'),
            'ñ' | 'ń' | 'ň' => out.push('n'),
            'ò'..='ö' | 'ø' | 'ō' | 'ő' => out.push('o'),
            'ł' => out.push('l'),
            'ś' | 'ş' | 'š' | 'ș' => out.push('s'),
            'ţ' | 'ť' | 'ț' => out.push('t'),
            'ù'..='ü' | 'ū' | 'ů' | 'ű' => out.push('u'),
            'ý' | 'ÿ' => out.push('y'),
            'ź' | 'ż' | 'ž' => out.push('z'),
            'đ' | 'ď' => out.push('d'),
            'ř' => out.push('r'),
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            other => out.push(other),
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_whole() {
        assert_eq!(&TABLE[..8], b"RGAZ0001");
        let table = Gazetteer::built_in();
        assert!(table.keys > 100_000);
        for name in ["Kyiv", "São Paulo", "Deir ez-Zor", "Illinois", "Strait of Hormuz", "N'Djamena"] {
            let first = table.candidates(name).into_iter().next();
            assert!(first.is_some_and(|p| (-90.0..=90.0).contains(&p.latitude)), "{name}");
        }
    }

    #[test]
    fn names_fold_as_the_builder_folds_them() {
        assert_eq!(fold("São  Tomé-et-Príncipe"), "sao tome et principe");
        assert_eq!(fold("N'Djamena"), "ndjamena");
    }
}
