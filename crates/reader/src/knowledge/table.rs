//! Tables of actors: tab-separated rows under a header that says what they are, checked field by field.
//!
//! The built-in data and the files of users are the same tables; the columns of each are listed in `docs/actors.md`.

use std::fmt;

use jiff::civil::Date;

/// The line of data that a fact is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Source {
    /// File name: of a built-in table, or as the user gave it.
    pub file: &'static str,
    /// Line, from 1.
    pub line: usize,
    /// Whether a user's file says so.
    pub user: bool,
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

/// What is wrong with a file of actors, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActorsError {
    /// File as the user gave it.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column, where one is to blame.
    pub field: Option<&'static str>,
    /// What is wrong, and what would be right.
    pub reason: String,
}

impl fmt::Display for ActorsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: ", self.file, self.line)?;
        if let Some(field) = self.field {
            write!(f, "field `{field}`: ")?;
        }
        f.write_str(&self.reason)
    }
}

impl std::error::Error for ActorsError {}

/// The tables there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    States,
    Territories,
    StateNames,
    Seats,
    Organizations,
    Memberships,
    Holders,
    Roles,
    Things,
}

use Kind::*;

/// Each table's columns; those before the bar must be there.
const COLUMNS: [(Kind, &[&str], &[&str]); 9] = [
    (
        States,
        &["iso3", "name", "names", "adjectives"],
        &[
            "iso2",
            "demonyms",
            "capital",
            "seats",
            "geonames",
            "latitude",
            "longitude",
            "cow",
            "gw",
            "wikidata",
            "of",
            "from",
            "until",
        ],
    ),
    (
        Territories,
        &["name", "names", "adjectives", "iso3"],
        &["demonyms", "kind", "sector", "seats", "wikidata", "geonames", "from", "until"],
    ),
    (StateNames, &["iso3", "name", "from", "until"], &["adjectives"]),
    (Seats, &["seat", "iso3"], &["sector", "from", "until"]),
    (Organizations, &["name", "aliases", "kind", "iso3", "sector"], &["from", "until", "wikidata"]),
    (Memberships, &["organization", "iso3"], &["from", "until"]),
    (Holders, &["name", "office", "iso3", "sector"], &["aliases", "from", "until", "wikidata"]),
    (Roles, &["lemma", "sector", "kind"], &["head", "iso3", "of_state"]),
    (Things, &["lemma", "class"], &["word_class"]),
];

/// One row: cells by column name.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub kind: Kind,
    pub source: Source,
    columns: std::rc::Rc<Vec<&'static str>>,
    cells: Vec<&'static str>,
}

impl Row {
    /// The cell of a column; empty where the table has no such column.
    pub fn get(&self, column: &str) -> &'static str {
        let at = self.columns.iter().position(|c| *c == column);
        at.and_then(|i| self.cells.get(i)).copied().unwrap_or_default()
    }

    /// The cell, or nothing where it is empty.
    pub fn some(&self, column: &str) -> Option<String> {
        Some(self.get(column)).filter(|c| !c.is_empty()).map(str::to_owned)
    }

    /// The parts of a cell between bars.
    pub fn list(&self, column: &str) -> impl Iterator<Item = &'static str> + use<> {
        self.get(column).split('|').filter(|part| !part.is_empty())
    }

    /// A date; nothing where the cell is empty (or wrong, which [`check`] tells).
    pub fn date(&self, column: &str) -> Option<Date> {
        self.get(column).parse().ok()
    }

    /// A number, likewise.
    pub fn number<T: std::str::FromStr>(&self, column: &str) -> Option<T> {
        self.get(column).parse().ok()
    }

    pub(super) fn error(&self, field: &'static str, reason: String) -> ActorsError {
        ActorsError { file: self.source.file.to_owned(), line: self.source.line, field: Some(field), reason }
    }
}

