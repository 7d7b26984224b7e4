//! The gazetteer: names → places, read in place from `data/places/gazetteer.bin`, nothing parsed at start-up.
//!
//! `data/places/build/layout.py` describes the layout. Spellings and parts of names are [`super::lookup`]'s business.

use std::sync::OnceLock;

static TABLE: &[u8] = include_bytes!("../../data/places/gazetteer.bin");
static LISTS: &str = include_str!("../../data/places/gazetteer.lists.tsv");
static FEATURES: &str = include_str!("../../data/places/features.tsv");

const HEAD: usize = 8 + 6 * 4;
const RECORD: usize = 20;
/// Keys in a block, front-coded.
const BLOCK: usize = 16;
/// Steps of a coordinate in a degree.
const STEPS: f64 = 40_000.0;

/// A place of the gazetteer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// Its name in the gazetteer.
    pub name: &'static str,
    /// GeoNames id, where it has one.
    pub geonames: Option<u32>,
    /// WGS 84 degrees north.
    pub latitude: f64,
    /// WGS 84 degrees east.
    pub longitude: f64,
    /// ISO 3166-1 alpha-3.
    pub country: Option<&'static str>,
    /// Name of its first-level division.
    pub division: Option<&'static str>,
    /// GeoNames feature code: `PPL`, `PPLC`, `ADM1`, `SEA`, …
    pub feature: &'static str,
    /// People; for a region a stand-in for its weight.
    pub population: u32,
}

impl Place {
    /// UCDP's precision of a location that is named by this place: 1 exact … 7 international waters.
    pub fn where_prec(&self) -> Option<u8> {
        feature(self.feature)?[1].parse().ok()
    }

    /// The feature code in words: "border crossing".
    pub fn feature_in_words(&self) -> &'static str {
        feature(self.feature).map_or("", |f| f[2])
    }

    /// Where the place was taken from.
    pub fn source(&self) -> &'static str {
        let listed = feature(self.feature).map_or("", |f| f[3]);
        if self.geonames.is_some() && !listed.is_empty() { listed } else { "regions.tsv" }
    }
}

/// The table and its sections.
pub struct Gazetteer {
    records: usize,
    keys: usize,
    blocks: usize,
    block_table: usize,
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
            let count = |i: usize| number(8 + 4 * i, 4);
            let list = |kind: &str| {
                LISTS.lines().filter_map(|l| l.split_once('\t')).filter(|(k, _)| *k == kind).map(|(_, v)| v).collect()
            };
            let block_table = HEAD + count(0) * RECORD;
            let postings = block_table + 8 * count(2);
            let key_bytes = postings + count(3);
            Gazetteer {
                records: count(0),
                keys: count(1),
                blocks: count(2),
                block_table,
                postings,
                key_bytes,
                names: key_bytes + count(4),
                countries: list("country"),
                divisions: list("division"),
                features: list("feature"),
            }
        })
    }

    /// How many places and how many names it holds.
    pub fn size(&self) -> (usize, usize) {
        (self.records, self.keys)
    }

    /// Every place of the very name, however spelt in case and accents, the most populous first.
    pub fn candidates(&self, name: &str) -> Vec<Place> {
        let wanted = fold(name);
        self.folded(wanted.strip_prefix("the ").unwrap_or(&wanted))
    }

    /// As [`Gazetteer::candidates`], of a name that is [`fold`]ed already.
    pub fn folded(&self, wanted: &str) -> Vec<Place> {
        let wanted = wanted.as_bytes();
        // The last block whose first key is not behind the wanted one.
        let (mut low, mut high) = (0, self.blocks);
        while low < high {
            let middle = usize::midpoint(low, high);
            let at = self.key_bytes + number(self.block_table + 8 * middle, 4);
            if slice(at + 2, number(at + 1, 1)) <= wanted { low = middle + 1 } else { high = middle }
        }
        let Some(block) = low.checked_sub(1) else { return Vec::new() };
        let mut at = self.key_bytes + number(self.block_table + 8 * block, 4);
        let mut posting = self.postings + number(self.block_table + 8 * block + 4, 4);
        let mut key: Vec<u8> = Vec::with_capacity(wanted.len() + 16);
        for _ in 0..BLOCK.min(self.keys - block * BLOCK) {
            key.truncate(number(at, 1));
            let length = number(at + 1, 1);
            key.extend_from_slice(slice(at + 2, length));
            let places = number(posting, 1);
            if key == wanted {
                return (0..places).map(|p| self.place(number(posting + 1 + 3 * p, 3))).collect();
            }
            at += 2 + length;
            posting += 1 + 3 * places;
        }
        Vec::new()
    }

    fn place(&self, index: usize) -> Place {
        let at = HEAD + index * RECORD;
        let degrees = |offset: usize| {
            let raw = number(at + offset, 3) as u32;
            f64::from((raw << 8).cast_signed() >> 8) / STEPS
        };
        let text = |list: &[&'static str], i: usize| list.get(i).filter(|t| !t.is_empty()).copied();
        let name = self.names + number(at + 17, 3);
        Place {
            name: std::str::from_utf8(slice(name + 1, number(name, 1))).unwrap_or_default(),
            geonames: Some(number(at + 10, 3) as u32).filter(|&g| g != 0),
            latitude: degrees(0),
            longitude: degrees(3),
            country: text(&self.countries, number(at + 15, 1)),
            division: text(&self.divisions, number(at + 13, 2)),
            feature: text(&self.features, number(at + 16, 1)).unwrap_or_default(),
            population: number(at + 6, 4) as u32,
        }
    }
}

