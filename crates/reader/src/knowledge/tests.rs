//! The tables can be read and do not contradict themselves; names and descriptions are those of the day.

use std::collections::HashSet;

use jiff::civil::Date;

use super::table::{Kind, check, parse};
use super::{Knowledge, TABLES, built_in_rows, sectors};

fn on(date: &str) -> Option<Date> {
    date.parse().ok()
}

fn code(name: &str, date: &str) -> Option<String> {
    Knowledge::built_in().describe(name, on(date)).and_then(|k| k.code)
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
        ("Taliban", "2019-01-01", Some("AFGREB")),
        ("Taliban", "2022-01-01", Some("AFGGOV")),
        ("Bonn", "1985-01-01", Some("DEUGOV")),
        ("Bonn", "2012-01-01", None),
    ] {
        assert_eq!(code(name, date).as_deref(), want, "{name} on {date}");
    }
}

#[test]
fn a_description_has_a_role_and_whose_it_is() {
    for (text, want) in [
        ("South Korean officials", Some("KORGOV")),
        ("a Russian general", Some("RUSMIL")),
        ("Turkish-backed Syrian rebels", Some("SYRREB")),
        ("US intelligence officials", Some("USASPY")),
        ("a Hamas spokesman", Some("PSEREB")),
        ("a Moscow court", Some("RUSJUD")),
        ("the mayor of Istanbul", Some("TURGOV")),
        ("rebels in eastern Congo", Some("CODREB")),
        ("the president of the European Commission", Some("IGO")),
        ("Dutch peacekeepers", Some("NLDMIL")),
        ("an ex-president of Peru", Some("PERELI")),
        ("Morocco's Justice and Development Party", Some("MARPTY")),
        ("Kenyan police spokesman Charles Otieno", Some("KENCOP")),
        ("the US state of Georgia", None),
        ("Atlanta, Georgia", None),
        ("a Russian restaurant", None),
    ] {
        assert_eq!(code(text, "2019-01-01").as_deref(), want, "{text}");
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
    for (file, text) in TABLES {
        assert!(parse(file, text, false).is_ok_and(|rows| !rows.is_empty()), "{file}");
    }
    let rows = built_in_rows();
    let states: HashSet<&str> = rows.iter().filter(|r| r.kind == Kind::States).map(|r| r.get("iso3")).collect();
    let sectors = sectors();
    let wrong: Vec<String> = rows
        .iter()
        .filter_map(|row| check(row, &|s| states.contains(s), &|s| sectors.contains(s)).err())
        .map(|error| error.to_string())
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn memberships_are_those_of_the_day_and_of_known_bodies() {
    let knowledge = Knowledge::built_in();
    assert_eq!(knowledge.members("NATO", on("1950-01-01")).len(), 12);
    assert_eq!(knowledge.members("NATO", on("2025-01-01")).len(), 32);
    assert_eq!(knowledge.members("European Union", on("2015-01-01")).len(), 28);
    assert_eq!(knowledge.members("United Nations", on("2024-01-01")).len(), 193);
    assert!(knowledge.member_of("GBR", on("2021-01-01")).contains(&"NATO"));
    assert!(!knowledge.member_of("GBR", on("2021-01-01")).contains(&"European Union"));
    for row in &knowledge.memberships {
        assert!(knowledge.lookup(row.organization, None).is_some(), "{}", row.organization);
    }
}

fn with(text: &str) -> Result<Knowledge, String> {
    Knowledge::with(&[("my.tsv".to_owned(), text.to_owned())]).map_err(|e| e.to_string())
}

const PEOPLE: &str = "name\taliases\toffice\tiso3\tsector\tfrom\tuntil\n";

#[test]
fn a_users_rows_win() -> Result<(), String> {
    let text = format!("{PEOPLE}Ada Example\tExample\tpresident\tTUR\tGOV\t2019-01-01\t2020-01-01\n");
    let knowledge = with(&(text + "name\taliases\tkind\tiso3\tsector\nNSC\t\torganization\tNZL\tGOV\n"))?;
    let holder = |date| on(date).and_then(|d| knowledge.holder("TUR", "president", d));
    assert_eq!(holder("2018-06-01").as_deref(), Some("Recep Tayyip Erdoğan"));
    assert_eq!(holder("2019-06-01").as_deref(), Some("Ada Example"));
    assert_eq!(holder("2021-06-01").as_deref(), Some("Recep Tayyip Erdoğan"));
    let code = |name| knowledge.lookup(name, on("2019-06-01")).and_then(|k| k.code);
    assert_eq!(code("Example").as_deref(), Some("TURGOV"));
    assert_eq!(code("NSC").as_deref(), Some("NZLGOV"));
    Ok(())
}

#[test]
fn what_is_wrong_is_named_with_its_line_and_field() {
    let person = |rest: &str| format!("{PEOPLE}Ada Example\t\tpresident\t{rest}\n");
    for (text, want) in [
        ("who\twhat\nx\ty\n".to_owned(), "my.tsv:1: no table has the columns"),
        (person("TUR\tGOV\t2019-13-01\t"), "my.tsv:2: field `from`: `2019-13-01` is no date"),
        (person("TUR\tGOV\t2020-01-01\t2019-01-01"), "my.tsv:2: field `until`: 2019-01-01 does not come after"),
        (person("TRK\tGOV\t\t"), "my.tsv:2: field `iso3`: `TRK` is no state"),
        (person("TUR\tGVT\t\t"), "my.tsv:2: field `sector`: `GVT` is no PLOVER sector"),
        (person("TUR\tGOV\t\t\textra"), "my.tsv:2: 8 fields under 7 columns"),
        (
            person("TUR\tGOV\t\t") + "Bob Example\t\tpresident\tTUR\tGOV\t2019-01-01\t\n",
            "my.tsv:3: field `office`: Ada Example is president of TUR at the same time by my.tsv:2",
        ),
        (
            "name\taliases\tkind\tiso3\tsector\nA\tX\torganization\tTUR\tGOV\nB\tX\torganization\tTUR\tMIL\n"
                .to_owned(),
            "my.tsv:3: field `aliases`: `X` is A by my.tsv:2",
        ),
    ] {
        let error = with(&text).err().unwrap_or_default();
        assert!(error.starts_with(want), "{error}");
    }
}
