//! Marks and addresses: what the characters at the ends of a run are.

use super::lists;

/// Whether the characters are a web, mail or file address.
pub fn is_address(s: &str) -> bool {
    if let Some((user, host)) = s.split_once('@') {
        return !user.is_empty() && host.contains('.');
    }
    let Some(slash) = s.find('/') else { return has_domain(s) };
    has_domain(&s[..slash])
}

fn has_domain(s: &str) -> bool {
    s.rsplit_once('.').is_some_and(|(name, domain)| !name.is_empty() && lists::is_domain(domain))
}

/// Where the address begins that stands in angle brackets right behind its owner's name: `"Ann"<ann@example.org>`.
pub fn mail_start(s: &str) -> Option<usize> {
    let bracket = s[..s.find('@')?].rfind('<')?;
    (bracket > 0).then_some(bracket + 1)
}

/// Bytes of the address at the front: what closes a sentence or bracket behind it is not part of it.
pub fn address_len(s: &str) -> usize {
    let end = s.find(['<', '>', '"', '”', '|']).unwrap_or(s.len());
    let tail = ['.', ',', ';', ']', '\'', '’', '?', '!', ':', '*'];
    let mut address = s[..end].trim_end_matches(tail);
    let opened = address.contains('(');
    while !opened && address.ends_with(')') {
        address = address[..address.len() - 1].trim_end_matches(tail);
    }
    address.len()
}

/// A line drawn with one mark: "***", "-----".
pub fn is_rule(s: &str) -> bool {
    let mut chars = s.chars();
    let first = chars.next();
    s.len() > 1 && first.is_some_and(|c| !c.is_alphanumeric()) && chars.all(|c| Some(c) == first)
}

/// "US$4" begins with "US$", "$4" with "$".
pub fn currency_len(s: &str) -> usize {
    let letters = s.bytes().take_while(u8::is_ascii_uppercase).count();
    match s[letters..].chars().next() {
        Some(c @ ('$' | '£')) if matches!(letters, 1..=3) => letters + c.len_utf8(),
        _ => 0,
    }
}

/// "soldiers'": a plural that an apostrophe may have made a possessive.
pub fn is_plural(core: &str) -> bool {
    let word = core.trim_end_matches(['\'', '’']);
    word.ends_with(['s', 'S', 'z', 'x']) && word.len() > 1
}

/// The letters that follow, with the point of an abbreviation left away.
pub fn first_word(s: &str) -> &str {
    let s = s.trim_start_matches(|c: char| !c.is_alphanumeric() && !c.is_whitespace());
    let end = s.find(|c: char| !c.is_alphanumeric()).unwrap_or(s.len());
    // "A. Smith" goes on with an initial, not with an article.
    if end == 1 && s[end..].starts_with('.') { "" } else { &s[..end] }
}

/// Bytes of a mark that may be doubled: "``", "<<", "((" is two.
pub fn mark_len(s: &str, c: char) -> usize {
    match c {
        '`' | '<' | '>' => run_len(s, |x| x == c).min(2 * c.len_utf8()),
        '!' | '?' => run_len(s, |x| matches!(x, '!' | '?')),
        '*' | '=' | '_' | '~' => run_len(s, |x| x == c),
        _ => c.len_utf8(),
    }
}

/// Whether an ellipsis is made of it.
pub fn is_dot(c: char) -> bool {
    matches!(c, '.' | '…')
}

/// Marks that are cut off both ends.
pub fn is_mark(c: char) -> bool {
    !c.is_alphanumeric()
        && !matches!(c, '\'' | '@' | '#' | '&' | '+' | '-' | '\\' | '^')
        && (c.is_ascii_punctuation() || is_general_mark(c))
}

fn is_general_mark(c: char) -> bool {
    "“”„‘’«»‹›–—―•·●▪■►。，、（）「」".contains(c)
}

/// Bytes of the characters at the front that are alike.
pub fn run_len(s: &str, same: impl Fn(char) -> bool) -> usize {
    s.find(|c| !same(c)).unwrap_or(s.len())
}

/// Bytes of the characters at the end that are alike.
pub fn run_len_back(s: &str, same: impl Fn(char) -> bool) -> usize {
    s.len() - s.trim_end_matches(same).len()
}
