//! What is known of the world: states, office holders with dates, organisations, role words, things.
//!
//! Data and sources in `data/actors/`. A person's code is that of the day asked for: in office GOV, before and after ELI.

use std::collections::HashMap;
use std::sync::OnceLock;

use jiff::civil::Date;
use reportedly_record::EntityKind;

/// How a name names its entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// Its own name.
    Name,
    /// An adjective or demonym of a state or people.
    Adjective,
    /// A capital or seat that stands for the government.
    Metonym,
}

/// What is known under a name.
#[derive(Debug, Clone, PartialEq)]
pub struct Known {
    /// Canonical name.
    pub name: String,
    /// What sort of thing.
    pub kind: EntityKind,
    /// How the name names it.
    pub how: How,
    /// ISO 3166-1 alpha-3.
    pub iso3: Option<String>,
    /// PLOVER sector.
    pub sector: Option<String>,
    /// State and sector as coders write them.
    pub code: Option<String>,
    /// Office held on the date asked for.
    pub office: Option<String>,
    /// Wikidata item.
    pub wikidata: Option<String>,
    /// GeoNames id.
    pub geonames: Option<u32>,
    /// Degrees north.
    pub latitude: Option<f64>,
    /// Degrees east.
    pub longitude: Option<f64>,
}

/// A general word for somebody: "minister", "rebels".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    /// PLOVER sector.
    pub sector: Option<String>,
    /// Person or organisation; a plural of persons is a group.
    pub kind: EntityKind,
}

/// A weapon, vehicle or good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thing {
    /// `artillery`, `missile.ballistic`, …
    pub class: String,
}

struct Holder {
    name: &'static str,
    office: &'static str,
    iso3: &'static str,
    sector: &'static str,
    from: Option<Date>,
    until: Option<Date>,
}

/// Offices and their holders; heads of state and government first.
const HOLDERS: [&str; 4] = [
    include_str!("../../data/actors/leaders.tsv"),
    include_str!("../../data/actors/ministers.tsv"),
    include_str!("../../data/actors/officials.tsv"),
    include_str!("../../data/actors/commanders.tsv"),
];

/// The built-in knowledge, indexed.
pub struct Knowledge {
    names: HashMap<String, Known>,
    people: HashMap<String, Vec<usize>>,
    holders: Vec<Holder>,
    states: HashMap<&'static str, &'static str>,
    roles: HashMap<&'static str, Role>,
    things: HashMap<&'static str, (Thing, &'static str)>,
}

