//! `reportedly parse`: CoNLL-U out.

use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::{Args, ValueEnum};
use reportedly_ingest::InputKind;
use reportedly_language::segment::segment;
use reportedly_language::{Analyzer, Model, conllu};

use crate::exit::Outcome;
use crate::input;

/// Words, sentences, tags, lemmas, UD trees, names and factuality.
///
/// MISC carries SpaceAfter, TokenRange (code points of the text), NER (BIO) and Factuality (−3 certainly did not
/// happen, 3 certainly did). With `--input conllu` the given words and sentences are kept.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  reportedly parse article.txt\n  reportedly parse --input conllu words.conllu > tagged.conllu"
)]
pub struct ParseArguments {
    /// Files to parse; `-` or none: standard input
    files: Vec<PathBuf>,
    /// What the files hold
    #[arg(long, value_enum, default_value_t = ParseInput::Text)]
    input: ParseInput,
    /// What to write
    #[arg(long, value_enum, default_value_t = ParseFormat::Conllu)]
    format: ParseFormat,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ParseInput {
    /// Plain text
    Text,
    /// Given words, as CoNLL-U
    Conllu,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ParseFormat {
    /// <https://universaldependencies.org/format.html>
    Conllu,
}

pub fn run(arguments: &ParseArguments) -> Result<Outcome> {
    let ParseFormat::Conllu = arguments.format;
    let model = Model::embedded();
    let mut out = anstream::stdout().lock();
    let mut outcome = Outcome::Nothing;
    for file in input::or_stdin(&arguments.files) {
        let bytes = input::bytes(&file)?;
        let written = match arguments.input {
            ParseInput::Conllu => given(model, &bytes),
            ParseInput::Text => raw(model, &bytes),
        }
        .with_context(|| input::name(&file))?;
        if !written.is_empty() {
            outcome = Outcome::Done;
        }
        out.write_all(written.as_bytes())?;
    }
    out.flush()?;
    Ok(outcome)
}

fn given(model: &Model, bytes: &[u8]) -> Result<String> {
    let text = std::str::from_utf8(bytes).context("CoNLL-U is UTF-8; this is not")?;
    let sentences = conllu::parse(text)?;
    let words: Vec<Vec<&str>> = sentences.iter().map(|s| s.forms()).collect();
    Ok(conllu::write_given(&sentences, &model.tag(&words)))
}

fn raw(model: &Model, bytes: &[u8]) -> Result<String> {
    let mut written = String::new();
    for item in reportedly_ingest::read(bytes, InputKind::Text, None) {
        let mut article = item.article?;
        // Everything is parsed here, furniture included: the caller asked for words, not for claims.
        for paragraph in &mut article.paragraphs {
            paragraph.kind = reportedly_record::ParagraphKind::Body;
        }
        let parts: Vec<bool> = segment(&article.text, &article.paragraphs)
            .iter()
            .flat_map(|s| s.words.iter().map(|w| w.part_of_multiword))
            .collect();
        let analysis = model.analyze(std::slice::from_ref(&article)).remove(0);
        written.push_str(&conllu::write(&article, &analysis, &|i| parts.get(i).copied().unwrap_or(false)));
    }
    Ok(written)
}
