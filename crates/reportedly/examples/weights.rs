//! Reads articles with another model file: `cargo run --release -p reportedly --example weights -- MODEL ARTICLES.jsonl`.
//! For measuring a model that is not built in, such as those of a cross-validation.

use std::io::Write;

use reportedly_language::{Isa, Model};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(model), Some(articles)) = (arguments.next(), arguments.next()) else {
        return Err("usage: weights MODEL ARTICLES.jsonl".into());
    };
    // A model keeps its file's bytes; this one lives as long as the program.
    let bytes: &'static [u8] = Box::leak(std::fs::read(model)?.into_boxed_slice());
    let model = Model::load(bytes, include_str!("../../language/model/vocab.txt"), Isa::detect())?;
    let read = reportedly_ingest::jsonl::read(&std::fs::read(articles)?, None);
    let articles: Vec<_> = read.into_iter().filter_map(|item| item.article.ok()).collect();
    let mut out = std::io::stdout().lock();
    for reading in reportedly::read_with(&model, &articles) {
        serde_json::to_writer(&mut out, &reading.in_code_points())?;
        out.write_all(b"\n")?;
    }
    Ok(())
}