impl Knowledge {
    /// The tables built into the program, read on first use.
    pub fn built_in() -> &'static Knowledge {
        static TABLES: OnceLock<Knowledge> = OnceLock::new();
        TABLES.get_or_init(Knowledge::load)
    }

    /// What a name as printed stands for on a day; a surname only where one holder of an office fits.
    pub fn lookup(&self, name: &str, on: Option<Date>) -> Option<Known> {
        let key = fold(name);
        if let Some(person) = self.person(&key, on) {
            return Some(person);
        }
        // Case tells "US" from "us" and "IS" from "is": the table keeps it.
        self.names.get(&key).cloned()
    }

    /// The name of whoever holds the office that the word means in the state on the day.
    pub fn holder(&self, iso3: &str, word: &str, on: Date) -> Option<String> {
        let fits = |h: &&Holder| {
            h.iso3 == iso3 && in_office(h, on) && (h.office == word || h.office.ends_with(&format!(" {word}")))
        };
        if let Some(holder) = self.holders.iter().find(fits) {
            return Some(holder.name.to_owned());
        }
        // "Leader" is whoever is listed first: the head of state or of government in power.
        (matches!(word, "leader" | "ruler" | "dictator" | "strongman") && self.states.contains_key(iso3))
            .then(|| {
                self.holders.iter().find(|h| {
                    h.iso3 == iso3
                        && in_office(h, on)
                        && matches!(
                            h.office,
                            "president"
                                | "prime minister"
                                | "supreme leader"
                                | "chancellor"
                                | "king"
                                | "junta leader"
                                | "emir"
                                | "leader"
                                | "premier"
                        )
                })
            })
            .flatten()
            .map(|h| h.name.to_owned())
    }

    /// The role that a word or pair of words means.
    pub fn role(&self, lemma: &str) -> Option<&Role> {
        self.roles.get(lemma).or_else(|| {
            // "gunmen", "policewomen": plurals that a lemma may have kept.
            let stem = lemma.strip_suffix("men")?;
            self.roles.get(format!("{stem}man").as_str())
        })
    }

    /// The thing that a word means.
    pub fn thing(&self, lemma: &str) -> Option<&Thing> {
        self.things.get(lemma).map(|(thing, _)| thing)
    }

    /// The word classes of a noun, joined by `|`.
    pub fn word_class(&self, lemma: &str) -> Option<&'static str> {
        self.things.get(lemma).map(|(_, class)| *class)
    }

    /// The state's name.
    pub fn state_name(&self, iso3: &str) -> Option<&'static str> {
        self.states.get(iso3).copied()
    }

    /// State and sector as coders write them: PRK and GOV make PRKGOV.
    pub fn compose(&self, iso3: Option<&str>, sector: Option<&str>) -> Option<String> {
        compose(iso3, sector)
    }

    fn person(&self, key: &str, on: Option<Date>) -> Option<Known> {
        let indices = self.people.get(key)?;
        let now = |i: &&usize| on.is_none_or(|d| in_office(&self.holders[**i], d));
        // In office on the day, else the last one to have held it; a bare surname must mean one person.
        let mut names: Vec<&str> = indices.iter().map(|&i| self.holders[i].name).collect();
        names.sort_unstable();
        names.dedup();
        let serving: Vec<usize> = indices.iter().filter(now).copied().collect();
        let chosen = match (serving.first(), names.len()) {
            (Some(&i), _) if serving.iter().all(|&j| self.holders[j].name == self.holders[i].name) => i,
            (None, 1) => *indices.last()?,
            _ => return None,
        };
        let holder = &self.holders[chosen];
        let serving = on.is_none_or(|d| in_office(holder, d));
        let sector = if serving { holder.sector } else { "ELI" };
        let state = self.states.get(holder.iso3).copied();
        let office = match state {
            Some(state) => format!("{} of {state}", holder.office),
            None => holder.office.to_owned(),
        };
        Some(Known {
            name: holder.name.to_owned(),
            kind: EntityKind::Person,
            how: How::Name,
            iso3: state.map(|_| holder.iso3.to_owned()),
            sector: Some(sector.to_owned()),
            code: compose(Some(holder.iso3), Some(sector)),
            office: serving.then_some(office),
            wikidata: None,
            geonames: None,
            latitude: None,
            longitude: None,
        })
    }

    fn load() -> Knowledge {
        let mut out = Knowledge {
            names: HashMap::new(),
            people: HashMap::new(),
            holders: Vec::new(),
            states: HashMap::new(),
            roles: HashMap::new(),
            things: HashMap::new(),
        };
        out.load_states();
        out.load_organizations();
        out.load_leaders();
        for row in rows(include_str!("../../data/actors/roles.tsv")) {
            let [lemma, sector, kind] = row[..] else { continue };
            let kind = if kind == "person" { EntityKind::Person } else { EntityKind::Organization };
            out.roles.insert(lemma, Role { sector: some(sector), kind });
        }
        for row in rows(include_str!("../../data/actors/things.tsv")) {
            let [lemma, class, word_class] = row[..] else { continue };
            out.things.insert(lemma, (Thing { class: class.to_owned() }, word_class));
        }
        out
    }

    fn load_states(&mut self) {
        let mut seats = Vec::new();
        for row in rows(include_str!("../../data/actors/states.tsv")) {
            let [iso3, _, name, names, adjectives, demonyms, _, state_seats, geonames, latitude, longitude] = row[..]
            else {
                continue;
            };
            self.states.insert(iso3, name);
            let known = Known {
                name: name.to_owned(),
                kind: EntityKind::Country,
                how: How::Name,
                iso3: some(iso3),
                sector: None,
                code: some(iso3),
                office: None,
                wikidata: None,
                geonames: geonames.parse().ok(),
                latitude: latitude.parse().ok(),
                longitude: longitude.parse().ok(),
            };
            for alias in std::iter::once(name).chain(names.split('|')) {
                self.name(alias, known.clone());
            }
            for word in adjectives.split('|').chain(demonyms.split('|')) {
                self.name(word, Known { how: How::Adjective, ..known.clone() });
            }
            seats.extend(state_seats.split('|').map(|seat| {
                (
                    seat,
                    Known {
                        how: How::Metonym,
                        sector: some("GOV"),
                        code: compose(Some(iso3), Some("GOV")),
                        ..known.clone()
                    },
                )
            }));
        }
        for (seat, known) in seats {
            // A capital is first of all a city; only seats that are no town stand for the government by name alone.
            self.name(seat, known);
        }
    }

    fn load_organizations(&mut self) {
        for row in rows(include_str!("../../data/actors/organizations.tsv")) {
            let [name, aliases, kind, iso3, sector] = row[..] else { continue };
            let kind = if kind == "group" { EntityKind::Group } else { EntityKind::Organization };
            let known = Known {
                name: name.to_owned(),
                kind,
                how: How::Name,
                iso3: some(iso3).filter(|i| self.states.contains_key(i.as_str())),
                sector: some(sector),
                code: compose(some(iso3).as_deref(), some(sector).as_deref()),
                office: None,
                wikidata: None,
                geonames: None,
                latitude: None,
                longitude: None,
            };
            for alias in std::iter::once(name).chain(aliases.split('|')) {
                if !alias.is_empty() {
                    self.names.insert(fold(alias), known.clone());
                }
            }
        }
    }

    fn load_leaders(&mut self) {
        for row in HOLDERS.into_iter().flat_map(rows) {
            let [name, aliases, office, iso3, sector, from, until] = row[..] else { continue };
            let index = self.holders.len();
            self.holders.push(Holder {
                name,
                office,
                iso3,
                sector,
                from: from.parse().ok(),
                until: until.parse().ok(),
            });
            // A surname alone is an alias in the table where it is one; most are anybody's.
            let mut keys: Vec<String> =
                std::iter::once(name).chain(aliases.split('|')).filter(|a| !a.is_empty()).map(fold).collect();
            keys.sort_unstable();
            keys.dedup();
            for key in keys {
                self.people.entry(key).or_default().push(index);
            }
        }
    }

    fn name(&mut self, alias: &str, known: Known) {
        if !alias.is_empty() {
            self.names.entry(fold(alias)).or_insert(known);
        }
    }
}