/// The rows of a file. A line that is a table's header begins that table; `#` begins a comment.
pub(super) fn parse(file: &'static str, text: &'static str, user: bool) -> Result<Vec<Row>, ActorsError> {
    let mut out = Vec::new();
    let mut table: Option<(Kind, std::rc::Rc<Vec<&'static str>>)> = None;
    for (number, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        let source = Source { file, line: number + 1, user };
        let line = line.trim_end_matches('\r');
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let cells: Vec<&'static str> = line.split('\t').map(str::trim).collect();
        if let Some(kind) = header(&cells) {
            table = Some((kind, std::rc::Rc::new(cells)));
            continue;
        }
        let fail = |reason: String| ActorsError { file: file.to_owned(), line: number + 1, field: None, reason };
        let Some((kind, columns)) = &table else {
            return Err(fail(format!(
                "no table has the columns `{}`; a file begins with a header such as `{}` (tabs between)",
                cells.join(" "),
                COLUMNS[6].1.join(" ")
            )));
        };
        if cells.len() > columns.len() {
            return Err(fail(format!("{} fields under {} columns: {}", cells.len(), columns.len(), columns.join(" "))));
        }
        out.push(Row { kind: *kind, source, columns: columns.clone(), cells });
    }
    Ok(out)
}

fn header(cells: &[&str]) -> Option<Kind> {
    COLUMNS
        .iter()
        .find(|(_, must, may)| {
            must.iter().all(|c| cells.contains(c)) && cells.iter().all(|c| must.contains(c) || may.contains(c))
        })
        .map(|(kind, _, _)| *kind)
}

/// What can be wrong with a row by itself: missing names, dates that are none, unknown kinds and sectors, unknown states.
pub(super) fn check(
    row: &Row,
    is_state: &dyn Fn(&str) -> bool,
    is_sector: &dyn Fn(&str) -> bool,
) -> Result<(), ActorsError> {
    let name = match row.kind {
        Seats => "seat",
        Memberships => "organization",
        Roles | Things => "lemma",
        _ => "name",
    };
    if row.get(name).is_empty() {
        return Err(row.error(name, "is empty".to_owned()));
    }
    for field in ["from", "until"] {
        let cell = row.get(field);
        if !cell.is_empty() && cell.parse::<Date>().is_err() {
            return Err(row.error(field, format!("`{cell}` is no date; write YYYY-MM-DD")));
        }
    }
    if let (Some(from), Some(until)) = (row.date("from"), row.date("until"))
        && from >= until
    {
        return Err(row.error("until", format!("{until} does not come after {from}")));
    }
    for field in ["geonames", "latitude", "longitude", "cow", "gw"] {
        let cell = row.get(field);
        if !cell.is_empty() && cell.parse::<f64>().is_err() {
            return Err(row.error(field, format!("`{cell}` is no number")));
        }
    }
    let kinds: &[&str] = match row.kind {
        Organizations => &["organization", "group"],
        Roles => &["person", "organization"],
        Territories => &["", "country", "place"],
        _ => &[""],
    };
    if !kinds.contains(&row.get("kind")) {
        return Err(row.error("kind", format!("`{}` is none of {}", row.get("kind"), kinds.join(", "))));
    }
    if !matches!(row.get("head"), "" | "weak") {
        return Err(row.error("head", format!("`{}` is neither empty nor `weak`", row.get("head"))));
    }
    for field in ["sector", "of_state"] {
        if !row.get(field).is_empty() && !is_sector(row.get(field)) {
            return Err(row.error(field, format!("`{}` is no PLOVER sector", row.get(field))));
        }
    }
    let state = row.get("iso3");
    let shaped = state.len() == 3 && state.bytes().all(|b| b.is_ascii_uppercase());
    if row.kind == States && !shaped {
        return Err(row.error("iso3", format!("`{state}` is no code of three capitals")));
    }
    if !state.is_empty() && !is_state(state) && !is_sector(state) {
        return Err(row.error("iso3", format!("`{state}` is no state")));
    }
    if state.is_empty() && matches!(row.kind, Seats | Memberships | StateNames | Holders) {
        return Err(row.error("iso3", "is empty".to_owned()));
    }
    if row.kind == Holders && row.get("office").is_empty() {
        return Err(row.error("office", "is empty".to_owned()));
    }
    Ok(())
}
