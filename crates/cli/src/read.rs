//! `reportedly read`: articles in, claims out.

use std::io::{BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::{Args, ValueEnum};
use indicatif::{ProgressBar, ProgressStyle};
use reportedly_ingest::{InputKind, Item, jsonl};
use reportedly_record::{Article, Reading};
use serde_json::json;

use crate::exit::Outcome;
use crate::{actors, human, input};

/// Articles read together: enough for the model's batches, few enough to keep memory flat.
const TOGETHER: usize = 32;

/// Reads articles and writes their claims.
///
/// A claim is one event that the text puts forward, with who did it to whom, when, where, on whose word, how sure that word
/// is, and the exact characters that say so. Plain text, web pages and JSON lines are told apart by their first bytes.
#[derive(Args)]
#[command(after_help = "Examples:
  reportedly read article.txt
  reportedly read --published 2023-09-05 --format json article.txt
  curl -s https://example.org/story.html | reportedly read -
  reportedly read --format jsonl --input jsonl articles.jsonl > readings.jsonl
  reportedly read --actors cabinet.tsv article.txt

A JSON line is {\"id\", \"text\" or \"html\", \"published\", \"publisher\", \"title\", \"url\"}; only the text is required.
A line that cannot be read yields {\"id\", \"error\"} in its place and the run goes on.")]
pub struct ReadArguments {
    /// Files to read; `-` or none: standard input
    files: Vec<PathBuf>,
    /// Publication date (YYYY-MM-DD) on which relative times are anchored; overrides what the input says
    #[arg(long, value_name = "DATE")]
    published: Option<jiff::civil::Date>,
    /// What the files hold
    #[arg(long, value_enum, default_value_t = ReadInput::Auto)]
    input: ReadInput,
    /// How to write the readings [default: human]
    #[arg(long, value_enum, default_value_t = ReadFormat::Human)]
    format: ReadFormat,
    /// More states, office holders, organisations, roles (docs/actors.md); may be given several times
    #[arg(long, value_name = "FILE")]
    actors: Vec<PathBuf>,
    /// Show why: rule, spans and tree of one claim, e.g. c3
    #[arg(long, value_name = "CLAIM")]
    explain: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ReadInput {
    /// Told from the bytes
    Auto,
    /// Plain text
    Text,
    /// A web page
    Html,
    /// One article a line
    Jsonl,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ReadFormat {
    /// For people
    Human,
    /// One indented object an article
    Json,
    /// One reading a line
    Jsonl,
}

pub fn run(arguments: &ReadArguments) -> Result<Outcome> {
    actors::install(&arguments.actors)?;
    let files = input::or_stdin(&arguments.files);
    let bar = progress(files.len());
    let mut out = BufWriter::new(anstream::stdout().lock());
    let mut run = Run { arguments, out: &mut out, outcome: Outcome::Nothing };
    let mut pending: Vec<(String, Item)> = Vec::new();
    for file in &files {
        // One unreadable file does not cost the others.
        match items(file, arguments) {
            Ok(found) => {
                for item in found {
                    pending.push((input::name(file), item));
                    if pending.len() == TOGETHER {
                        run.write(std::mem::take(&mut pending), &bar)?;
                    }
                }
            }
            Err(error) => {
                bar.suspend(|| anstream::eprintln!("reportedly: {error:#}"));
                run.outcome = run.outcome.and(Outcome::Failed);
            }
        }
        bar.inc(1);
    }
    run.write(pending, &bar)?;
    let outcome = run.outcome;
    out.flush()?;
    bar.finish_and_clear();
    Ok(outcome)
}

fn progress(files: usize) -> ProgressBar {
    if files < 2 || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} files, {eta} left")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(files as u64).with_style(style)
}

fn items(file: &Path, arguments: &ReadArguments) -> Result<Vec<Item>> {
    let bytes = input::bytes(file)?;
    let published = arguments.published.map(|d| d.to_string());
    let kind = match arguments.input {
        ReadInput::Auto if file.extension().is_some_and(|e| e == "jsonl" || e == "ndjson") => InputKind::Jsonl,
        ReadInput::Auto => InputKind::Auto,
        ReadInput::Text => InputKind::Text,
        ReadInput::Html => InputKind::Html,
        ReadInput::Jsonl => InputKind::Jsonl,
    };
    if kind == InputKind::Jsonl {
        return Ok(jsonl::read(&bytes, published.as_deref()));
    }
    Ok(reportedly_ingest::read(&bytes, kind, published.as_deref()))
}

/// An article that could not be read.
struct Lost {
    name: String,
    id: Option<String>,
    reason: String,
}

struct Run<'a, W: Write> {
    arguments: &'a ReadArguments,
    out: &'a mut W,
    outcome: Outcome,
}

impl<W: Write> Run<'_, W> {
    fn write(&mut self, items: Vec<(String, Item)>, bar: &ProgressBar) -> Result<()> {
        let mut articles: Vec<Article> = Vec::new();
        let mut rows: Vec<Result<usize, Lost>> = Vec::new();
        for (name, item) in items {
            rows.push(match item.article {
                Ok(article) => {
                    articles.push(article);
                    Ok(articles.len() - 1)
                }
                Err(error) => Err(Lost { name, id: item.id, reason: error.to_string() }),
            });
        }
        let mut readings: Vec<Option<Reading>> = reportedly::read(&articles).into_iter().map(Some).collect();
        for row in rows {
            match row {
                Ok(index) => {
                    if let Some(reading) = readings[index].take() {
                        self.reading(&articles[index], reading)?;
                    }
                }
                Err(Lost { name, id, reason }) => {
                    bar.suspend(|| anstream::eprintln!("reportedly: {name}: {reason}"));
                    // A bad line of JSONL is told in its place; the run is none the worse for it.
                    if self.arguments.format == ReadFormat::Jsonl {
                        writeln!(self.out, "{}", json!({ "id": id, "error": reason }))?;
                    }
                    self.outcome = self.outcome.and(Outcome::Failed);
                }
            }
        }
        Ok(())
    }

    fn reading(&mut self, article: &Article, reading: Reading) -> Result<()> {
        if !reading.claims.is_empty() {
            self.outcome = self.outcome.and(Outcome::Done);
        }
        if let Some(id) = &self.arguments.explain {
            let text = human::explain(article, &reading, id).with_context(|| {
                format!("{}: no claim `{id}`; its claims are c1 to c{}", reading.document.id, reading.claims.len())
            })?;
            return Ok(write!(self.out, "{text}")?);
        }
        match self.arguments.format {
            ReadFormat::Human => write!(self.out, "{}", human::reading(&reading))?,
            ReadFormat::Json => {
                writeln!(self.out, "{}", one_line_safe(serde_json::to_string_pretty(&reading.in_code_points())?))?
            }
            ReadFormat::Jsonl => {
                writeln!(self.out, "{}", one_line_safe(serde_json::to_string(&reading.in_code_points())?))?
            }
        }
        Ok(())
    }
}

/// JSON in which no character but LF ends a line: readers of many languages also break lines at U+0085, U+2028 and U+2029.
fn one_line_safe(json: String) -> String {
    if !json.contains(['\u{85}', '\u{2028}', '\u{2029}']) {
        return json;
    }
    json.replace('\u{85}', "\\u0085").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}
