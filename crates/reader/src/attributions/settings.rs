//! Thresholds of this stage, from `data/attributions/settings.tsv`.

use std::collections::HashMap;
use std::sync::OnceLock;

/// The named threshold; 0 where the file has none of that name.
pub fn setting(name: &str) -> f32 {
    static TABLE: OnceLock<HashMap<&'static str, f32>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        include_str!("../../data/attributions/settings.tsv")
            .lines()
            .skip(1)
            .filter_map(|line| {
                let mut cells = line.split('\t');
                Some((cells.next()?, cells.next()?.parse().ok()?))
            })
            .collect()
    });
    table.get(name).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_is_there() {
        for name in ["least_score", "shortest_speech"] {
            assert!(setting(name) > 0.0, "{name}");
        }
    }
}
