//! Finds web addresses in plain text. It does not know what is done with them, nor whether they answer.

/// A stretch of text: an address, or what is between addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Piece<'text> {
    Plain(&'text str),
    Link(&'text str),
}

/// The text in order, cut at its addresses. Together the pieces are the text.
pub(crate) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(at) = next_start(rest) {
        let (before, from) = rest.split_at(at);
        let end =
            from.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"')).unwrap_or(from.len());
        let (candidate, _) = from.split_at(end);
        let (link, after) = from.split_at(without_trailing_marks(candidate).len());
        if !before.is_empty() {
            found.push(Piece::Plain(before));
        }
        found.push(Piece::Link(link));
        rest = after;
    }
    if !rest.is_empty() {
        found.push(Piece::Plain(rest));
    }
    found
}

fn next_start(text: &str) -> Option<usize> {
    ["https://", "http://"].iter().filter_map(|scheme| text.find(scheme)).min()
}

/// A sentence's own full stop or bracket is not the address's.
fn without_trailing_marks(link: &str) -> &str {
    let mut link = link;
    loop {
        let shorter = match link.chars().next_back() {
            Some('.' | ',' | ';' | ':' | '!' | '?' | '\'' | '…') => true,
            Some(')') => link.matches(')').count() > link.matches('(').count(),
            _ => false,
        };
        match (shorter, link.char_indices().next_back()) {
            (true, Some((at, _))) => link = link.split_at(at).0,
            _ => return link,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_end_where_the_sentence_goes_on() {
        let text = "See https://example.org/a_(b), or (http://example.net). Bye";
        assert_eq!(
            pieces(text),
            [
                Piece::Plain("See "),
                Piece::Link("https://example.org/a_(b)"),
                Piece::Plain(", or ("),
                Piece::Link("http://example.net"),
                Piece::Plain("). Bye"),
            ]
        );
        assert_eq!(pieces("none"), [Piece::Plain("none")]);
        assert!(pieces("").is_empty());
    }
}
