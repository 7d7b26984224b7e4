//! What the word vectors mean: tags, trees, factuality, attribution, one sentence at a time.

use crate::encoder::kernels::elementwise::{self, Rows};
use crate::encoder::linear::Linear;
use crate::encoder::{HIDDEN, Isa, ModelError, Vectors, Weights, Workspace};
use crate::events::{self, EventHeads, EventOutput};
use crate::tree;

const ARC: usize = 256;
const REL: usize = 96;
const ROLE: usize = 96;
const FACT: usize = 128;
/// Words whose relation scores are computed together: one word has five thousand, and they should stay in the cache.
const RELATED: usize = 24;

/// The label lists of the model.
#[derive(Debug, Clone)]
pub struct Labels {
    /// Universal parts of speech.
    pub upos: Vec<String>,
    /// Penn Treebank tags.
    pub xpos: Vec<String>,
    /// UD feature strings, `_` for none.
    pub feats: Vec<String>,
    /// Lemma scripts.
    pub lemma: Vec<String>,
    /// BIO name tags.
    pub ner: Vec<String>,
    /// BIO tags of attribution cues.
    pub cue: Vec<String>,
    /// UD relations; 0 is `root`.
    pub deprel: Vec<String>,
}

impl Labels {
    /// The orders that decoding relies on: BIO tags in pairs behind `O`, the root's relation first.
    fn check(&self) -> Result<(), ModelError> {
        let pairs = |tags: &[String]| {
            let (pairs, rest) = tags.get(1..).unwrap_or_default().as_chunks::<2>();
            let paired =
                |[b, i]: &[String; 2]| b.strip_prefix('B').is_some_and(|kind| i.strip_prefix('I') == Some(kind));
            tags.first().is_some_and(|t| t == "O") && rest.is_empty() && pairs.iter().all(paired)
        };
        let enough = |list: &[String]| !list.is_empty();
        let sound = [
            ("ner", pairs(&self.ner)),
            ("cue", pairs(&self.cue) && self.cue.len() == 3),
            ("deprel", self.deprel.len() > 1 && self.deprel[0] == "root"),
            ("upos", enough(&self.upos)),
            ("xpos", enough(&self.xpos)),
            ("feats", enough(&self.feats)),
            ("lemma", enough(&self.lemma)),
        ];
        sound.iter().find(|(_, sound)| !sound).map_or(Ok(()), |(name, _)| Err(ModelError::Labels((*name).to_owned())))
    }
}

/// What the model says of one sentence; all indices are words of the sentence from 0.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SentenceOutput {
    /// Index into [`Labels::upos`] for each word, and so on.
    pub upos: Vec<usize>,
    /// See `upos`.
    pub xpos: Vec<usize>,
    /// See `upos`.
    pub feats: Vec<usize>,
    /// See `upos`.
    pub lemma: Vec<usize>,
    /// See `upos`; a sequence without an I behind another kind.
    pub ner: Vec<usize>,
    /// The head of each word, `None` for the root.
    pub heads: Vec<Option<usize>>,
    /// See `upos`.
    pub deprel: Vec<usize>,
    /// −3 to 3.
    pub factuality: Vec<f32>,
    /// One for each cue, and one without a cue where words belong to a cue elsewhere.
    pub roles: Vec<Roles>,
    /// The words that may name events.
    pub events: Vec<EventOutput>,
}

/// The words of one attribution.
#[derive(Debug, Clone, PartialEq)]
pub struct Roles {
    /// First and one past the last word of the cue.
    pub cue: Option<(usize, usize)>,
    /// Probability that each word is source.
    pub source: Vec<f32>,
    /// Probability that each word is content.
    pub content: Vec<f32>,
}

/// All heads, packed for this machine.
pub struct Heads {
    isa: Isa,
    labels: Labels,
    /// Every head that reads the word vector: tags, then the inner layers of factuality, parser and roles.
    first: Linear,
    tags: [usize; 6],
    fact_weight: Vec<f32>,
    fact_bias: f32,
    arc: Linear,
    rel: Linear,
    role: Vec<f32>,
    events: EventHeads,
}

