//! The reading as a person wants to read it: one block a claim, readable at 80 columns and without colour.

use std::fmt::Write;

use anstyle::{AnsiColor, Style};
use reportedly_language::{Analyzer, Model};
use reportedly_record::{Article, Certainty, Claim, Polarity, Reading, Role, SourceKind, Span, Status};

const WIDTH: usize = 78;
const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const CUE: Style = AnsiColor::Cyan.on_default();
const BAD: Style = AnsiColor::Red.on_default();

/// All claims of one article.
pub fn reading(reading: &Reading) -> String {
    let document = &reading.document;
    let mut out = String::new();
    let title = document.title.as_deref().unwrap_or(&document.id);
    let about: Vec<&str> = [document.publisher.as_deref(), document.published.as_deref(), document.dateline.as_deref()]
        .into_iter()
        .flatten()
        .collect();
    let _ = writeln!(out, "{BOLD}{}{BOLD:#}", wrapped(title, 0));
    let _ = writeln!(
        out,
        "{DIM}{}{}{DIM:#}",
        if about.is_empty() { String::new() } else { format!("{} · ", about.join(" · ")) },
        counted(reading.claims.len())
    );
    for note in &document.notes {
        let _ = writeln!(out, "{DIM}note: {note}{DIM:#}");
    }
    for one in &reading.claims {
        out.push('\n');
        claim(&mut out, reading, one);
    }
    out.push('\n');
    out
}

fn counted(claims: usize) -> String {
    match claims {
        0 => "no claims".to_owned(),
        1 => "1 claim".to_owned(),
        n => format!("{n} claims"),
    }
}

fn claim(out: &mut String, reading: &Reading, claim: &Claim) {
    let text = &reading.document.text;
    let who = |role: Role| {
        let names: Vec<String> = claim
            .participants
            .iter()
            .filter(|p| p.role == role)
            .map(|p| participant(reading, p.entity.as_deref(), p.span))
            .collect();
        names.join(", ")
    };
    let event = claim.event.as_ref().map_or_else(
        || "standing fact".to_owned(),
        |e| match &e.mode {
            Some(mode) => format!("{} {mode}", type_name(e)),
            None => type_name(e),
        },
    );
    let actor = if who(Role::Actor).is_empty() { "?".to_owned() } else { who(Role::Actor) };
    let not = if claim.polarity == Polarity::Negative { format!("{BAD}NOT{BAD:#} ") } else { String::new() };
    let mut line =
        format!("{:<4}{BOLD}{actor}{BOLD:#} → {not}{CUE}{}{CUE:#} ({event})", claim.id, flat(claim.trigger.of(text)));
    if !who(Role::Recipient).is_empty() {
        let _ = write!(line, " → {BOLD}{}{BOLD:#}", who(Role::Recipient));
    }
    let _ = writeln!(out, "{}", wrapped(&line, 4));
    let mut state = vec![status(claim.status).to_owned(), certainty(claim.certainty).to_owned()];
    if let Some([low, high]) = claim.probability {
        state.push(format!("{:.0}–{:.0} %", low * 100.0, high * 100.0));
    }
    field(out, "how", &state.join(", "));
    for (label, role) in [("what", Role::Object), ("with", Role::Instrument)] {
        if !who(role).is_empty() {
            field(out, label, &who(role));
        }
    }
    if let Some(time) = &claim.time {
        let words = time
            .time
            .as_deref()
            .and_then(|id| reading.times.iter().find(|t| t.id == id))
            .map(|t| format!("“{}” ", flat(t.span.of(text))))
            .unwrap_or_default();
        field(out, "when", &format!("{words}{}", interval(time.start.as_deref(), time.end.as_deref())));
    }
    if !claim.places.is_empty() {
        let names: Vec<String> =
            claim.places.iter().map(|p| participant(reading, p.entity.as_deref(), p.span)).collect();
        field(out, "where", &names.join(", "));
    }
    for quantity in &claim.quantities {
        field(
            out,
            "count",
            &format!(
                "{} ({})",
                flat(quantity.span.of(text)),
                serde_json::to_value(quantity.kind)
                    .ok()
                    .and_then(|v| v.as_str().map(str::to_owned))
                    .unwrap_or_default()
            ),
        );
    }
    let sources: Vec<String> = claim
        .attribution
        .iter()
        .filter_map(|id| reading.attributions.iter().find(|a| &a.id == id))
        .map(|a| {
            let words = a
                .source
                .span
                .map_or_else(|| "someone".to_owned(), |s| participant(reading, a.source.entity.as_deref(), s));
            if a.source.named { words } else { format!("{words} ({})", kind(a.source.kind)) }
        })
        .collect();
    field(out, "says", &if sources.is_empty() { "the publisher".to_owned() } else { sources.join(" ← ") });
    if let Some(outer) = &claim.within {
        field(out, "in", outer);
    }
    let sentence = claim.sentence.of(text);
    let at = claim.trigger.start - claim.sentence.start;
    let end = at + (claim.trigger.end - claim.trigger.start);
    let marked = format!("{}[{}]{}", &sentence[..at], &sentence[at..end], &sentence[end..]);
    let _ = writeln!(out, "{DIM}    {}{DIM:#}", hanging(&flat(&marked), 4));
}

