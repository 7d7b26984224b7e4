//! Users' files of actors: checked as a whole, then put before the built-in rows.

use std::collections::{HashMap, HashSet};

use super::look_up::fold;
use super::table::{ActorsError, Kind, Row, check, parse};
use super::{KNOWN, Knowledge, built_in_rows, sectors};

impl Knowledge {
    /// The built-in knowledge with users' files on top, each a name for messages and its text.
    ///
    /// # Errors
    /// Where a row cannot be right, or two rows contradict each other: file, line and field.
    pub fn with(files: &[(String, String)]) -> Result<Knowledge, ActorsError> {
        let built_in = built_in_rows();
        let mut users: Vec<Row> = Vec::new();
        for (file, text) in files {
            // Rows borrow their text, and what was read in stays for the life of the program.
            users.extend(parse(file.clone().leak(), text.clone().leak(), true)?);
        }
        let states: HashSet<&str> =
            built_in.iter().chain(&users).filter(|r| r.kind == Kind::States).map(|r| r.get("iso3")).collect();
        let sectors = sectors();
        for row in &users {
            check(row, &|code| states.contains(code), &|code| sectors.contains(code))?;
        }
        contradictions(&users)?;
        users.extend(built_in);
        Ok(Knowledge::of(users))
    }

    /// Makes users' files part of [`Knowledge::built_in`]; to be called before anything is read.
    ///
    /// # Errors
    /// As [`Knowledge::with`].
    pub fn install(files: &[(String, String)]) -> Result<(), ActorsError> {
        let knowledge = Knowledge::with(files)?;
        KNOWN.set(knowledge).map_err(|_| ActorsError {
            file: files.first().map(|f| f.0.clone()).unwrap_or_default(),
            line: 1,
            field: None,
            reason: "comes too late: names have been looked up already".to_owned(),
        })
    }
}

/// One office with two holders on a day, one name for two bodies of one state, one word with two meanings.
fn contradictions(rows: &[Row]) -> Result<(), ActorsError> {
    let mut offices: HashMap<(&str, &str), Vec<&Row>> = HashMap::new();
    let mut names: HashMap<(String, &str), Vec<&Row>> = HashMap::new();
    let mut words: HashMap<(Kind, &str), &Row> = HashMap::new();
    for row in rows {
        match row.kind {
            Kind::Holders => {
                let earlier = offices.entry((row.get("iso3"), row.get("office"))).or_default();
                if let Some(other) = earlier.iter().find(|o| together(o, row)) {
                    let reason = format!(
                        "{} is {} of {} at the same time by {}",
                        other.get("name"),
                        other.get("office"),
                        other.get("iso3"),
                        other.source
                    );
                    return Err(row.error("office", reason));
                }
                earlier.push(row);
            }
            Kind::Organizations => {
                for name in std::iter::once(row.get("name")).chain(row.list("aliases")) {
                    let earlier = names.entry((fold(name), row.get("iso3"))).or_default();
                    let same = |o: &&&Row| together(o, row) && !std::ptr::eq(**o, row);
                    if let Some(other) = earlier.iter().find(same) {
                        let field = if name == row.get("name") { "name" } else { "aliases" };
                        return Err(row.error(field, format!("`{name}` is {} by {}", other.get("name"), other.source)));
                    }
                    earlier.push(row);
                }
            }
            Kind::Roles | Kind::Things => {
                if let Some(other) = words.insert((row.kind, row.get("lemma")), row) {
                    return Err(
                        row.error("lemma", format!("`{}` stands at {} already", row.get("lemma"), other.source))
                    );
                }
            }
            _ => {}
        }
    }
    Ok(())
}

fn together(a: &Row, b: &Row) -> bool {
    let before = |a: &Row, b: &Row| a.date("until").zip(b.date("from")).is_some_and(|(until, from)| until <= from);
    !before(a, b) && !before(b, a)
}
