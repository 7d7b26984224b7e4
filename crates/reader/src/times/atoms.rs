//! Atoms: runs of letters, runs of digits, single marks. Finer than words, so that "3:30pm", "mid-1990s" and
//! "third-quarter" read the same however the words were cut.

use reportedly_record::{Analysis, Span};

use super::lexicon::{Lexicon, Sense};

/// What an atom is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    /// Digits and the number they write; 0 for more than nine of them.
    Digits(u32),
    Mark(char),
    /// The end of a paragraph: no expression crosses it.
    Break,
}

/// A run of characters.
#[derive(Debug, Clone, Copy)]
pub(super) struct Atom {
    pub span: Span,
    pub kind: Kind,
    pub senses: &'static [Sense],
    /// Whether no white space stands before it.
    pub glued: bool,
    pub capital: bool,
}

/// The atoms of the text that the analysis covers, a break after each paragraph.
pub(super) fn atoms(text: &str, analysis: &Analysis) -> Vec<Atom> {
    let lexicon = Lexicon::built_in();
    let mut out: Vec<Atom> = Vec::with_capacity(text.len() / 4);
    let (mut at, mut paragraph) = (0, None);
    for sentence in &analysis.sentences {
        let start = sentence.span.start.max(at);
        let Some(slice) = text.get(start..sentence.span.end.max(start)) else { continue };
        if paragraph.is_some_and(|p| p != sentence.paragraph) {
            out.push(Atom {
                span: Span::new(start, start),
                kind: Kind::Break,
                senses: &[],
                glued: false,
                capital: false,
            });
        }
        paragraph = Some(sentence.paragraph);
        for (piece, kind) in pieces(slice) {
            let span = Span::new(start + piece.start, start + piece.end);
            let word = piece.of(slice);
            let senses = if kind == Kind::Word { lexicon.senses(word) } else { &[] };
            let glued = out.last().is_some_and(|a| a.kind != Kind::Break && a.span.end == span.start);
            let capital = word.chars().next().is_some_and(char::is_uppercase);
            out.push(Atom { span, kind, senses, glued, capital });
        }
        at = start + slice.len();
    }
    out
}

/// The runs of a stretch of text.
pub(super) fn pieces(text: &str) -> impl Iterator<Item = (Span, Kind)> {
    let mut chars = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, first) = chars.find(|(_, c)| !c.is_whitespace())?;
        let same: fn(char) -> bool = match first {
            c if c.is_ascii_digit() => |c| c.is_ascii_digit(),
            c if c.is_alphabetic() => char::is_alphabetic,
            // The curly apostrophe and the hyphens are one mark each, whatever their code.
            '’' | '‘' => return Some((Span::new(start, start + first.len_utf8()), Kind::Mark('\''))),
            '‑' | '‐' => return Some((Span::new(start, start + first.len_utf8()), Kind::Mark('-'))),
            c => return Some((Span::new(start, start + c.len_utf8()), Kind::Mark(c))),
        };
        let mut end = start + first.len_utf8();
        while let Some((i, c)) = chars.next_if(|&(_, c)| same(c)) {
            end = i + c.len_utf8();
        }
        let kind = match first.is_ascii_digit() {
            true => Kind::Digits(text[start..end].parse().ok().filter(|_| end - start < 10).unwrap_or_default()),
            false => Kind::Word,
        };
        Some((Span::new(start, end), kind))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_digits_and_marks_part() {
        let text = "mid-1990s, 3:30pm “É’s";
        let cut: Vec<&str> = pieces(text).map(|(s, _)| s.of(text)).collect();
        assert_eq!(cut, ["mid", "-", "1990", "s", ",", "3", ":", "30", "pm", "“", "É", "’", "s"]);
    }
}
