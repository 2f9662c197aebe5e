//! What a piece of HTML says to its reader: its words, its addresses, and what it shows. Pure; it knows no page and no
//! platform, and is no guard against anything: what it gives is compared and kept, never shown as HTML.

/// What a reader is told, piece by piece.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Said {
    /// Words, with no markup left in them.
    Words(String),
    /// Where a link leads.
    Link(String),
    /// What is loaded into the page: a picture, a film, a frame, a script.
    Shown {
        /// From where.
        source: String,
        /// What a person who does not see it is told.
        alt: String,
    },
}

/// The words of a piece of HTML.
pub(crate) fn plain(html: &str) -> String {
    let mut text = String::new();
    for token in tokens(html) {
        match token {
            Token::Text(words) => text.push_str(&unescape(words)),
            Token::Tag(tag) => match name(tag).as_str() {
                "br" => text.push('\n'),
                "/p" => text.push_str("\n\n"),
                _ => {}
            },
        }
    }
    text.trim().to_owned()
}

/// The words, links and shown things of a piece of HTML in order. Markup that says nothing is left out.
pub(crate) fn said(html: &str) -> Vec<Said> {
    let mut said = Vec::new();
    let mut words = String::new();
    for token in tokens(html) {
        match token {
            Token::Text(text) => words.push_str(&unescape(text)),
            Token::Tag(tag) => {
                if !is_within_words(tag) {
                    words.push(' ');
                }
                if let Some(piece) = of_tag(tag) {
                    flush(&mut words, &mut said);
                    said.push(piece);
                }
            }
        }
    }
    flush(&mut words, &mut said);
    said
}

/// Whether a tag may stand within a word, and so parts none.
fn is_within_words(tag: &str) -> bool {
    const WITHIN: [&str; 12] =
        ["a", "abbr", "b", "code", "em", "i", "mark", "small", "span", "strong", "sub", "sup"];
    WITHIN.contains(&name(tag).trim_start_matches('/'))
}

fn flush(words: &mut String, said: &mut Vec<Said>) {
    let joined = words.split_whitespace().collect::<Vec<_>>().join(" ");
    words.clear();
    if !joined.is_empty() {
        said.push(Said::Words(joined));
    }
}

fn of_tag(tag: &str) -> Option<Said> {
    if name(tag).starts_with('!') {
        return None;
    }
    if let Some(source) = attribute(tag, "src").or_else(|| attribute(tag, "data")) {
        let alt = attribute(tag, "alt").or_else(|| attribute(tag, "aria-label")).unwrap_or_default();
        return Some(Said::Shown { source, alt });
    }
    attribute(tag, "href").map(Said::Link)
}

enum Token<'html> {
    Text(&'html str),
    Tag(&'html str),
}

/// Text and tags in turn; a bracket that opens no tag ends the text.
fn tokens(html: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let mut rest = html;
    while let Some((before, from)) = rest.split_once('<') {
        found.push(Token::Text(before));
        let closing = if from.starts_with("!--") { "-->" } else { ">" };
        let Some((tag, after)) = from.split_once(closing) else { return found };
        found.push(Token::Tag(tag));
        rest = after;
    }
    found.push(Token::Text(rest));
    found
}

fn name(tag: &str) -> String {
    tag.trim_end_matches('/').split_whitespace().next().unwrap_or_default().to_ascii_lowercase()
}

fn attribute(tag: &str, wanted: &str) -> Option<String> {
    let mut rest = tag;
    loop {
        let (before, after) = rest.split_once('=')?;
        let name = before.split_whitespace().next_back().unwrap_or_default();
        let after = after.trim_start();
        let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''));
        let (value, further) = match quote {
            Some(quote) => after.strip_prefix(quote)?.split_once(quote)?,
            None => after.split_once(char::is_whitespace).unwrap_or((after, "")),
        };
        if name.eq_ignore_ascii_case(wanted) {
            return Some(unescape(value));
        }
        rest = further;
    }
}

/// The text with its entities read once, so that what was escaped twice stays escaped once.
pub(crate) fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, from)) = rest.split_once('&') {
        plain.push_str(before);
        let read = from.split_once(';').and_then(|(entity, after)| Some((entity_char(entity)?, after)));
        rest = if let Some((c, after)) = read {
            plain.push(c);
            after
        } else {
            plain.push('&');
            from
        };
    }
    plain.push_str(rest);
    plain
}

fn entity_char(entity: &str) -> Option<char> {
    if let Some(number) = entity.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => number.parse(),
        };
        return char::from_u32(code.ok()?);
    }
    Some(match entity {
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        "amp" => '&',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_gives_back_the_words() {
        let rows = [
            ("<p>One &amp; two<br />three</p><p>Four</p>", "One & two\nthree\n\nFour"),
            (
                "See <a href=\"https://e.org/a\"><span class=\"invisible\">https://</span>e.org/a</a>",
                "See https://e.org/a",
            ),
            ("&#039;a&#39; &#x27;b&#X27; &apos;&quot;&nbsp;&lt;&gt;", "'a' 'b' '\" <>"),
            ("&amp;lt; stays, so does AT&T; and &#xFFFFFF;", "&lt; stays, so does AT&T; and &#xFFFFFF;"),
            ("cut <b", "cut"),
        ];
        for (html, words) in rows {
            assert_eq!(plain(html), words, "{html}");
        }
    }

    #[test]
    fn what_a_reader_is_told_is_found_in_any_markup() {
        let plainly = "<p>Come &amp; see <a href=\"https://e.org/?a=1&amp;b=2\">us</a></p>";
        let in_blocks = "<!-- wp:paragraph -->\n<div><P>Come &#38;  see <a class='x' HREF='https://e.org/?a=1&b=2'>us</a></P></div>";
        assert_eq!(said(plainly), said(in_blocks));
        assert_eq!(
            said(plainly),
            [
                Said::Words("Come & see".to_owned()),
                Said::Link("https://e.org/?a=1&b=2".to_owned()),
                Said::Words("us".to_owned()),
            ]
        );
        assert_eq!(
            said("<strong>Ope</strong>n, <em>now</em>.<br>Come"),
            [Said::Words("Open, now. Come".to_owned())]
        );
        let other_aim = plainly.replace("e.org", "f.org");
        assert_ne!(said(plainly), said(&other_aim));
    }

    #[test]
    fn everything_that_is_loaded_is_shown() {
        let shown = |source: &str, alt: &str| Said::Shown { source: source.to_owned(), alt: alt.to_owned() };
        let html = "<img src=\"/a.png\" alt=\"A &quot;door&quot;\" /><video controls src=/b.mp4 aria-label='Talk'></video>\
                    <script src='https://e.org/x.js'></script><object data=\"/c.pdf\"></object>";
        assert_eq!(
            said(html),
            [
                shown("/a.png", "A \"door\""),
                shown("/b.mp4", "Talk"),
                shown("https://e.org/x.js", ""),
                shown("/c.pdf", "")
            ]
        );
    }
}