impl Heads {
    /// Packs the file's heads.
    pub fn load(weights: &Weights, isa: Isa) -> Result<Heads, ModelError> {
        let labels = Labels {
            upos: weights.labels("upos")?,
            xpos: weights.labels("xpos")?,
            feats: weights.labels("feats")?,
            lemma: weights.labels("lemma")?,
            ner: weights.labels("ner")?,
            cue: weights.labels("cue")?,
            deprel: weights.labels("deprel")?,
        };
        labels.check()?;
        let names = [
            "tag.upos",
            "tag.xpos",
            "tag.feats",
            "tag.lemma",
            "tag.ner",
            "tag.cue",
            "fact.hidden",
            "parse.mlp",
            "attr.mlp",
        ];
        let first = weights.linear(isa, &names, HIDDEN)?;
        let tags = [&labels.upos, &labels.xpos, &labels.feats, &labels.lemma, &labels.ner, &labels.cue].map(Vec::len);
        if first.outputs != tags.iter().sum::<usize>() + FACT + 2 * (ARC + REL) + 2 * ROLE {
            return Err(ModelError::Tensor("tag".to_owned()));
        }
        let relations = labels.deprel.len();
        // [dependent; 1]ᵀ U head: as a layer from dependents to the space of heads.
        let arc = weights.floats("parse.arc.weight", (ARC + 1) * ARC)?;
        let turned: Vec<f32> = (0..ARC * ARC).map(|i| arc[(i % ARC) * ARC + i / ARC]).collect();
        // [dependent; 1]ᵀ L_r [head; 1]: as a layer from dependents to (relation, head) rows of REL + 1.
        let side = REL + 1;
        let rel = weights.floats("parse.rel.weight", relations * side * side)?;
        let mut rel_weights = Vec::with_capacity(relations * side * REL);
        let mut rel_bias = Vec::with_capacity(relations * side);
        for r in 0..relations {
            for h in 0..side {
                rel_weights.extend((0..REL).map(|d| rel[(r * side + d) * side + h]));
                rel_bias.push(rel[(r * side + REL) * side + h]);
            }
        }
        Ok(Heads {
            isa,
            first,
            tags,
            fact_weight: weights.floats("fact.out.weight", FACT)?,
            fact_bias: weights.floats("fact.out.bias", 1)?[0],
            arc: Linear::quantize(isa, &turned, &arc[ARC * ARC..], ARC),
            rel: Linear::quantize(isa, &rel_weights, &rel_bias, REL),
            role: weights.floats("attr.role.weight", 2 * (ROLE + 1) * (ROLE + 1))?,
            events: EventHeads::load(weights, isa)?,
            labels,
        })
    }

    /// The label lists.
    pub fn labels(&self) -> &Labels {
        &self.labels
    }

    /// The heads of events.
    pub fn events(&self) -> &EventHeads {
        &self.events
    }

    /// Reads the vectors of sentences with `words[i]` words each, a root row before each sentence's words.
    pub fn read(&self, vectors: &Vectors, words: &[usize], work: &mut Workspace) -> Vec<SentenceOutput> {
        let mut out = self.read_words(&vectors.words, words, work);
        for (sentence, events) in out.iter_mut().zip(self.events.read(&vectors.events, words, work)) {
            sentence.events = events;
        }
        out
    }

    fn read_words(&self, vectors: &[f32], words: &[usize], work: &mut Workspace) -> Vec<SentenceOutput> {
        let rows = vectors.len() / HIDDEN;
        let mut first = Vec::new();
        self.first.apply(vectors, rows, &mut first, &mut work.scratch);
        let stride = self.first.padded;
        let inner = self.tags.iter().sum::<usize>();
        let end = self.first.outputs;
        // The inner layers are copied out so that gelu runs over them alone.
        let mut deep: Vec<f32> = Vec::with_capacity(rows * (end - inner));
        for row in 0..rows {
            deep.extend_from_slice(&first[row * stride + inner..row * stride + end]);
        }
        elementwise::gelu(self.isa, &mut deep);
        let width = end - inner;
        let (parse, role) = (FACT, FACT + 2 * (ARC + REL));
        let part = |row: usize, from: usize, len: usize| &deep[row * width + from..row * width + from + len];
        let rows_of = |row: usize, from: usize, width_of: usize, rows: usize| Rows {
            values: &deep[(row * width + from).min(deep.len())..],
            stride: width,
            width: width_of,
            rows,
        };
        let gather = |from: usize, len: usize| {
            let mut out = Vec::with_capacity(rows * len);
            (0..rows).for_each(|r| out.extend_from_slice(part(r, from, len)));
            out
        };
        let mut arcs = Vec::new();
        self.arc.apply(&gather(parse, ARC), rows, &mut arcs, &mut work.scratch);

        let mut out = Vec::with_capacity(words.len());
        let mut scores = Vec::new();
        // The row of every word's head, for the relations; a root row has none.
        let mut head_rows = vec![None; rows];
        let mut at = 0;
        for &n in words {
            let tag = |word: usize, number: usize| {
                let from = (at + 1 + word) * stride + self.tags[..number].iter().sum::<usize>();
                &first[from..from + self.tags[number]]
            };
            let best = |number: usize| (0..n).map(|w| argmax(tag(w, number))).collect::<Vec<_>>();
            let size = n + 1;
            scores.resize(size * size, 0.0);
            let queries =
                Rows { values: &arcs[at * self.arc.padded..], stride: self.arc.padded, width: ARC, rows: size };
            elementwise::dots(self.isa, queries, rows_of(at, parse + ARC, ARC, size), &mut scores);
            let heads = tree::decode(&scores, size);
            for d in 1..size {
                head_rows[at + d] = Some((at + heads[d], heads[d] == 0));
            }
            let mut factuality = vec![0.0; n];
            let weight = Rows { values: &self.fact_weight, stride: FACT, width: FACT, rows: 1 };
            elementwise::dots(self.isa, weight, rows_of(at + 1, 0, FACT, n), &mut factuality);
            factuality.iter_mut().for_each(|f| *f = (*f + self.fact_bias).clamp(-3.0, 3.0));
            let sides = |row: usize| rows_of(at + row, role, ROLE, 1).values;
            out.push(SentenceOutput {
                upos: best(0),
                xpos: best(1),
                feats: best(2),
                lemma: best(3),
                ner: bio(n, &|w| tag(w, 4)),
                heads: heads[1..].iter().map(|&h| h.checked_sub(1)).collect(),
                deprel: Vec::with_capacity(n),
                factuality,
                roles: self.roles(
                    &bio(n, &|w| tag(w, 5)),
                    &|row| &sides(row)[..ROLE],
                    rows_of(at + 1, role + ROLE, ROLE, n),
                ),
                events: Vec::new(),
            });
            at += size;
        }
        let dependents = gather(parse + 2 * ARC, REL);
        let mut relations = Vec::with_capacity(rows);
        let (mut rels, mut sums) = (Vec::new(), vec![0.0; self.labels.deprel.len()]);
        for (chunk, dependents) in dependents.chunks(RELATED * REL).enumerate() {
            self.rel.apply(dependents, dependents.len() / REL, &mut rels, &mut work.scratch);
            for (d, &head) in head_rows.iter().skip(chunk * RELATED).take(RELATED).enumerate() {
                relations.push(match head {
                    Some((head, false)) => {
                        self.relation(&rels[d * self.rel.padded..], part(head, parse + 2 * ARC + REL, REL), &mut sums)
                    }
                    // `root` belongs to the root alone.
                    _ => 0,
                });
            }
        }
        let mut at = 0;
        for sentence in &mut out {
            let n = sentence.heads.len();
            sentence.deprel.extend_from_slice(&relations[at + 1..at + 1 + n]);
            at += n + 1;
        }
        out
    }

