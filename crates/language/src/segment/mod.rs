//! Words and sentences, as UD English splits them. Only characters are looked at: the model comes later.

mod inside;
mod lines;
mod lists;
mod marks;
mod sentences;
mod words;

use reportedly_record::{Paragraph, Span};

/// A sentence and its words.
#[derive(Debug, Clone, PartialEq)]
pub struct SegmentedSentence {
    /// From its first to its last word.
    pub span: Span,
    /// Index of its paragraph.
    pub paragraph: usize,
    /// Its words, in order; every character that is not white space is in one of them.
    pub words: Vec<Word>,
}

/// A syntactic word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// Its characters.
    pub span: Span,
    /// Whether it is a part of a contraction: "do" and "n't" of "don't".
    pub part_of_multiword: bool,
}

/// Splits every paragraph; no sentence crosses one.
pub fn segment(text: &str, paragraphs: &[Paragraph]) -> Vec<SegmentedSentence> {
    let mut out = Vec::new();
    for (number, paragraph) in paragraphs.iter().enumerate() {
        let words = words::split(text, paragraph.span);
        let mut start = 0;
        for end in sentences::ends(text, paragraph.span, &words) {
            let own = &words[start..end];
            if let (Some(first), Some(last)) = (own.first(), own.last()) {
                let span = Span::new(first.span.start, last.span.end);
                out.push(SegmentedSentence { span, paragraph: number, words: own.to_vec() });
            }
            start = end;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use reportedly_record::ParagraphKind;

    use super::*;

    fn body(start: usize, end: usize) -> Paragraph {
        Paragraph { span: Span::new(start, end), kind: ParagraphKind::Body }
    }

    fn shown(text: &str) -> String {
        let words = |s: &SegmentedSentence| s.words.iter().map(|w| w.span.of(text)).collect::<Vec<_>>().join("|");
        segment(text, &[body(0, text.len())]).iter().map(words).collect::<Vec<_>>().join(" ‖ ")
    }

    #[test]
    fn words_and_sentences() {
        let cases = include_str!("data/cases.txt").lines().filter(|l| !l.is_empty() && !l.starts_with("# "));
        let failed = cases.filter_map(|line| {
            let (text, want) = line.split_once(" => ").expect("a case has an arrow");
            let got = shown(&text.replace("\\n", "\n"));
            (got != want).then(|| format!("want {want}\n got {got}"))
        });
        let failed: Vec<_> = failed.collect();
        assert!(failed.is_empty(), "{}", failed.join("\n"));
    }

    #[test]
    fn parts_of_contractions_are_marked() {
        let text = "It's the miners' choice, they don't say.";
        let sentences = segment(text, &[body(0, text.len())]);
        let parts = sentences[0].words.iter().filter(|w| w.part_of_multiword);
        assert_eq!(parts.map(|w| w.span.of(text)).collect::<Vec<_>>(), ["It", "'s", "miners", "'", "do", "n't"]);
    }

    #[test]
    fn no_sentence_crosses_a_paragraph() {
        let text = "A heading\n\nIt rained. \n\nThe";
        let sentences = segment(text, &[body(0, 9), body(11, 21), body(21, 21), body(24, 27)]);
        let found: Vec<_> = sentences.iter().map(|s| (s.paragraph, s.span.of(text))).collect();
        assert_eq!(found, [(0, "A heading"), (1, "It rained."), (3, "The")]);
    }

    /// Text of the characters and words on which the rules turn, with others between.
    fn messy() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            4 => "[ \n\u{a0}.,!?…'’‘\"“”()\\[\\]<>*=_~`#@&+$£%°:;/–—-]{1,4}",
            3 => prop::sample::select(vec![
                "U.S.", "Mr", "don't", "cannot", "no.", "p.m.", "'s", "1.", "[3]", "US$4", "10km", "http://", "a@b.org",
                "NAIROBI", "(Wire)", "—", "3,500", "555-0199", "pre-", "‘s’", "Yahoo!", "The", "the", "Sept.5", "X.",
            ]).prop_map(str::to_owned),
            2 => "[a-zA-Z0-9é中İßﬁ\u{200b}\u{301}😀]{1,6}",
            1 => "\\PC{0,6}",
        ];
        prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn every_character_is_in_one_word(text in messy(), at in 0usize..80) {
            // Two paragraphs that meet anywhere.
            let middle = text.char_indices().map(|(i, _)| i).nth(at).unwrap_or(text.len());
            let paragraphs = [body(0, middle), body(middle, text.len())];
            let sentences = segment(&text, &paragraphs);
            let mut seen = 0;
            for sentence in &sentences {
                prop_assert_eq!(sentence.span.start, sentence.words[0].span.start);
                prop_assert_eq!(sentence.span.end, sentence.words[sentence.words.len() - 1].span.end);
                prop_assert!(paragraphs[sentence.paragraph].span.contains(sentence.span));
                for word in &sentence.words {
                    prop_assert!(word.span.start >= seen && !word.span.is_empty());
                    prop_assert!(text[seen..word.span.start].chars().all(char::is_whitespace));
                    prop_assert!(!text[word.span.start..word.span.end].contains(char::is_whitespace));
                    seen = word.span.end;
                }
            }
            prop_assert!(text[seen..].chars().all(char::is_whitespace));
            prop_assert!(sentences.is_sorted_by_key(|s| s.paragraph));
        }
    }
}
