//! From arc scores to a tree with one root: the best head of each word where that is a tree already, else Chu–Liu–Edmonds.

/// Scores are kept within this, so that the price of a root outweighs any tree of [`crate::encoder::MOST_PIECES`] words.
const MOST: f32 = 1e4;
/// What hanging on the root costs: the best tree then has one root, and no other tree with one root scores higher.
const ROOT_PRICE: f64 = 1e8;

/// The head of each word for `scores[dependent * size + head]`; word 0 is the root and its own head.
///
/// The result is a tree in which exactly one word hangs on the root, and the best such tree.
pub fn decode(scores: &[f32], size: usize) -> Vec<usize> {
    if size <= 1 {
        return vec![0; size];
    }
    let greedy: Vec<usize> = (0..size).map(|d| if d == 0 { 0 } else { best_head(scores, size, d) }).collect();
    if greedy[1..].iter().filter(|&&h| h == 0).count() == 1 && find_cycle(&greedy).is_none() {
        return greedy;
    }
    Graph::new(scores, size).arborescence()
}

fn best_head(scores: &[f32], size: usize, dependent: usize) -> usize {
    let row = &scores[dependent * size..(dependent + 1) * size];
    let better = |best: Option<usize>, h: usize| match best {
        Some(b) if row[b] >= row[h] => Some(b),
        _ => Some(h),
    };
    (0..size).filter(|&h| h != dependent).fold(None, better).unwrap_or(0)
}

/// The nodes of a cycle in a map from nodes to heads, 0 being the root.
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

/// The graph that Chu–Liu–Edmonds contracts in place: a contracted cycle lives on in its first node.
struct Graph {
    size: usize,
    /// `scores[dependent * size + head]` between live nodes.
    scores: Vec<f64>,
    /// The (dependent, head) words that the best arc between two live nodes joins.
    arcs: Vec<(u16, u16)>,
    /// The best head of each live node; a dead node's is 0.
    best: Vec<usize>,
    live: Vec<bool>,
    /// The words that a live node stands for.
    words: Vec<Vec<u16>>,
}

/// A node of a contracted cycle: its words, and the arc that it has inside the cycle.
struct Part {
    words: Vec<u16>,
    arc: (u16, u16),
}

impl Graph {
    fn new(scores: &[f32], size: usize) -> Graph {
        let score = |d: usize, h: usize| {
            let score = scores[d * size + h];
            let score = if score.is_nan() { -MOST } else { score.clamp(-MOST, MOST) };
            f64::from(score) - if h == 0 { ROOT_PRICE } else { 0.0 }
        };
        let pairs = || (0..size).flat_map(|d| (0..size).map(move |h| (d, h)));
        let mut graph = Graph {
            size,
            scores: pairs().map(|(d, h)| score(d, h)).collect(),
            arcs: pairs().map(|(d, h)| (d as u16, h as u16)).collect(),
            best: vec![0; size],
            live: vec![true; size],
            words: (0..size).map(|w| vec![w as u16]).collect(),
        };
        for d in 1..size {
            graph.best[d] = graph.best_of(d);
        }
        graph
    }

    /// The live head with the highest score, the first of equals.
    fn best_of(&self, dependent: usize) -> usize {
        let row = &self.scores[dependent * self.size..(dependent + 1) * self.size];
        let heads = (0..self.size).filter(|&h| self.live[h] && h != dependent);
        heads.fold(0, |best, h| if best == h || row[best] >= row[h] { best } else { h })
    }

    fn arborescence(mut self) -> Vec<usize> {
        let mut contracted: Vec<Vec<Part>> = Vec::new();
        while let Some(cycle) = find_cycle(&self.best) {
            contracted.push(self.contract(&cycle));
        }
        let mut heads: Vec<Option<usize>> = vec![None; self.size];
        let join = |(d, h): (u16, u16), heads: &mut Vec<Option<usize>>| heads[usize::from(d)] = Some(usize::from(h));
        for d in (1..self.size).filter(|&d| self.live[d]) {
            join(self.arcs[d * self.size + self.best[d]], &mut heads);
        }
        // Outermost first: a cycle breaks at the node that an arc from outside has entered.
        for cycle in contracted.iter().rev() {
            for part in cycle {
                if part.words.iter().all(|&w| heads[usize::from(w)].is_none()) {
                    join(part.arc, &mut heads);
                }
            }
        }
        heads.into_iter().map(Option::unwrap_or_default).collect()
    }