fn compose(iso3: Option<&str>, sector: Option<&str>) -> Option<String> {
    match (iso3, sector) {
        (Some(state), Some(sector)) if state == sector => Some(state.to_owned()),
        (Some(state), Some(sector)) => Some(format!("{state}{sector}")),
        (Some(state), None) => Some(state.to_owned()),
        (None, Some(sector)) => Some(sector.to_owned()),
        (None, None) => None,
    }
}

fn in_office(holder: &Holder, on: Date) -> bool {
    holder.from.is_none_or(|from| from <= on) && holder.until.is_none_or(|until| on < until)
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

/// Names as they are compared: no article, no accents, plain apostrophes, hyphens as spaces. Case stays.
fn fold(name: &str) -> String {
    let name = name.strip_prefix("the ").or_else(|| name.strip_prefix("The ")).unwrap_or(name);
    name.split_whitespace()
        .flat_map(|w| w.split('-'))
        .filter(|w| !w.is_empty())
        .map(|w| w.chars().map(plain).collect::<String>())
        .collect::<Vec<_>>()
        .join(" ")
}

fn plain(c: char) -> char {
    match c {
        '’' | '‘' | 'ʼ' => '\'',
        'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' => 'a',
        'é' | 'è' | 'ê' | 'ë' | 'ė' => 'e',
        'í' | 'ì' | 'î' | 'ï' | 'ı' => 'i',
        'ó' | 'ò' | 'ô' | 'ö' | 'õ' | 'ø' => 'o',
        'ú' | 'ù' | 'û' | 'ü' => 'u',
        'ç' | 'ć' | 'č' => 'c',
        'ğ' => 'g',
        'ş' | 'š' => 's',
        'ž' => 'z',
        'ñ' => 'n',
        'ý' => 'y',
        'Ç' | 'Č' => 'C',
        'É' => 'E',
        'Ö' => 'O',
        'İ' => 'I',
        other => other,
    }
}

fn rows(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    text.lines().skip(1).filter(|l| !l.is_empty() && !l.starts_with('#')).map(|l| l.split('\t').collect())
}

#[cfg(test)]
mod holders_test;

#[cfg(test)]
mod tests {
    use super::*;

    fn on(date: &str) -> Option<Date> {
        date.parse().ok()
    }

    #[test]
    fn a_code_is_that_of_the_day() {
        let code = |name: &str, date: &str| Knowledge::built_in().lookup(name, on(date)).and_then(|k| k.code);
        for (name, date, want) in [
            ("Theresa May", "2018-05-14", Some("GBRGOV")),
            ("Theresa May", "2020-01-01", Some("GBRELI")),
            ("Erdogan", "2018-05-14", Some("TURGOV")),
            ("Recep Tayyip Erdoğan", "2002-01-01", Some("TURELI")),
            ("Kim Jong Un", "2023-09-05", Some("PRKGOV")),
            ("South Korean", "2023-09-05", Some("KOR")),
            ("the Kremlin", "2023-09-05", Some("RUSGOV")),
            ("US", "2023-09-05", Some("USA")),
            ("us", "2023-09-05", None),
            ("Pentagon", "2023-09-05", Some("USAMIL")),
            ("MI6", "2023-09-05", Some("GBRSPY")),
            ("Amnesty", "2023-09-05", Some("NGO")),
        ] {
            assert_eq!(code(name, date).as_deref(), want, "{name} on {date}");
        }
    }

    #[test]
    fn a_description_finds_its_holder() {
        let holder = |iso3, word, date| on(date).and_then(|d| Knowledge::built_in().holder(iso3, word, d));
        assert_eq!(holder("PRK", "leader", "2023-09-05").as_deref(), Some("Kim Jong-un"));
        assert_eq!(holder("TUR", "president", "2018-05-14").as_deref(), Some("Recep Tayyip Erdoğan"));
        assert_eq!(holder("GBR", "prime minister", "1800-01-01"), None);
    }

    #[test]
    fn every_row_is_whole() {
        for (file, text, columns) in [
            ("states", include_str!("../../data/actors/states.tsv"), 11),
            ("organizations", include_str!("../../data/actors/organizations.tsv"), 5),
            ("roles", include_str!("../../data/actors/roles.tsv"), 3),
            ("things", include_str!("../../data/actors/things.tsv"), 3),
        ] {
            for row in rows(text) {
                assert_eq!(row.len(), columns, "{file}: {row:?}");
            }
        }
    }
}
