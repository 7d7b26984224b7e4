//! `reportedly actor`: what the data know under a name or description on a day.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, ValueEnum};
use jiff::civil::Date;
use reportedly_reader::knowledge::{How, Knowledge, Known};
use reportedly_record::EntityKind;
use serde_json::{Value, json};

use crate::actors;
use crate::exit::Outcome;

/// Says who or what a name or description is on a day: code, office, numbers, and the line of data that says so.
#[derive(Args)]
#[command(after_help = "Examples:
  reportedly actor Clinton --on 1998-08-21
  reportedly actor \"South Korean officials\" --on 2023-09-05
  reportedly actor \"the Turkish president\" --on 2018-05-14 --format json
  reportedly actor NIS --on 2015-07-20 --actors my-bodies.tsv")]
pub struct ActorArguments {
    /// A name or description, as printed
    #[arg(required = true)]
    name: Vec<String>,
    /// The day (YYYY-MM-DD); without it, whatever was ever so
    #[arg(long, value_name = "DATE")]
    on: Option<Date>,
    /// More states, office holders, organisations, roles (docs/actors.md); may be given several times
    #[arg(long, value_name = "FILE")]
    actors: Vec<PathBuf>,
    /// How to write it
    #[arg(long, value_enum, default_value_t = ActorFormat::Human)]
    format: ActorFormat,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ActorFormat {
    /// For people
    Human,
    /// One indented object
    Json,
}

pub fn run(arguments: &ActorArguments) -> Result<Outcome> {
    actors::install(&arguments.actors)?;
    let knowledge = Knowledge::built_in();
    let name = arguments.name.join(" ");
    let mut known = knowledge.all(&name, arguments.on);
    if let Some(first) = knowledge.describe(&name, arguments.on) {
        known.retain(|k| k.source != first.source);
        known.insert(0, first);
    }
    let facts: Vec<Value> = known.iter().map(|k| fact(knowledge, k, arguments.on)).collect();
    let mut out = anstream::stdout().lock();
    match arguments.format {
        ActorFormat::Json => {
            let all = json!({ "name": name, "on": arguments.on.map(|d| d.to_string()), "known": facts });
            writeln!(out, "{}", serde_json::to_string_pretty(&all)?)?;
        }
        ActorFormat::Human => {
            for one in &facts {
                writeln!(out, "{}\n", human(one))?;
            }
        }
    }
    Ok(if facts.is_empty() { Outcome::Nothing } else { Outcome::Done })
}

/// One thing known, whoever is meant by the name first.
fn fact(knowledge: &Knowledge, known: &Known, on: Option<Date>) -> Value {
    let state = known.iso3.as_deref().and_then(|iso3| knowledge.state(iso3));
    let country = known.kind == EntityKind::Country && known.how != How::Metonym;
    let member_of = known.iso3.as_deref().filter(|_| country).map(|iso3| knowledge.member_of(iso3, on));
    let members = Some(knowledge.members(&known.name, on)).filter(|m| !m.is_empty());
    json!({
        "name": known.name,
        "kind": known.kind,
        "how": match known.how {
            How::Name => "name",
            How::Adjective => "adjective",
            How::Metonym => "metonym",
            How::Description => "description",
        },
        "code": known.code,
        "country": known.iso3,
        "sector": known.sector,
        "office": known.office,
        "held": known.held,
        "from": known.from.map(|d| d.to_string()),
        "until": known.until.map(|d| d.to_string()),
        "iso2": state.and_then(|s| s.iso2),
        "cow": state.and_then(|s| s.cow),
        "gw": state.and_then(|s| s.gw),
        "wikidata": known.wikidata,
        "geonames": known.geonames,
        "latitude": known.latitude,
        "longitude": known.longitude,
        "member_of": member_of,
        "members": members,
        "source": known.source.to_string(),
        "role_source": known.role.map(|s| s.to_string()),
    })
}

/// The same for people: a line a fact, nothing said of what is not known.
fn human(fact: &Value) -> String {
    let text = |field: &str| match &fact[field] {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(all) => all.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    };
    let mut lines = vec![text("name")];
    for (field, label) in [
        ("kind", "kind"),
        ("how", "by"),
        ("code", "code"),
        ("country", "country"),
        ("sector", "sector"),
        ("held", "office"),
        ("from", "from"),
        ("until", "until"),
        ("cow", "COW"),
        ("gw", "GW"),
        ("wikidata", "Wikidata"),
        ("geonames", "GeoNames"),
        ("member_of", "member of"),
        ("members", "members"),
        ("source", "source"),
        ("role_source", "role"),
    ] {
        let value = text(field);
        let value = match field {
            "held" if !value.is_empty() && fact["office"].is_null() => format!("{value} (not on that day)"),
            _ => value,
        };
        if !value.is_empty() {
            let width = textwrap::Options::new(78).subsequent_indent("             ");
            lines.push(textwrap::fill(&format!("  {label:<11}{value}"), width));
        }
    }
    lines.join("\n")
}
