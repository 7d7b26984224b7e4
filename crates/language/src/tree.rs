//! From arc scores to a tree with one root: the best head of each word where that is a tree already, else Chu–Liu–Edmonds.

/// The head of each word for `scores[dependent * size + head]`; word 0 is the root and its own head.
///
/// The result is a tree in which exactly one word hangs on the root.
pub fn decode(scores: &[f32], size: usize) -> Vec<usize> {
    if size <= 1 {
        return vec![0; size];
    }
    let greedy: Vec<usize> = (0..size).map(|d| if d == 0 { 0 } else { best_head(scores, size, d) }).collect();
    if is_tree(&greedy) && greedy[1..].iter().filter(|&&h| h == 0).count() == 1 {
        return greedy;
    }
    // One root: try the likeliest words as the only one that may hang there.
    let mut roots: Vec<usize> = (1..size).collect();
    roots.sort_by(|&a, &b| scores[b * size].total_cmp(&scores[a * size]));
    let mut best: Option<(f64, Vec<usize>)> = None;
    for &root in roots.iter().take(3) {
        let mut fixed: Vec<f64> = scores.iter().map(|&s| f64::from(s.max(-1e9))).collect();
        for d in 1..size {
            fixed[d * size] = if d == root { 0.0 } else { -1e12 };
            fixed[d * size + d] = -1e15;
        }
        let heads = chu_liu_edmonds(&fixed, size);
        let total = f64::from(scores[root * size]) + (1..size).filter(|&d| heads[d] != 0).map(|d| fixed[d * size + heads[d]]).sum::<f64>();
        let valid = heads[1..].iter().filter(|&&h| h == 0).count() == 1;
        if valid && best.as_ref().is_none_or(|(t, _)| total > *t) {
            best = Some((total, heads));
        }
    }
    best.map_or_else(|| chain(size), |(_, heads)| heads)
}

/// Every word on the one before: what is left where the scores are no numbers.
fn chain(size: usize) -> Vec<usize> {
    (0..size).map(|d| d.saturating_sub(1)).collect()
}

fn best_head(scores: &[f32], size: usize, dependent: usize) -> usize {
    let row = &scores[dependent * size..(dependent + 1) * size];
    (0..size).filter(|&h| h != dependent).fold(None, |best: Option<usize>, h| match best {
        Some(b) if row[b] >= row[h] => Some(b),
        _ => Some(h),
    }).unwrap_or(0)
}

fn is_tree(heads: &[usize]) -> bool {
    // 0 unseen, 1 on the present path, 2 known to lead to the root.
    let mut state = vec![0u8; heads.len()];
    state[0] = 2;
    for start in 1..heads.len() {
        let mut at = start;
        while state[at] == 0 {
            state[at] = 1;
            at = heads[at];
        }
        if state[at] == 1 {
            return false;
        }
        at = start;
        while state[at] == 1 {
            state[at] = 2;
            at = heads[at];
        }
    }
    true
}

/// The maximum spanning arborescence from word 0.
fn chu_liu_edmonds(scores: &[f64], size: usize) -> Vec<usize> {
    let mut heads = vec![0; size];
    for d in 1..size {
        heads[d] = (0..size).filter(|&h| h != d).max_by(|&a, &b| scores[d * size + a].total_cmp(&scores[d * size + b])).unwrap_or(0);
    }
    let Some(cycle) = find_cycle(&heads) else { return heads };
    let in_cycle: Vec<bool> = (0..size).map(|i| cycle.contains(&i)).collect();
    let rest: Vec<usize> = (0..size).filter(|&i| !in_cycle[i]).collect();
    // The cycle becomes one node, the last of the smaller graph.
    let small = rest.len() + 1;
    let node = rest.len();
    let mut inner = vec![-1e18; small * small];
    let mut leaves = vec![0; size]; // which word of the cycle an outside word would hang on
    let mut enters = vec![0; size]; // which word of the cycle would hang on an outside word
    for (i, &u) in rest.iter().enumerate() {
        for (j, &v) in rest.iter().enumerate() {
            if i != j {
                inner[i * small + j] = scores[u * size + v];
            }
        }
        if let Some(&to) = cycle.iter().max_by(|&&a, &&b| scores[u * size + a].total_cmp(&scores[u * size + b])) {
            leaves[u] = to;
            inner[i * small + node] = scores[u * size + to];
        }
        let gain = |c: usize| scores[c * size + u] - scores[c * size + heads[c]];
        if let Some(&from) = cycle.iter().max_by(|&&a, &&b| gain(a).total_cmp(&gain(b))) {
            enters[u] = from;
            inner[node * small + i] = gain(from);
        }
    }
    let solved = chu_liu_edmonds(&inner, small);
    let mut out = heads.clone();
    for (i, &u) in rest.iter().enumerate().skip(1) {
        out[u] = if solved[i] == node { leaves[u] } else { rest[solved[i]] };
    }
    let outside = rest[solved[node].min(rest.len() - 1)];
    out[enters[outside]] = outside;
    out
}

fn find_cycle(heads: &[usize]) -> Option<Vec<usize>> {
    let mut seen = vec![0usize; heads.len()];
    for start in 1..heads.len() {
        let mut at = start;
        while at != 0 && seen[at] == 0 {
            seen[at] = start;
            at = heads[at];
        }
        if at != 0 && seen[at] == start {
            let mut cycle = vec![at];
            let mut next = heads[at];
            while next != at {
                cycle.push(next);
                next = heads[next];
            }
            return Some(cycle);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_sentence_gets_a_tree_with_one_root(n in 1usize..24, seed in prop::collection::vec(-10f32..10.0, 24 * 24)) {
            let size = n + 1;
            let heads = decode(&seed[..size * size], size);
            prop_assert!(is_tree(&heads));
            prop_assert_eq!(heads[1..].iter().filter(|&&h| h == 0).count(), 1);
        }

        #[test]
        fn no_tree_of_three_words_scores_higher(seed in prop::collection::vec(-10f32..10.0, 16)) {
            let score = |heads: &[usize]| (1..4).map(|d| seed[d * 4 + heads[d]]).sum::<f32>();
            let found = score(&decode(&seed, 4));
            for code in 0..64 {
                let heads = [0, code % 4, code / 4 % 4, code / 16];
                let valid = (1..4).all(|d| heads[d] != d) && is_tree(&heads) && heads[1..].iter().filter(|&&h| h == 0).count() == 1;
                prop_assert!(!valid || score(&heads) <= found + 1e-4);
            }
        }
    }

    #[test]
    fn scores_that_are_no_numbers_still_give_a_tree() {
        assert!(is_tree(&decode(&[f32::NAN; 25], 5)));
    }
}
