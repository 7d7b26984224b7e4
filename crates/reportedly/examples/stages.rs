//! Where the time goes: one thread, each stage of the path over a JSONL of articles, and the encoder's arithmetic.
//!
//! `cargo run --release -p reportedly --example stages -- articles.jsonl`

use std::time::{Duration, Instant};

use reportedly_language::encoder::Encoder;
use reportedly_language::segment::segment;
use reportedly_language::{Analyzer, Model};
use reportedly_record::{Article, Reading};

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let started = Instant::now();
    let made = work();
    (made, started.elapsed())
}

fn main() {
    let path = std::env::args().nth(1).expect("a JSONL of articles");
    let bytes = std::fs::read(&path).expect("it can be read");
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a pool");
    pool.install(|| {
        let model = Model::embedded();
        let (articles, ingest) = timed(|| {
            reportedly_ingest::jsonl::read(&bytes, None)
                .into_iter()
                .filter_map(|i| i.article.ok())
                .collect::<Vec<Article>>()
        });
        reportedly::read(&articles[..1.min(articles.len())]); // tables are read on first use
        let (words, segmentation) = timed(|| {
            articles
                .iter()
                .map(|a| segment(&a.text, &a.paragraphs).iter().map(|s| s.words.len()).sum::<usize>())
                .sum::<usize>()
        });
        let (analyses, analysis) = timed(|| model.analyze(&articles));
        let (readings, reading) = timed(|| {
            articles.iter().zip(&analyses).map(|(a, x)| reportedly_reader::read(a, x)).collect::<Vec<Reading>>()
        });
        let (_, writing) = timed(|| {
            readings
                .into_iter()
                .map(|r| serde_json::to_string(&r.in_code_points()).map_or(0, |j| j.len()))
                .sum::<usize>()
        });
        let all = ingest + analysis + reading + writing;
        let share = |d: Duration| {
            format!("{:6.1} ms  {:4.1} %", d.as_secs_f64() * 1e3, 100.0 * d.as_secs_f64() / all.as_secs_f64())
        };
        println!(
            "{} articles, {words} words, one thread, {:.0} words/s",
            articles.len(),
            words as f64 / all.as_secs_f64()
        );
        println!("ingest                {}", share(ingest));
        println!("segmenter             {}", share(segmentation));
        println!("model without it      {}", share(analysis.saturating_sub(segmentation)));
        println!("reader                {}", share(reading));
        println!("JSON                  {}", share(writing));
        println!("matrix operations a piece: {} million", Encoder::operations_per_piece() / 1_000_000);
    });
}
