//! How fast are names looked up? A million on one core, hits and misses.
//!
//! `cargo run --release -p reportedly-reader --example look_up`

use std::time::Instant;

use reportedly_reader::knowledge::Knowledge;

fn main() {
    let cases = include_str!("../../../eval/actors.tsv").lines().filter(|l| !l.starts_with('#'));
    let cases: Vec<(&str, Option<jiff::civil::Date>)> = cases
        .filter_map(|l| l.split_once('\t'))
        .map(|(name, rest)| (name, rest.get(..10).and_then(|d| d.parse().ok())))
        .collect();
    let knowledge = Knowledge::built_in();
    let report = |what: &str, look_up: &dyn Fn(&str, Option<jiff::civil::Date>) -> bool| {
        let start = Instant::now();
        let found = (0..1_000_000).filter(|i| look_up(cases[i % cases.len()].0, cases[i % cases.len()].1)).count();
        println!("{what}: 1,000,000 in {:.2} s, {found} known", start.elapsed().as_secs_f64());
    };
    report("names", &|name, on| knowledge.lookup(name, on).is_some());
    report("names and descriptions", &|name, on| knowledge.describe(name, on).is_some());
}
