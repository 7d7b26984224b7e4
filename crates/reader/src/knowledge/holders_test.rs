//! Are the tables of offices whole? Terms that follow one another, no state without a government, today or in between.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, date};

use super::look_up::fold;
use super::{HOLDERS, Knowledge};

/// The tables know changes up to this day.
const KNOWN: Date = date(2026, 6, 30);

/// Longest time without a head of state or government; where the prime minister leads, without one. In days.
const GAP: i32 = 31;

/// What was longer: civil wars, and a king who ruled himself.
const LONGER: [(&str, Date); 3] = [("LBR", date(1990, 9, 9)), ("NPL", date(2005, 2, 1)), ("SOM", date(1997, 1, 3))];

/// Those of leaders.tsv that are no members of the United Nations.
const OTHERS: [&str; 5] = ["HKG", "PSE", "TWN", "VAT", "XKX"];

#[derive(Debug, Clone, Copy)]
struct Term {
    name: &'static str,
    office: &'static str,
    iso3: &'static str,
    from: Date,
    until: Option<Date>,
}

fn rows(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    text.lines().skip(1).filter(|l| !l.is_empty() && !l.starts_with('#')).map(|l| l.split('\t').collect())
}

fn terms(text: &'static str) -> Vec<Term> {
    rows(text)
        .map(|row| {
            assert_eq!(row.len(), 7, "{row:?}");
            let [name, _, office, iso3, sector, from, until] = row[..] else { unreachable!() };
            assert_eq!(sector.len(), 3, "{row:?}");
            let day = |text: &str| text.parse().unwrap_or_else(|_| panic!("{row:?}: {text} is no day"));
            let (from, until): (Date, Option<Date>) = (day(from), (!until.is_empty()).then(|| day(until)));
            assert!(until.is_none_or(|until| from < until), "{row:?} ends before it begins");
            Term { name, office, iso3, from, until }
        })
        .collect()
}

#[test]
fn terms_of_an_office_follow_one_another() {
    let mut offices: BTreeMap<_, Vec<Term>> = BTreeMap::new();
    for term in HOLDERS.into_iter().flat_map(terms) {
        offices.entry((term.iso3, term.office)).or_default().push(term);
    }
    for ((iso3, office), mut terms) in offices {
        let shared = ["spokesman", "spokeswoman"].iter().any(|o| office.ends_with(o));
        terms.sort_by_key(|t| t.from);
        for pair in terms.windows(2).filter(|_| !shared) {
            let apart = pair[0].until.is_some_and(|until| until <= pair[1].from);
            assert!(apart, "{} and {} are both {office} of {iso3}", pair[0].name, pair[1].name);
        }
    }
}

#[test]
fn no_state_is_long_without_a_head() {
    let mut states: BTreeMap<_, Vec<Term>> = BTreeMap::new();
    for term in terms(HOLDERS[0]) {
        states.entry(term.iso3).or_default().push(term);
    }
    for (iso3, mut terms) in states {
        let of_government = |t: &Term| t.office.ends_with("prime minister") || t.office.ends_with("chancellor");
        if of_government(&terms[0]) && terms.iter().any(|t| of_government(t) && t.until.is_none()) {
            let ceremonial = ["king", "queen", "emperor", "duke", "president"];
            terms.retain(|t| !ceremonial.iter().any(|o| t.office.ends_with(o)));
        }
        terms.sort_by_key(|t| t.from);
        let mut covered = terms[0].from.max(date(1990, 1, 1));
        let end = Term { from: KNOWN, ..terms[0] };
        for term in terms.iter().chain([&end]) {
            let gap = (term.from - covered).get_days();
            let longer = LONGER.contains(&(iso3, covered));
            assert!(gap <= GAP || longer, "{iso3} has nobody from {covered} to {}", term.from);
            covered = covered.max(term.until.unwrap_or(KNOWN));
        }
    }
}

#[test]
fn every_state_has_a_head() {
    let with: BTreeSet<&str> = terms(HOLDERS[0]).iter().map(|t| t.iso3).collect();
    let known = Knowledge::built_in();
    assert!(with.iter().all(|iso3| known.states.contains_key(iso3)), "a state of leaders.tsv is none of states.tsv");
    assert!(OTHERS.iter().all(|iso3| with.contains(iso3)));
    // 193 members of the United Nations without San Marino, whose heads change twice a year.
    assert_eq!(with.len() - OTHERS.len(), 192);
}

#[test]
fn a_name_is_one_person() {
    let mut people: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for row in HOLDERS.into_iter().flat_map(rows) {
        for name in std::iter::once(row[0]).chain(row[1].split('|')).filter(|n| n.contains(' ')) {
            people.entry(fold(name)).or_default().insert(row[0]);
        }
    }
    // Father and son; a Kenyan minister and the deputy head of the UN.
    let namesakes = ["George W. Bush", "Amina Mohamed"];
    people.retain(|_, people| people.len() > 1 && !namesakes.iter().any(|n| people.contains(n)));
    assert!(people.is_empty(), "{people:?}");
}

#[test]
fn codes_follow_the_office() {
    let code = |name, day: Date| Knowledge::built_in().lookup(name, Some(day)).and_then(|k| k.code);
    for (name, day, want) in [
        ("Qasem Soleimani", date(2019, 6, 1), Some("IRNMIL")),
        ("William Burns", date(2023, 6, 1), Some("USASPY")),
        ("Abu Mohammed al-Golani", date(2016, 6, 1), Some("SYRREB")),
        ("Ahmed al-Sharaa", date(2025, 6, 1), Some("SYRGOV")),
        ("Hashim Thaçi", date(1998, 12, 1), Some("XKXREB")),
        ("Hashim Thaci", date(2010, 1, 1), Some("XKXGOV")),
        ("Moammar Gadhafi", date(2011, 3, 1), Some("LBYGOV")),
        ("Volodymyr Zelenskyy", date(2022, 2, 24), Some("UKRGOV")),
        ("Mohammed Mursi", date(2014, 1, 1), Some("EGYELI")),
        ("Imran Khan", date(2019, 1, 1), Some("PAKGOV")),
        ("Sergey Lavrov", date(2000, 1, 1), Some("RUSGOV")),
        ("Austin", date(2018, 1, 1), None),
    ] {
        assert_eq!(code(name, day).as_deref(), want, "{name} on {day}");
    }
}