fn slice(at: usize, length: usize) -> &'static [u8] {
    TABLE.get(at..at + length).unwrap_or_default()
}

fn number(at: usize, bytes: usize) -> usize {
    slice(at, bytes).iter().rev().fold(0, |n, &b| n << 8 | usize::from(b))
}

/// The row of a feature: code, where_prec, in words, source.
fn feature(code: &str) -> Option<[&'static str; 4]> {
    FEATURES.lines().filter(|l| !l.starts_with('#')).find_map(|line| {
        let mut cells = line.split('\t');
        let row = std::array::from_fn(|_| cells.next().unwrap_or_default());
        (row[0] == code).then_some(row)
    })
}

/// Names as the table has them: lower case, no accents, points or apostrophes, hyphens as spaces.
pub fn fold(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut space = false;
    for c in name.chars().flat_map(char::to_lowercase) {
        if c.is_whitespace() || matches!(c, '-' | '–' | ',') {
            space = !out.is_empty();
            continue;
        }
        if matches!(c, '.' | '\'' | '’' | '‘' | '`' | 'ʼ' | '\u{300}'..='\u{36f}') {
            continue;
        }
        if std::mem::take(&mut space) {
            out.push(' ');
        }
        match c {
            'à'..='å' | 'ā' | 'ă' | 'ą' | 'ạ'..='ặ' => out.push('a'),
            'ç' | 'ć' | 'č' => out.push('c'),
            'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' | 'ẹ'..='ệ' => out.push('e'),
            'ğ' | 'ģ' | 'ḡ' => out.push('g'),
            'ḥ' | 'ḩ' | 'ḫ' | 'ẖ' => out.push('h'),
            'ì'..='ï' | 'ĩ' | 'ī' | 'ı' | 'ỉ'..='ị' => out.push('i'),
            'ḱ' | 'ḳ' | 'ķ' => out.push('k'),
            'ñ' | 'ń' | 'ň' | 'ņ' => out.push('n'),
            'ò'..='ö' | 'ø' | 'ō' | 'ő' | 'ơ' | 'ọ'..='ợ' => out.push('o'),
            'ł' | 'ļ' => out.push('l'),
            'ś' | 'ş' | 'š' | 'ș' | 'ṣ' => out.push('s'),
            'ţ' | 'ť' | 'ț' | 'ṭ' => out.push('t'),
            'ù'..='ü' | 'ũ' | 'ū' | 'ů' | 'ű' | 'ư' | 'ụ'..='ự' => out.push('u'),
            'ý' | 'ÿ' | 'ỳ'..='ỹ' => out.push('y'),
            'ź' | 'ż' | 'ž' | 'ẓ' | 'ẕ' => out.push('z'),
            'đ' | 'ď' | 'ḑ' | 'ḍ' => out.push('d'),
            'ř' | 'ṛ' => out.push('r'),
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_whole() {
        assert_eq!(&TABLE[..8], b"RGAZ0002");
        let table = Gazetteer::built_in();
        assert!(table.size().0 > 250_000 && table.size().1 > 350_000);
        for name in
            ["Kyiv", "São Paulo", "Deir ez-Zor", "Illinois", "Strait of Hormuz", "N'Djamena", "France", "Al-Hol"]
        {
            let first = table.candidates(name).into_iter().next();
            assert!(first.is_some_and(|p| (-90.0..=90.0).contains(&p.latitude)), "{name}");
        }
        let south = table.candidates("Buenos Aires").into_iter().find(|p| p.feature == "PPLC");
        assert!(south.is_some_and(|p| (p.latitude + 34.61).abs() < 0.05 && (p.longitude + 58.38).abs() < 0.1));
    }

    #[test]
    fn every_feature_is_explained() {
        let table = Gazetteer::built_in();
        for code in table.features.iter().filter(|c| !c.is_empty()) {
            assert!(feature(code).is_some_and(|f| !f[2].is_empty()), "{code} is not in features.tsv");
        }
    }

    #[test]
    fn names_fold_as_the_builder_folds_them() {
        assert_eq!(fold("São  Tomé-et-Príncipe"), "sao tome et principe");
        assert_eq!(fold("N'Djamena"), "ndjamena");
        assert_eq!(fold("Ḩalab, Đà Nẵng "), "halab da nang");
        assert_eq!(fold("W. Va."), "w va");
    }
}
