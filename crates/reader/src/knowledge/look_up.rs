//! Looking a name up: how names are compared, and which of those that bear it is meant on a day.

use jiff::civil::Date;
use reportedly_record::EntityKind;

use super::{How, Knowledge, Known};

/// Something known under fixed names for a time.
pub(super) struct Entry {
    pub known: Known,
    /// Known by the name only while it lasts: Bonn is not the German government in 2012.
    pub strict: bool,
}

impl Knowledge {
    /// What a name as printed stands for on a day; a surname only where the tables have it as an alias.
    pub fn lookup(&self, name: &str, on: Option<Date>) -> Option<Known> {
        self.lookup_in(name, on, &[])
    }

    /// The same, told which states the text is about: of several bodies with one name ("NSC"), theirs.
    pub fn lookup_in(&self, name: &str, on: Option<Date>, states: &[&str]) -> Option<Known> {
        // Case tells "US" from "us" and "IS" from "is": the table keeps it.
        let key = fold(name);
        let entry = self.entry(&key, on, states);
        let person = self.person(&self.people, &key, on);
        match (person, entry) {
            (Some(person), Some(entry)) => {
                Some(if entry.source.user && !person.source.user { entry.clone() } else { person })
            }
            (Some(person), None) => Some(person),
            (None, Some(entry)) => Some(entry.clone()),
            (None, None) => None,
        }
    }

    /// All that bear the name, whoever is meant first.
    pub fn all(&self, name: &str, on: Option<Date>) -> Vec<Known> {
        let key = fold(name);
        let mut out: Vec<Known> = self.lookup(name, on).into_iter().collect();
        let entries = self.names.get(&key).into_iter().flatten().map(|&i| self.entries[i].known.clone());
        let people = [&self.people, &self.surnames, &self.families].into_iter();
        let people = people.filter_map(|index| index.get(&key)).flatten().map(|&i| self.known_holder(i, on));
        for known in people.chain(entries) {
            if !out.iter().any(|k| k.source == known.source) {
                out.push(known);
            }
        }
        out
    }

    fn entry(&self, key: &str, on: Option<Date>, states: &[&str]) -> Option<&Known> {
        let indices = self.names.get(key)?;
        let live = |i: &&usize| {
            let known = &self.entries[**i].known;
            on.is_none_or(|d| within(known.from, known.until, d))
        };
        let here = |i: &&usize| self.entries[**i].known.iso3.as_deref().is_some_and(|s| states.contains(&s));
        if let [only] = indices[..] {
            let entry = &self.entries[only];
            return (!entry.strict || live(&&only)).then_some(&entry.known);
        }
        let lasting = |i: &&usize| !self.entries[**i].strict || live(i);
        let by_user = indices.iter().filter(lasting).find(|i| self.entries[**i].known.source.user && live(i));
        let chosen = by_user
            .or_else(|| indices.iter().find(|i| here(i) && live(i)))
            .or_else(|| indices.iter().find(live))
            .or_else(|| indices.iter().rfind(|i| lasting(i) && self.ended(**i, on)))
            .or_else(|| indices.iter().find(lasting))?;
        Some(&self.entries[*chosen].known)
    }

    fn ended(&self, entry: usize, on: Option<Date>) -> bool {
        self.entries[entry].known.until.zip(on).is_some_and(|(until, on)| until <= on)
    }

    pub(super) fn add(&mut self, names: impl Iterator<Item = &'static str>, known: Known, strict: bool) {
        let index = self.entries.len();
        self.entries.push(Entry { known, strict });
        for name in names {
            let list = self.names.entry(fold(name)).or_default();
            if !list.contains(&index) {
                list.push(index);
            }
        }
    }

    /// Names that are free, or taken only by those of other days.
    pub(super) fn add_if_free(&mut self, names: impl Iterator<Item = &'static str>, known: &Known) {
        let free: Vec<&'static str> =
            names.filter(|n| known.source.user || !self.names.contains_key(&fold(n))).collect();
        self.add(free.into_iter(), known.clone(), false);
    }
}

impl Known {
    /// Of a table's row, nothing else said yet.
    pub(super) fn of(row: &super::table::Row, name: &str, kind: EntityKind) -> Known {
        Known {
            name: name.to_owned(),
            kind,
            how: How::Name,
            iso3: None,
            sector: None,
            code: None,
            office: None,
            held: None,
            from: row.date("from"),
            until: row.date("until"),
            wikidata: row.some("wikidata"),
            geonames: row.number("geonames"),
            latitude: row.number("latitude"),
            longitude: row.number("longitude"),
            source: row.source,
            role: None,
        }
    }
}

/// Whether the day falls into the time.
pub(super) fn within(from: Option<Date>, until: Option<Date>, on: Date) -> bool {
    from.is_none_or(|from| from <= on) && until.is_none_or(|until| on < until)
}

/// Names as they are compared: no article, no accents, plain apostrophes, hyphens as spaces. Case stays.
pub(super) fn fold(name: &str) -> String {
    let name = name.strip_prefix("the ").or_else(|| name.strip_prefix("The ")).unwrap_or(name);
    let mut out = String::with_capacity(name.len());
    let mut gap = false;
    for c in name.chars() {
        if c.is_whitespace() || c == '-' {
            gap = !out.is_empty();
            continue;
        }
        if gap {
            out.push(' ');
            gap = false;
        }
        out.push(if c.is_ascii() { c } else { plain(c) });
    }
    out
}

fn plain(c: char) -> char {
    match c {
        '’' | '‘' | 'ʼ' | 'ʻ' => '\'',
        '–' | '\u{2011}' => ' ',
        'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' | 'ā' | 'ă' | 'ą' | 'ə' => 'a',
        'é' | 'è' | 'ê' | 'ë' | 'ė' | 'ē' | 'ę' | 'ě' => 'e',
        'í' | 'ì' | 'î' | 'ï' | 'ı' | 'ī' => 'i',
        'ó' | 'ò' | 'ô' | 'ö' | 'õ' | 'ø' | 'ō' | 'ő' => 'o',
        'ú' | 'ù' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' => 'u',
        'ç' | 'ć' | 'č' => 'c',
        'ď' | 'đ' => 'd',
        'ğ' => 'g',
        'ł' | 'ľ' => 'l',
        'ñ' | 'ń' | 'ň' => 'n',
        'ř' => 'r',
        'ş' | 'š' | 'ś' | 'ș' => 's',
        'ţ' | 'ț' | 'ť' => 't',
        'ý' => 'y',
        'ž' | 'ź' | 'ż' => 'z',
        'Á' | 'Â' | 'Ä' | 'Å' => 'A',
        'Ç' | 'Č' | 'Ć' => 'C',
        'Đ' => 'D',
        'É' => 'E',
        'İ' | 'Í' => 'I',
        'Ł' => 'L',
        'Ö' | 'Ó' | 'Ø' => 'O',
        'Ş' | 'Š' | 'Ș' | 'Ś' => 'S',
        'Ü' | 'Ú' => 'U',
        'Ž' | 'Ż' => 'Z',
        other => other,
    }
}
