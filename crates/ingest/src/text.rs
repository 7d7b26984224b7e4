//! Plain text: paragraphs and their kinds, title, byline, dateline, publication date.
//!
//! `document.text` is the file itself; furniture copied along with a page is marked, not cut.

use std::sync::OnceLock;

use reportedly_record::{Article, Paragraph, ParagraphKind, PublishedFrom, Span};

use crate::IngestError;
use crate::dates;
use crate::decode::Decoded;

/// Titles and bylines are not longer than this many characters.
const SHORT: usize = 120;
/// A line longer than this is cut at sentence ends into paragraphs, so that one line of megabytes stays readable.
const LONG_LINE: usize = 20_000;

/// An article of plain text.
pub fn read(decoded: Decoded) -> Result<Article, IngestError> {
    let mut article = Article { text: decoded.text, notes: decoded.notes, ..Article::default() };
    article.paragraphs = paragraphs(&article.text);
    describe(&mut article);
    Ok(article)
}

/// Kinds, title, byline, dateline and date, from the paragraphs as they stand.
pub fn describe(article: &mut Article) {
    classify(&article.text, &mut article.paragraphs);
    for i in 0..article.paragraphs.len() {
        let Paragraph { span, kind } = article.paragraphs[i];
        let words = span.of(&article.text);
        match kind {
            ParagraphKind::Title if article.title.is_none() && i < 3 => article.title = Some(words.to_owned()),
            ParagraphKind::Byline if article.byline.is_none() => article.byline = Some(words.to_owned()),
            _ => {}
        }
    }
    read_dateline(article);
    if article.published.is_none() {
        // A line that is a date and little else, near the top: "Published 5 September 2023".
        let found = article
            .paragraphs
            .iter()
            .take(5)
            .map(|p| p.span.of(&article.text))
            .filter(|w| w.len() < 60)
            .find_map(dates::parse);
        if let Some(date) = found {
            article.published = Some(date);
            article.published_from = Some(PublishedFrom::Text);
        }
    }
}

/// Paragraphs: between blank lines; where a text has none, every line is one.
fn paragraphs(text: &str) -> Vec<Paragraph> {
    let blank = text.contains("\n\n") || text.lines().any(|l| l.trim().is_empty() && !l.is_empty());
    let mut out: Vec<Paragraph> = Vec::new();
    let mut open = false;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim();
        let start = at + (line.len() - line.trim_start().len());
        at += line.len();
        if trimmed.is_empty() {
            open = false;
            continue;
        }
        let span = Span::new(start, start + trimmed.len());
        // Wrapped lines make one paragraph: only where blank lines separate, and the line before was a full one.
        let wrapped = blank && out.last().is_some_and(|p| wraps(p.span.of(text)));
        if open && wrapped {
            if let Some(last) = out.last_mut() {
                last.span.end = span.end;
            }
        } else if trimmed.len() > LONG_LINE {
            out.extend(cut(text, span));
        } else {
            out.push(Paragraph { span, kind: ParagraphKind::Body });
        }
        open = true;
    }
    out
}

/// Whether the text's last line runs on into the next: it is long and does not end a sentence.
fn wraps(text: &str) -> bool {
    let last = text.lines().last().unwrap_or_default();
    last.chars().count() > 45
}

fn cut(text: &str, span: Span) -> Vec<Paragraph> {
    let mut out = Vec::new();
    let mut start = span.start;
    while start < span.end {
        let mut end = (start + LONG_LINE).min(span.end);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        if end < span.end {
            let window = &text[start..end];
            end = start + window.rfind(". ").or_else(|| window.rfind(' ')).map_or(window.len(), |i| i + 1);
        }
        let piece = &text[start..end];
        let lead = piece.len() - piece.trim_start().len();
        if !piece.trim().is_empty() {
            out.push(Paragraph {
                span: Span::new(start + lead, start + lead + piece.trim().len()),
                kind: ParagraphKind::Body,
            });
        }
        start = end;
    }
    out
}

