//! Words and sentences, as UD English splits them. Only characters are looked at: the model comes later.

mod lists;
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
        for end in sentences::ends(text, &words) {
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
    use super::*;
    use proptest::prelude::*;
    use reportedly_record::ParagraphKind;

    fn shown(text: &str) -> String {
        let paragraph = Paragraph { span: Span::new(0, text.len()), kind: ParagraphKind::Body };
        let sentences = segment(text, &[paragraph]);
        let lines: Vec<String> = sentences
            .iter()
            .map(|s| s.words.iter().map(|w| w.span.of(text)).collect::<Vec<_>>().join("|"))
            .collect();
        lines.join(" ‖ ")
    }

    #[test]
    fn words_and_sentences() {
        for line in include_str!("data/cases.txt").lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
            let (text, want) = line.split_once(" => ").expect("a case has an arrow");
            assert_eq!(shown(text), want, "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_character_is_in_one_word(text in "\\PC{0,120}") {
            let paragraph = Paragraph { span: Span::new(0, text.len()), kind: ParagraphKind::Body };
            let words: Vec<Word> = segment(&text, &[paragraph]).into_iter().flat_map(|s| s.words).collect();
            let mut at = 0;
            for word in &words {
                prop_assert!(word.span.start >= at && !word.span.is_empty());
                prop_assert!(text[at..word.span.start].chars().all(char::is_whitespace));
                prop_assert_eq!(word.span.of(&text).len(), word.span.end - word.span.start);
                at = word.span.end;
            }
            prop_assert!(text[at..].chars().all(char::is_whitespace));
        }
    }
}
