//! Noun phrases: which words belong to a head.

use std::ops::Range;

use reportedly_record::{Analysis, Span};

/// The run of words from the phrase's first modifier to its head, with what is glued behind the head:
/// flat names, compounds and one "of" phrase. Clauses, appositions and other prepositions stay outside.
pub fn phrase(analysis: &Analysis, head: usize) -> Range<usize> {
    let sentence = analysis.sentences[analysis.sentence_of(head)].tokens.clone();
    let (mut start, mut end) = (head, head + 1);
    for child in analysis.children(head) {
        let token = &analysis.tokens[child];
        let premodifier = child < head
            && matches!(
                token.relation(),
                "det" | "amod" | "compound" | "nmod" | "nummod" | "flat" | "advmod" | "punct" | "goeswith"
            )
            && (token.relation() != "nmod" || token.deprel != "nmod" || preposition_of(analysis, child).is_none());
        if premodifier && token.relation() != "punct" {
            start = start.min(first_of(analysis, child, &sentence));
        } else if child > head && matches!(token.relation(), "flat" | "fixed" | "goeswith") {
            end = end.max(last_of(analysis, child, &sentence) + 1);
        } else if child > head && token.deprel == "nmod" && preposition_of(analysis, child) == Some("of") {
            end = end.max(phrase_of_child_end(analysis, child));
        }
    }
    start..end
}

/// The characters of [`phrase`].
pub fn phrase_span(analysis: &Analysis, head: usize) -> Span {
    analysis.span(phrase(analysis, head))
}

/// The lemma of the preposition that marks the word, "of" in "of Oslo"; with `due_to`-like fixed ones joined by `_`.
pub fn preposition_of(analysis: &Analysis, at: usize) -> Option<&str> {
    analysis
        .child(at, "case")
        .map(|c| analysis.tokens[c].lemma.as_str())
        .filter(|l| *l != "'s" && *l != "'" && *l != "’s")
}

fn phrase_of_child_end(analysis: &Analysis, child: usize) -> usize {
    let mut end = child + 1;
    for grandchild in analysis.children(child) {
        if grandchild > child && matches!(analysis.tokens[grandchild].relation(), "flat" | "fixed") {
            end = end.max(grandchild + 1);
        }
    }
    end
}

fn first_of(analysis: &Analysis, at: usize, within: &Range<usize>) -> usize {
    analysis.subtree(at).into_iter().filter(|i| within.contains(i)).min().unwrap_or(at)
}

fn last_of(analysis: &Analysis, at: usize, within: &Range<usize>) -> usize {
    analysis.subtree(at).into_iter().filter(|i| within.contains(i)).max().unwrap_or(at)
}