fn classify(text: &str, paragraphs: &mut [Paragraph]) {
    let count = paragraphs.len();
    for i in 0..count {
        let words = paragraphs[i].span.of(text);
        let next = paragraphs.get(i + 1).map(|p| p.span.of(text));
        paragraphs[i].kind = if is_furniture(words) {
            ParagraphKind::Boilerplate
        } else if is_caption(words) {
            ParagraphKind::Caption
        } else if is_byline(words) && i < 6 || words.len() < 60 && dates::parse(words).is_some() && !stopped(words) {
            ParagraphKind::Byline
        } else if count > 1 && is_title(words) && (i == 0 || next.is_some_and(|n| n.len() > words.len())) {
            ParagraphKind::Title
        } else if count > 1 && words.chars().count() < SHORT && !stopped(words) && names_in_a_row(words) {
            // A line without a full stop between paragraphs that is no heading stands under a picture.
            ParagraphKind::Caption
        } else {
            ParagraphKind::Body
        };
    }
    // Behind the report, short unstopped lines are links.
    let last = paragraphs.iter().rposition(|p| p.kind == ParagraphKind::Body && stopped(p.span.of(text)));
    if let Some(last) = last {
        for paragraph in &mut paragraphs[last + 1..] {
            let words = paragraph.span.of(text);
            if !stopped(words) && words.chars().count() < SHORT && paragraph.kind != ParagraphKind::Caption {
                paragraph.kind = ParagraphKind::Boilerplate;
            }
        }
    }
}

fn is_furniture(words: &str) -> bool {
    let lower = words.to_lowercase();
    // A long paragraph is a report even where it speaks of newsletters.
    let short = words.chars().count() < 300;
    table(include_str!("../data/furniture.tsv"), furniture_cell()).iter().any(|(how, phrase)| match *how {
        "start" => short && lower.starts_with(phrase) && (words.chars().count() < SHORT || !stopped(words)),
        "whole" => lower == *phrase,
        _ => short && lower.contains(phrase),
    })
}

fn is_caption(words: &str) -> bool {
    let lower = words.to_lowercase();
    words.chars().count() < 400
        && table(include_str!("../data/captions.tsv"), caption_cell()).iter().any(|(_, phrase)| lower.contains(phrase))
}

fn furniture_cell() -> &'static OnceLock<Vec<(&'static str, &'static str)>> {
    static CELL: OnceLock<Vec<(&'static str, &'static str)>> = OnceLock::new();
    &CELL
}

fn caption_cell() -> &'static OnceLock<Vec<(&'static str, &'static str)>> {
    static CELL: OnceLock<Vec<(&'static str, &'static str)>> = OnceLock::new();
    &CELL
}

fn table(
    text: &'static str,
    cell: &'static OnceLock<Vec<(&'static str, &'static str)>>,
) -> &'static [(&'static str, &'static str)] {
    cell.get_or_init(|| text.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('\t')).collect())
}

fn is_byline(words: &str) -> bool {
    let lower = words.to_lowercase();
    words.chars().count() < SHORT
        && (lower.starts_with("by ") || lower.starts_with("from ") && lower.contains(" in "))
        && !stopped(words)
}

fn is_title(words: &str) -> bool {
    let length = words.chars().count();
    (4..=200).contains(&length)
        && !stopped(words)
        && !words.ends_with([',', ':', ';'])
        && words.split_whitespace().count() >= 3
        && !words.starts_with(['“', '"', '‘', '-', '•', '*'])
}

/// Whether it ends as a sentence does.
fn stopped(words: &str) -> bool {
    words.trim_end_matches(['”', '"', '’', '\'', ')', ']', '»']).ends_with(['.', '!', '?', '…'])
}

/// Mostly capitalised words: names under a picture.
fn names_in_a_row(words: &str) -> bool {
    let all: Vec<&str> = words.split_whitespace().collect();
    let capital = all.iter().filter(|w| w.chars().next().is_some_and(char::is_uppercase)).count();
    all.len() >= 5 && capital * 2 >= all.len()
}

/// "SEOUL, Sept 5 (Wire) — The …": place, date and agency in front of the first paragraph.
fn read_dateline(article: &mut Article) {
    let text = &article.text;
    for index in 0..article.paragraphs.len().min(6) {
        let paragraph = article.paragraphs[index];
        if paragraph.kind != ParagraphKind::Body && paragraph.kind != ParagraphKind::Title {
            continue;
        }
        let words = paragraph.span.of(text);
        let Some((end, after)) = dash(words) else { continue };
        let head = &words[..end];
        let Some(place) = place_of(head) else { continue };
        let agency = agency_of(head);
        let dated = date_of(head, article.published.as_deref());
        if agency.is_none() && dated.is_none() && !head.trim().chars().all(|c| !c.is_lowercase()) {
            continue;
        }
        let start = paragraph.span.start;
        article.dateline = Some(head.trim().to_owned());
        article.dateline_place = Some(Span::new(start + place.0, start + place.1));
        if let Some(name) = agency.filter(|_| article.publisher.is_none()) {
            article.publisher = Some(name);
        }
        if let Some(date) = dated.filter(|_| article.published.is_none()) {
            article.published = Some(date);
            article.published_from = Some(PublishedFrom::Dateline);
        }
        // The dateline becomes a paragraph of its own, so that the report begins with its first sentence.
        let head_span = Span::new(start, start + head.trim_end().len());
        let body =
            Span::new(start + after + (words[after..].len() - words[after..].trim_start().len()), paragraph.span.end);
        if body.start < body.end {
            article.paragraphs[index] = Paragraph { span: head_span, kind: ParagraphKind::Dateline };
            article.paragraphs.insert(index + 1, Paragraph { span: body, kind: ParagraphKind::Body });
        }
        return;
    }
}

