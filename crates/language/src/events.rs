//! Which words name events, how these stand and who takes part: the heads over PLOVER's types and modes.

use reportedly_record::{Certainty, EventCue, EventType, Status, TypeChance};
use serde::de::DeserializeOwned;

use crate::encoder::kernels::elementwise::{self, Rows};
use crate::encoder::linear::Linear;
use crate::encoder::{HIDDEN, Isa, ModelError, Weights, Workspace};

/// Width of what the labels are read from.
const OWN: usize = 192;
/// Width of each side of the role scorer.
const SIDE: usize = 96;
/// Width of the inner layer: own part, trigger side, word side.
const INNER: usize = OWN + 2 * SIDE;
/// Words that are less likely than this to name an event are passed over.
const LEAST: f32 = 0.05;

/// The label lists, as the record names their values.
#[derive(Debug, Clone)]
pub struct EventLabels {
    event: Vec<EventLabel>,
    status: Vec<Status>,
    certainty: Vec<Certainty>,
    /// The place of `negative` among the polarities.
    negative: usize,
    polarities: usize,
    roles: Vec<String>,
}

#[derive(Debug, Clone, PartialEq)]
enum EventLabel {
    Nothing,
    Standing,
    Of(EventType, Option<String>),
}

impl EventLabels {
    fn read(weights: &Weights) -> Result<EventLabels, ModelError> {
        let unknown = |list: &str| ModelError::Labels(list.to_owned());
        let event = |label: String| -> Result<EventLabel, ModelError> {
            match label.as_str() {
                "O" => Ok(EventLabel::Nothing),
                "STANDING" => Ok(EventLabel::Standing),
                _ => {
                    let (kind, mode) = label.split_once('/').map_or((label.as_str(), None), |(k, m)| (k, Some(m)));
                    Ok(EventLabel::Of(parsed(kind).ok_or_else(|| unknown("event"))?, mode.map(str::to_owned)))
                }
            }
        };
        let polarity = weights.labels("polarity")?;
        let out = EventLabels {
            event: weights.labels("event")?.into_iter().map(event).collect::<Result<_, _>>()?,
            status: values(weights, "status")?,
            certainty: values(weights, "certainty")?,
            negative: polarity.iter().position(|p| p == "negative").ok_or_else(|| unknown("polarity"))?,
            polarities: polarity.len(),
            roles: weights.labels("event_roles")?,
        };
        if out.event.first() == Some(&EventLabel::Nothing) { Ok(out) } else { Err(unknown("event")) }
    }

    /// What the record keeps of a word's chances: `offset` is the sentence's first token, `words` its length.
    pub fn cue(&self, event: &EventOutput, offset: usize, words: usize) -> EventCue {
        let mut types: Vec<TypeChance> = Vec::new();
        // The chance of the likeliest mode so far, or of none, for each row of `types`.
        let mut best: Vec<f32> = Vec::new();
        let mut standing = 0.0;
        for (label, &chance) in self.event.iter().zip(&event.event) {
            let EventLabel::Of(kind, mode) = label else {
                standing += if *label == EventLabel::Standing { chance } else { 0.0 };
                continue;
            };
            let row = types.iter().position(|t| t.kind == *kind).unwrap_or_else(|| {
                types.push(TypeChance { kind: *kind, mode: None, chance: 0.0 });
                best.push(f32::MIN);
                types.len() - 1
            });
            types[row].chance += chance;
            if chance > best[row] {
                best[row] = chance;
                types[row].mode.clone_from(mode);
            }
        }
        for (row, &mode) in types.iter_mut().zip(&best) {
            // A mode is worth saying where it is likelier than all else that the type could be.
            if mode < row.chance / 2.0 {
                row.mode = None;
            }
        }
        types.sort_by(|a, b| b.chance.total_cmp(&a.chance));
        let role = |name: &str| {
            let at = self.roles.iter().position(|r| r == name);
            let mut out = at.map_or_else(Vec::new, |at| event.roles[at].clone());
            out.resize(words, 0.0);
            out
        };
        EventCue {
            token: event.word + offset,
            chance: types.iter().map(|t| t.chance).sum(),
            standing,
            types,
            status: ranked(&self.status, &event.status),
            negative: event.polarity[self.negative],
            certainty: ranked(&self.certainty, &event.certainty),
            actor: role("actor"),
            recipient: role("recipient"),
            object: role("object"),
            place: role("place"),
            time: role("time"),
            source: role("source"),
        }
    }
}

fn ranked<T: Copy>(values: &[T], chances: &[f32]) -> Vec<(T, f32)> {
    let mut out: Vec<(T, f32)> = values.iter().copied().zip(chances.iter().copied()).collect();
    out.sort_by(|a, b| b.1.total_cmp(&a.1));
    out
}

fn values<T: DeserializeOwned>(weights: &Weights, list: &str) -> Result<Vec<T>, ModelError> {
    let known = |label: &String| parsed(label).ok_or_else(|| ModelError::Labels(list.to_owned()));
    weights.labels(list)?.iter().map(known).collect()
}

/// A label as the record spells its values.
fn parsed<T: DeserializeOwned>(label: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::from(label)).ok()
}

