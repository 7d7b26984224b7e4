//! Cases in `data/times/cases.tsv`, ranges, and properties that hold of every text.

use jiff::civil::Date;
use proptest::prelude::*;
use reportedly_record::{Analysis, Article, Paragraph, ParagraphKind, Sentence, Span, Token};

use super::{ResolvedTime, resolve_times, time_ranges};

/// An analysis of words alone, cut at white space and marks: no tags, no trees.
fn bare(text: &str) -> (Article, Analysis) {
    let mut analysis = Analysis::default();
    let mut article = Article { text: text.to_owned(), ..Article::default() };
    let mut at = 0;
    for (paragraph, block) in text.split("\n\n").enumerate() {
        let span = Span::new(at, at + block.len());
        at = span.end + 2;
        article.paragraphs.push(Paragraph { span, kind: ParagraphKind::Body });
        let first = analysis.tokens.len();
        for (piece, _) in super::atoms::pieces(block) {
            let form = piece.of(block).to_owned();
            let span = Span::new(span.start + piece.start, span.start + piece.end);
            analysis.tokens.push(Token {
                span,
                lemma: form.to_lowercase(),
                form,
                upos: String::new(),
                xpos: String::new(),
                feats: String::new(),
                head: None,
                deprel: String::new(),
                factuality: 0.0,
            });
        }
        let tokens = first..analysis.tokens.len();
        if !tokens.is_empty() {
            analysis.sentences.push(Sentence { span: analysis.span(tokens.clone()), tokens, paragraph });
        }
    }
    (article, analysis)
}

fn times(text: &str, published: &str) -> (Article, Vec<ResolvedTime>) {
    let (article, analysis) = bare(text);
    let found = resolve_times(&article, &analysis, published.parse().ok());
    (article, found)
}

#[test]
fn cases() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for line in include_str!("../../data/times/cases.tsv").lines().filter(|l| !l.starts_with('#')) {
        let row: Vec<&str> = line.split('\t').collect();
        let [text, published, want, kind, value, start, end] = row[..] else { panic!("seven columns: {line}") };
        count += 1;
        let (article, found) = times(text, published);
        if want == "-" {
            if let Some(time) = found.first() {
                wrong.push(format!("{text}: {:?} is no time ({})", time.span.of(&article.text), time.rule));
            }
            continue;
        }
        let Some(time) = found.iter().find(|t| t.span.of(&article.text) == want) else {
            let all: Vec<&str> = found.iter().map(|t| t.span.of(&article.text)).collect();
            wrong.push(format!("{text}: wanted {want:?}, found {all:?}"));
            continue;
        };
        let got = [
            format!("{:?}", time.kind).to_uppercase(),
            time.value.clone(),
            time.start.clone().unwrap_or_default(),
            time.end.clone().unwrap_or_default(),
        ];
        if got != [kind, value, start, end] {
            wrong.push(format!("{text}: {want:?} is {got:?} ({}), wanted {:?}", time.rule, [kind, value, start, end]));
        }
    }
    assert!(count >= 120, "{count} cases");
    assert!(wrong.is_empty(), "{} of {count} cases wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn ranges_have_outer_bounds() {
    for (text, span, start, end) in [
        ("The forum is held between September 10 and 13.", "September 10 and 13", "2023-09-10", "2023-09-14"),
        ("The forum was held between 10 and 13 September.", "10 and 13 September", "2023-09-10", "2023-09-14"),
        ("The forum was held on May 3-5, 2021.", "May 3-5, 2021", "2021-05-03", "2021-05-06"),
        ("The siege lasted from May to July.", "May to July", "2023-05-01", "2023-08-01"),
        ("The siege lasted from November to February.", "November to February", "2022-11-01", "2023-03-01"),
        ("The siege lasted from May to July 1998.", "May to July 1998", "1998-05-01", "1998-08-01"),
        ("The siege lasted from December to January 1999.", "December to January 1999", "1998-12-01", "1999-02-01"),
        ("They ruled from 1998 to 2003.", "1998 to 2003", "1998-01-01", "2004-01-01"),
        ("They ruled in 1998-99.", "1998-99", "1998-01-01", "2000-01-01"),
        ("Shops were shut from Friday to Sunday.", "Friday to Sunday", "2023-09-01", "2023-09-04"),
        ("Troops trained from Saturday through Monday.", "Saturday through Monday", "2023-09-02", "2023-09-05"),
    ] {
        let (article, found) = times(text, "2023-09-05");
        let ranges = time_ranges(&article, &found);
        let got: Vec<_> =
            ranges.iter().map(|r| (r.span.of(&article.text), r.start.as_deref(), r.end.as_deref())).collect();
        assert_eq!(got, [(span, Some(start), Some(end))], "{text}: {found:?}");
    }
}

#[test]
fn two_times_are_no_range() {
    for text in [
        "He spoke on Monday and Tuesday.",
        "A revision on Friday to December's figures.",
        "He came in May and left in July.",
    ] {
        let (article, found) = times(text, "2023-09-05");
        assert!(time_ranges(&article, &found).is_empty(), "{text}: {found:?}");
    }
}

#[test]
fn no_expression_crosses_a_paragraph() {
    let (article, found) = times("It ended in May\n\n2019 was worse.", "2023-09-05");
    let spans: Vec<&str> = found.iter().map(|t| t.span.of(&article.text)).collect();
    assert_eq!(spans, ["May", "2019"]);
}

/// Words of time in any order, with some that are none.
fn jumble() -> impl Strategy<Value = String> {
    let words: Vec<&'static str> = super::lexicon::rows(include_str!("../../data/times/words.tsv"))
        .map(|r| r[0])
        .chain([
            "May",
            "Sept.",
            "Tuesday",
            "3",
            "31",
            "1998",
            "9999",
            "00",
            "ago",
            "'s",
            "-",
            ",",
            ":",
            "30",
            "p.m.",
            "of",
            "\n\n",
            "é",
            "“",
            "Q",
            "T",
            "9/11",
            "99999999999",
        ])
        .collect();
    prop::collection::vec(prop::sample::select(words), 0..24).prop_map(|w| w.join(" "))
}

fn holds(text: &str, published: Option<Date>) -> Result<(), TestCaseError> {
    let (article, analysis) = bare(text);
    let found = resolve_times(&article, &analysis, published);
    let mut at = 0;
    for time in &found {
        prop_assert!(time.span.start >= at && time.span.end > time.span.start, "{:?} in {:?}", time, text);
        prop_assert!(text.is_char_boundary(time.span.start) && text.is_char_boundary(time.span.end));
        prop_assert!(!time.value.is_empty());
        at = time.span.end;
        if let (Some(start), Some(end)) = (&time.start, &time.end) {
            prop_assert!(start < end, "{:?}", time);
        }
    }
    for range in time_ranges(&article, &found) {
        prop_assert!(range.first < range.last && range.last < found.len());
        prop_assert!(range.start.is_none() || range.end.is_none() || range.start < range.end);
    }
    Ok(())
}

proptest! {
    #[test]
    fn spans_and_intervals_are_sound(text in "\\PC{0,200}", day in 1i8..29, month in 1i8..13, year in -9999i16..=9999) {
        holds(&text, Date::new(year, month, day).ok())?;
    }

    #[test]
    fn so_they_are_in_jumbled_words(text in jumble(), day in 1i8..29, month in 1i8..13, year in 1i16..=9999, known: bool) {
        holds(&text, Date::new(year, month, day).ok().filter(|_| known))?;
    }
}