/// Where the dash that ends a dateline begins, and where the text behind it starts.
fn dash(words: &str) -> Option<(usize, usize)> {
    let window: usize = words.char_indices().nth(90).map_or(words.len(), |(i, _)| i);
    [" — ", " – ", " -- ", " - ", "— ", ": "]
        .iter()
        .filter_map(|mark| words[..window].find(mark).map(|i| (i, i + mark.len(), *mark)))
        .filter(|(i, _, mark)| *mark != ": " || words[..*i].ends_with(')'))
        .min()
        .map(|(i, after, _)| (i, after))
}

/// The first words in capitals: "SEOUL", "UNITED NATIONS", "NEW DELHI".
fn place_of(head: &str) -> Option<(usize, usize)> {
    let end = head.find([',', '(']).unwrap_or(head.len());
    let name = head[..end].trim_end();
    let lead = name.len() - name.trim_start().len();
    let letters: Vec<char> = name.chars().filter(|c| c.is_alphabetic()).collect();
    let capitals = letters.iter().filter(|c| c.is_uppercase()).count();
    let in_capitals = letters.len() >= 3 && capitals * 10 >= letters.len() * 8;
    let bracketed =
        head.contains('(') && name.split_whitespace().all(|w| w.chars().next().is_some_and(char::is_uppercase));
    ((in_capitals || bracketed) && name.split_whitespace().count() <= 4).then_some((lead, name.len()))
}

fn agency_of(head: &str) -> Option<String> {
    let inner = head.rsplit_once('(').and_then(|(_, r)| r.split_once(')')).map(|(a, _)| a.trim());
    let known = |name: &str| include_str!("../data/agencies.txt").lines().any(|l| l == name);
    match inner {
        Some(name) if !name.is_empty() && name.len() < 40 => Some(name.to_owned()),
        _ => head.split([',', '(', ' ']).map(str::trim).find(|w| known(w)).map(str::to_owned),
    }
}

/// A month and day of the dateline; the year is printed, or that of the date already known.
fn date_of(head: &str, published: Option<&str>) -> Option<String> {
    if let Some(date) = dates::parse(head) {
        return Some(date);
    }
    let year = published.and_then(|p| p.get(..4))?;
    let words: Vec<&str> = head.split([' ', ',', '.']).filter(|w| !w.is_empty()).collect();
    words.windows(2).find_map(|w| dates::parse(&format!("{} {} {year}", w[0], w[1])))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::decode;

    fn article(text: &str) -> Article {
        decode(text.as_bytes()).and_then(read).expect("a text")
    }

    fn kinds(text: &str) -> Vec<ParagraphKind> {
        article(text).paragraphs.iter().map(|p| p.kind).collect()
    }

    #[test]
    fn furniture_titles_and_captions_are_told_from_the_report() {
        use ParagraphKind::{Body, Boilerplate, Byline, Caption, Title};
        let text = "Envoys meet over grain corridor\n\nBy Ana Petrov\n\nEnvoys met in Varna on Monday, officials said.\n\nSubscribe now for unlimited access to our coverage.\n\nThe port of Varna at dawn. Photograph: Ivo Hadjiev/Wire\n\nThey will meet again.\n\nLeave a Comment";
        assert_eq!(kinds(text), [Title, Byline, Body, Boilerplate, Caption, Body, Boilerplate]);
    }

    #[test]
    fn a_dateline_gives_place_date_and_publisher() {
        let read = article("LOMÉ, Sept 5, 2023 (Wire) — Police dispersed a rally on Monday.");
        assert_eq!(read.published.as_deref(), Some("2023-09-05"));
        assert_eq!(read.publisher.as_deref(), Some("Wire"));
        assert_eq!(read.dateline_place.map(|p| p.of(&read.text)), Some("LOMÉ"));
        assert_eq!(read.paragraphs[1].span.of(&read.text), "Police dispersed a rally on Monday.");
    }

    #[test]
    fn a_dash_in_a_sentence_is_no_dateline() {
        assert_eq!(article("The envoy — a former general — resigned.").dateline, None);
    }

    #[test]
    fn a_line_of_megabytes_is_cut_at_sentences() {
        let read = article(&"Rebels advanced again. ".repeat(5000));
        assert!(read.paragraphs.len() > 4 && read.paragraphs.iter().all(|p| p.span.end - p.span.start <= LONG_LINE));
    }
}