    /// The best relation between a dependent's row and a head that is no root.
    fn relation(&self, dependent: &[f32], head: &[f32], sums: &mut [f32]) -> usize {
        let side = REL + 1;
        let tables = Rows { values: dependent, stride: side, width: REL, rows: sums.len() };
        elementwise::dots(self.isa, tables, Rows { values: head, stride: REL, width: REL, rows: 1 }, sums);
        for (sum, table) in sums.iter_mut().zip(dependent.chunks_exact(side)) {
            *sum += table[REL];
        }
        1 + argmax(&sums[1..])
    }

    /// The sources and contents of every cue, and of a cue elsewhere; `asker(0)` is the root's cue side, then the words'.
    fn roles<'a>(&self, cue: &[usize], asker: &dyn Fn(usize) -> &'a [f32], answers: Rows<'_>) -> Vec<Roles> {
        let mut cues: Vec<Option<(usize, usize)>> = vec![None];
        for (w, &tag) in cue.iter().enumerate() {
            match tag {
                0 => {}
                1 => cues.push(Some((w, w + 1))),
                _ => {
                    if let Some(Some(last)) = cues.last_mut() {
                        last.1 = w + 1;
                    }
                }
            }
        }
        let side = ROLE + 1;
        let chances = |asker: &[f32], table: &[f32]| events::ask(self.isa, asker, table, answers);
        let (source, content) = self.role.split_at(side * side);
        cues.into_iter()
            .map(|cue| {
                let asker = asker(cue.map_or(0, |c| c.0 + 1));
                Roles { cue, source: chances(asker, source), content: chances(asker, content) }
            })
            .collect()
    }
}

fn argmax(scores: &[f32]) -> usize {
    let mut best = 0;
    for i in 1..scores.len() {
        if scores[i] > scores[best] {
            best = i;
        }
    }
    best
}

/// Viterbi over tags ordered O, B-x, I-x, B-y, I-y, …: an I follows only its own B or I.
fn bio<'a>(words: usize, scores: &dyn Fn(usize) -> &'a [f32]) -> Vec<usize> {
    if words == 0 {
        return Vec::new();
    }
    let tags = scores(0).len();
    let inside = |t: usize| t != 0 && t.is_multiple_of(2);
    let mut total: Vec<f32> = (0..tags).map(|t| if inside(t) { f32::MIN / 2.0 } else { scores(0)[t] }).collect();
    let mut back = vec![0usize; words * tags];
    for w in 1..words {
        let open = argmax(&total);
        let mut next = vec![0.0; tags];
        for t in 0..tags {
            let from = if inside(t) { if total[t] > total[t - 1] { t } else { t - 1 } } else { open };
            back[w * tags + t] = from;
            next[t] = total[from] + scores(w)[t];
        }
        total = next;
    }
    let mut out = vec![argmax(&total); words];
    for w in (1..words).rev() {
        out[w - 1] = back[w * tags + out[w]];
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_inside_tag_needs_its_own_beginning() {
        // O, B-x, I-x, B-y, I-y: the second word alone would be I-y, the first is surely B-x.
        let rows: [[f32; 5]; 3] = [[0.0, 5.0, 0.0, 0.0, 0.0], [0.0, 0.0, 1.0, 0.0, 1.5], [1.0, 0.0, 0.0, 0.0, 0.0]];
        assert_eq!(bio(3, &|w| &rows[w]), [1, 2, 0]);
    }
}