fn field(out: &mut String, label: &str, value: &str) {
    let _ = writeln!(out, "    {DIM}{label:<6}{DIM:#}{}", hanging(value, 10));
}

/// The words, and in brackets who that is where they do not say it.
fn participant(reading: &Reading, entity: Option<&str>, span: Span) -> String {
    let words = flat(span.of(&reading.document.text));
    match entity.and_then(|id| reading.entities.iter().find(|e| e.id == id)) {
        Some(entity) if !words.contains(entity.name.as_str()) && entity.name != words => {
            format!("{words} [{}]", flat(&entity.name))
        }
        _ => words,
    }
}

fn type_name(event: &reportedly_record::Event) -> String {
    serde_json::to_value(event.kind).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}

fn status(status: Status) -> &'static str {
    match status {
        Status::Occurred => "happened",
        Status::Ongoing => "under way",
        Status::Planned => "planned",
        Status::Expected => "expected",
        Status::Possible => "possible",
        Status::Requested => "asked for",
        Status::Threatened => "threatened",
        Status::Conditional => "on a condition",
        Status::Unreal => "supposed",
    }
}

fn certainty(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::Certain => "stated as certain",
        Certainty::Probable => "stated as probable",
        Certainty::Possible => "stated as possible",
        Certainty::Unspecified => "no commitment",
    }
}

fn kind(kind: SourceKind) -> &'static str {
    match kind {
        SourceKind::Person => "a person",
        SourceKind::Official => "official",
        SourceKind::Government => "government",
        SourceKind::Organization => "organization",
        SourceKind::Intelligence => "intelligence",
        SourceKind::Media => "media",
        SourceKind::Document => "document",
        SourceKind::Witness => "witness",
        SourceKind::Unspecified => "unnamed",
    }
}

fn interval(start: Option<&str>, end: Option<&str>) -> String {
    match (start, end) {
        (Some(start), Some(end)) => format!("{start} to before {end}"),
        (Some(start), None) => format!("from {start}"),
        (None, Some(end)) => format!("before {end}"),
        (None, None) => "undated".to_owned(),
    }
}

fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Wrapped for a place `indent` columns in, whose first line begins there already.
fn hanging(text: &str, indent: usize) -> String {
    let rest = " ".repeat(indent);
    let filled = textwrap::fill(text, textwrap::Options::new(WIDTH).initial_indent(&rest).subsequent_indent(&rest));
    filled.trim_start().to_owned()
}

fn wrapped(text: &str, indent: usize) -> String {
    let rest = " ".repeat(indent);
    textwrap::fill(text, textwrap::Options::new(WIDTH).subsequent_indent(&rest))
}

/// Why a claim was coded: its rule, its spans, and the tree of its sentence. `None` where there is no such claim.
pub fn explain(article: &Article, reading: &Reading, id: &str) -> Option<String> {
    let one = reading.claims.iter().find(|c| c.id == id)?;
    let text = &article.text;
    let mut out = String::new();
    claim(&mut out, reading, one);
    let _ = writeln!(out, "\n{BOLD}rule{BOLD:#}        {}  (confidence {:.2})", one.rule, one.confidence);
    let _ = writeln!(
        out,
        "{BOLD}trigger{BOLD:#}     {}..{} “{}”",
        one.trigger.start,
        one.trigger.end,
        flat(one.trigger.of(text))
    );
    for p in &one.participants {
        let _ = writeln!(
            out,
            "{BOLD}{:<11}{BOLD:#} {}..{} “{}” {}",
            format!("{:?}", p.role).to_lowercase(),
            p.span.start,
            p.span.end,
            flat(p.span.of(text)),
            p.entity.as_deref().unwrap_or("no entity")
        );
    }
    for link in one.attribution.iter().filter_map(|a| reading.attributions.iter().find(|x| &x.id == a)) {
        let cue = link.cue.map_or("no cue".to_owned(), |c| format!("cue “{}”", flat(c.of(text))));
        let source = link.source.span.map_or("nobody".to_owned(), |s| flat(s.of(text)));
        let _ = writeln!(out, "{BOLD}source{BOLD:#}      {source} ({}), {cue}, {:?}", link.id, link.manner);
    }
    let _ = writeln!(out, "\n{BOLD}tree{BOLD:#}");
    let analysis = Model::embedded().analyze(std::slice::from_ref(article)).remove(0);
    for i in analysis.tokens_in(one.sentence) {
        let token = &analysis.tokens[i];
        let head = token.head.map_or("ROOT", |h| analysis.tokens[h].form.as_str());
        let mark = if one.trigger.overlaps(token.span) { '>' } else { ' ' };
        let _ = writeln!(out, "{mark} {:<18} {:<6} {:<18} ← {head}", token.form, token.upos, token.deprel);
    }
    Some(out)
}
