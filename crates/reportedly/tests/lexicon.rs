//! The event lexicon's own examples and counterexamples, read with the real model. The floors only rise.

use rayon::prelude::*;
use reportedly_reader::lexicon::{Entry, built_in};
use reportedly_record::{Article, Paragraph, ParagraphKind, Span};

/// Share of examples in which an event of the entry's type is read.
const EXAMPLES: f64 = 0.853;
/// Share of counterexamples in which none is.
const COUNTEREXAMPLES: f64 = 0.862;

fn article(text: &str) -> Article {
    let paragraph = Paragraph { span: Span::new(0, text.len()), kind: ParagraphKind::Body };
    Article { id: text.to_owned(), text: text.to_owned(), paragraphs: vec![paragraph], ..Article::default() }
}

fn share(text_of: impl Fn(&Entry) -> &'static str + Sync, wanted: bool) -> f64 {
    let entries = &built_in().entries;
    let articles: Vec<Article> = entries.par_iter().map(|e| article(text_of(e))).collect();
    let readings = reportedly::read(&articles);
    let right = entries.iter().zip(&readings).filter(|(entry, reading)| {
        let fires = reading.claims.iter().any(|c| match &c.event {
            Some(event) => !entry.standing && event.kind == entry.kind,
            None => entry.standing && c.rule == entry.rule,
        });
        fires == wanted
    });
    let share = right.count() as f64 / entries.len() as f64;
    println!("{share:.4} of {} entries", entries.len());
    share
}

#[test]
fn entries_fire_in_their_examples() {
    assert!(share(|e| e.example, true) >= EXAMPLES);
}

#[test]
fn entries_do_not_fire_in_their_counterexamples() {
    assert!(share(|e| e.counterexample, false) >= COUNTEREXAMPLES);
}
