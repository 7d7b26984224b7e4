//! How long a look-up takes: a million names of the gazetteer's own kinds, one thread.
//!
//! `cargo run --release -p reportedly-reader --example places`

use std::time::Instant;

use reportedly_reader::places::Gazetteer;

const TIMES: usize = 1_000_000;

fn main() {
    let gazetteer = Gazetteer::built_in();
    let (places, names) = gazetteer.size();
    let asked = [
        "Kyiv",
        "Springfield",
        "São Paulo",
        "Strait of Hormuz",
        "Deir ez-Zor",
        "Anderson County",
        "W. Va.",
        "Nowhere-at-all",
        "the Black Sea",
        "Al-Hol",
        "Idlib",
        "Mount Pleasant",
        "Georgia",
        "Xinjiang",
        "New South Wales",
        "Guantánamo Bay",
    ];
    let started = Instant::now();
    let found: usize = asked.iter().cycle().take(TIMES).map(|name| gazetteer.candidates(name).len()).sum();
    let took = started.elapsed();
    println!(
        "{places} places under {names} names; {TIMES} names looked up in {:.3} s, {found} places found",
        took.as_secs_f64()
    );
}
