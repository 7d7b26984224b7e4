//! What the pronouns of articles had to choose from, for `training/pronouns.py`: JSON lines of `{"id", "text"}` on standard input;
//! one pronoun a line on standard output: id, start byte, class, features of nobody, then a field for each candidate
//! (`start-end:features`).

use std::io::{BufRead, Write};

use reportedly_ingest::{InputKind, read as ingest};
use reportedly_language::{Analyzer, Model};
use reportedly_reader::entities::pronoun_choices;

fn main() -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        for input in ingest(line.as_bytes(), InputKind::Jsonl, None) {
            let Ok(article) = input.article else { continue };
            let analysis = Model::embedded().analyze(std::slice::from_ref(&article)).remove(0);
            for choice in pronoun_choices(&article, &analysis) {
                write!(out, "{}\t{}\t{}\t{}", article.id, choice.span.start, choice.class, choice.nobody.join(","))?;
                for c in &choice.candidates {
                    write!(out, "\t{}-{}:{}", c.span.start, c.span.end, c.features.join(","))?;
                }
                writeln!(out)?;
            }
        }
    }
    Ok(())
}
