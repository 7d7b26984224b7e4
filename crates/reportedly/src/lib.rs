//! From article to reading: one call, the stages in order.

use rayon::prelude::*;
use reportedly_language::{Analyzer, Model};
use reportedly_record::{Article, Reading};

/// Reads articles with the built-in model, in order, on all threads. Spans count bytes:
/// call [`Reading::in_code_points`] before writing a reading down.
///
/// The same articles give the same readings whatever the number of threads, and whatever else is read with them.
pub fn read(articles: &[Article]) -> Vec<Reading> {
    read_with(Model::embedded(), articles)
}

/// Reads articles with a given analyser: the seam for tests and other models.
pub fn read_with(analyzer: &dyn Analyzer, articles: &[Article]) -> Vec<Reading> {
    let analyses = analyzer.analyze(articles);
    articles.par_iter().zip(&analyses).map(|(article, analysis)| reportedly_reader::read(article, analysis)).collect()
}