    fn contract(&mut self, cycle: &[usize]) -> Vec<Part> {
        let size = self.size;
        let node = cycle[0];
        let inside: Vec<f64> = cycle.iter().map(|&c| self.scores[c * size + self.best[c]]).collect();
        let parts = cycle
            .iter()
            .map(|&c| Part { words: self.words[c].clone(), arc: self.arcs[c * size + self.best[c]] })
            .collect();
        for &c in cycle {
            self.live[c] = false;
        }
        for u in (0..size).filter(|&u| self.live[u]) {
            // Into the cycle: what the arc gains over the one that it replaces.
            let gain = |i: usize| self.scores[cycle[i] * size + u] - inside[i];
            let i = (1..cycle.len()).fold(0, |best, i| if gain(i) > gain(best) { i } else { best });
            let (score, arc) = (gain(i), self.arcs[cycle[i] * size + u]);
            self.scores[node * size + u] = score;
            self.arcs[node * size + u] = arc;
            // Out of the cycle.
            let out = cycle
                .iter()
                .copied()
                .fold(node, |a, b| if self.scores[u * size + b] > self.scores[u * size + a] { b } else { a });
            self.scores[u * size + node] = self.scores[u * size + out];
            self.arcs[u * size + node] = self.arcs[u * size + out];
            if cycle.contains(&self.best[u]) {
                self.best[u] = node;
            }
        }
        for &c in &cycle[1..] {
            let words = std::mem::take(&mut self.words[c]);
            self.words[node].extend(words);
            self.best[c] = 0;
        }
        self.live[node] = true;
        self.best[node] = self.best_of(node);
        parts
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn is_tree(heads: &[usize]) -> bool {
        let rooted = |mut at: usize| {
            (0..heads.len()).any(|_| {
                (at == 0) || {
                    at = heads[at];
                    at == 0
                }
            })
        };
        heads.first().is_none_or(|&h| h == 0) && (0..heads.len()).all(rooted)
    }

    fn one_root(heads: &[usize]) -> bool {
        heads.len() < 2 || heads[1..].iter().filter(|&&h| h == 0).count() == 1
    }

    proptest! {
        #[test]
        fn every_sentence_gets_a_tree_with_one_root(n in 0usize..40, seed in prop::collection::vec(-10f32..10.0, 40 * 40)) {
            let heads = decode(&seed[..(n + 1).min(40).pow(2)], (n + 1).min(40));
            prop_assert!(is_tree(&heads) && one_root(&heads), "{heads:?}");
        }

        // Small whole numbers, so that there are ties and cycles within cycles.
        #[test]
        fn no_tree_scores_higher(n in 1usize..6, seed in prop::collection::vec(-3i8..=3, 36)) {
            let size = n + 1;
            let scores: Vec<f32> = seed[..size * size].iter().map(|&s| f32::from(s)).collect();
            let total = |heads: &[usize]| (1..size).map(|d| scores[d * size + heads[d]]).sum::<f32>();
            let found = decode(&scores, size);
            prop_assert!(is_tree(&found) && one_root(&found), "{found:?}");
            for mut code in 0..size.pow(n as u32) {
                let mut heads = vec![0; size];
                for head in &mut heads[1..] {
                    (*head, code) = (code % size, code / size);
                }
                if is_tree(&heads) && one_root(&heads) {
                    prop_assert!(total(&heads) <= total(&found), "{heads:?} over {found:?}");
                }
            }
        }
    }

    #[test]
    fn the_longest_sentence_is_decoded_at_once() {
        let size = 511;
        let mut state = 1u32;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as f32 / 1e6
        };
        let heads = decode(&(0..size * size).map(|_| next()).collect::<Vec<_>>(), size);
        assert!(is_tree(&heads) && one_root(&heads));
    }

    #[test]
    fn scores_that_are_no_numbers_still_give_a_tree() {
        for bad in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY, f32::MIN] {
            let heads = decode(&[bad; 25], 5);
            assert!(is_tree(&heads) && one_root(&heads), "{bad}: {heads:?}");
        }
    }
}