/// A word that may name an event. All chances lie between 0 and 1; lists are in the order of their labels.
#[derive(Debug, Clone, PartialEq)]
pub struct EventOutput {
    /// The word, from 0.
    pub word: usize,
    /// Of each label of the model's list `event`.
    pub event: Vec<f32>,
    /// See `event`.
    pub status: Vec<f32>,
    /// See `event`.
    pub polarity: Vec<f32>,
    /// See `event`.
    pub certainty: Vec<f32>,
    /// For each role the chance of every word of the sentence.
    pub roles: Vec<Vec<f32>>,
}

/// The heads, packed for this machine.
pub struct EventHeads {
    isa: Isa,
    labels: EventLabels,
    inner: Linear,
    out: Linear,
    role: Vec<f32>,
}

impl EventHeads {
    /// Packs the file's heads.
    pub fn load(weights: &Weights, isa: Isa) -> Result<EventHeads, ModelError> {
        let labels = EventLabels::read(weights)?;
        let inner = weights.linear(isa, &["event.mlp"], HIDDEN)?;
        if inner.outputs != INNER {
            return Err(ModelError::Tensor("event.mlp".to_owned()));
        }
        let out = weights.linear(isa, &["event.event", "event.status", "event.polarity", "event.certainty"], OWN)?;
        if out.outputs != labels.event.len() + labels.status.len() + labels.polarities + labels.certainty.len() {
            return Err(ModelError::Tensor("event".to_owned()));
        }
        let role = weights.floats("event.role.weight", labels.roles.len() * (SIDE + 1) * (SIDE + 1))?;
        Ok(EventHeads { isa, labels, inner, out, role })
    }

    /// The label lists.
    pub fn labels(&self) -> &EventLabels {
        &self.labels
    }

    /// Reads the vectors of sentences with `words[i]` words each, a root row before each sentence's words.
    pub fn read(&self, vectors: &[f32], words: &[usize], work: &mut Workspace) -> Vec<Vec<EventOutput>> {
        let rows = vectors.len() / HIDDEN;
        let mut inner = Vec::new();
        self.inner.apply(vectors, rows, &mut inner, &mut work.scratch);
        let stride = self.inner.padded;
        elementwise::gelu(self.isa, &mut inner[..rows * stride]);
        let mut at = 0;
        words
            .iter()
            .map(|&n| {
                let own = &inner[((at + 1) * stride).min(inner.len())..];
                at += n + 1;
                self.sentence(Rows { values: own, stride, width: INNER, rows: n }, work)
            })
            .collect()
    }

    fn sentence(&self, inner: Rows<'_>, work: &mut Workspace) -> Vec<EventOutput> {
        let words = inner.rows;
        let row = |w: usize| &inner.values[w * inner.stride..w * inner.stride + INNER];
        let mut own = Vec::with_capacity(words * OWN);
        (0..words).for_each(|w| own.extend_from_slice(&row(w)[..OWN]));
        let mut scores = Vec::new();
        self.out.apply(&own, words, &mut scores, &mut work.scratch);
        let answers = Rows {
            values: &inner.values[(OWN + SIDE).min(inner.values.len())..],
            stride: inner.stride,
            width: SIDE,
            rows: words,
        };
        let mut out = Vec::new();
        for word in 0..words {
            let all = &scores[word * self.out.padded..];
            let (event, all) = all.split_at(self.labels.event.len());
            let event = softmax(event);
            if 1.0 - event[0] < LEAST {
                continue;
            }
            let (status, all) = all.split_at(self.labels.status.len());
            let (polarity, all) = all.split_at(self.labels.polarities);
            out.push(EventOutput {
                word,
                event,
                status: softmax(status),
                polarity: softmax(polarity),
                certainty: softmax(&all[..self.labels.certainty.len()]),
                roles: self
                    .role
                    .chunks_exact((SIDE + 1) * (SIDE + 1))
                    .map(|table| ask(self.isa, &row(word)[OWN..OWN + SIDE], table, answers))
                    .collect(),
            });
        }
        out
    }
}

/// `sigmoid([asker; 1]ᵀ A [answer; 1])` for every answer.
pub(crate) fn ask(isa: Isa, asker: &[f32], table: &[f32], answers: Rows<'_>) -> Vec<f32> {
    let width = asker.len();
    let side = width + 1;
    // [asker; 1]ᵀ A, whose last value is the bias of every answer.
    let mut query = table[width * side..].to_vec();
    elementwise::combine(isa, asker, Rows { values: table, stride: side, width: side, rows: width }, &mut query);
    let mut out = vec![0.0; answers.rows];
    elementwise::dots(isa, Rows { values: &query, stride: width, width, rows: 1 }, answers, &mut out);
    out.iter_mut().for_each(|score| *score = 1.0 / (1.0 + (-(*score + query[width])).exp()));
    out
}

fn softmax(scores: &[f32]) -> Vec<f32> {
    let most = scores.iter().copied().fold(f32::MIN, f32::max);
    let mut out: Vec<f32> = scores.iter().map(|s| (s - most).exp()).collect();
    let sum: f32 = out.iter().sum();
    out.iter_mut().for_each(|p| *p /= sum);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chances_add_up_to_one() {
        let p = softmax(&[1.0, 2.0, 900.0]);
        assert!((p.iter().sum::<f32>() - 1.0).abs() < 1e-6 && p[2] > 0.999, "{p:?}");
    }
}
