//! What a cue says, with its marks (slanted, bold, underlined, who speaks) and without. It does not know times.

/// In which format it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    WebVtt,
    SubRip,
}

/// The words of one cue.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Words {
    /// As WebVTT has them, line by line.
    pub(super) marked: String,
    /// On one line, without marks; who speaks stands before what they say.
    pub(super) plain: String,
}

/// Marks that stay.
const KEPT: [&str; 3] = ["i", "b", "u"];
/// Marks of SubRip that are dropped; what else stands between angle brackets there is text.
const DROPPED: [&str; 5] = ["font", "s", "c", "em", "strong"];

impl Words {
    pub(super) fn read(text: &str, dialect: Dialect) -> Self {
        let mut words = Self::default();
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            rest = match c {
                '<' => words.mark(rest, dialect),
                '&' => words.entity(rest),
                '{' if dialect == Dialect::SubRip && rest.starts_with("{\\") => {
                    rest.split_once('}').map_or("", |(_, after)| after)
                }
                c => {
                    words.push(c);
                    rest.strip_prefix(c).unwrap_or_default()
                }
            };
        }
        let lines: Vec<&str> = words.marked.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        let plain: Vec<&str> = words.plain.split_whitespace().collect();
        Self { marked: lines.join("\n"), plain: plain.join(" ") }
    }

    /// One character of the text.
    fn push(&mut self, c: char) {
        self.plain.push(c);
        match c {
            '&' => self.marked.push_str("&amp;"),
            '<' => self.marked.push_str("&lt;"),
            '>' => self.marked.push_str("&gt;"),
            c => self.marked.push(c),
        }
    }

    /// A mark, or an angle bracket that is none; what stands behind it.
    fn mark<'t>(&mut self, text: &'t str, dialect: Dialect) -> &'t str {
        let inner = text.strip_prefix('<').unwrap_or_default();
        let Some((inner, after)) = inner.split_once('>').filter(|(inner, _)| is_mark(inner, dialect)) else {
            self.push('<');
            return text.strip_prefix('<').unwrap_or_default();
        };
        let (name, annotation) = inner.split_once(char::is_whitespace).unwrap_or((inner, ""));
        let name = name.split('.').next().unwrap_or_default();
        let bare = name.strip_prefix('/').unwrap_or(name).to_ascii_lowercase();
        if name == "v" {
            let speaker = Self::read(annotation.trim(), Dialect::WebVtt);
            if !speaker.plain.is_empty() {
                self.marked.push_str(&format!("<v {}>", speaker.marked.replace('\n', " ")));
                self.plain.push_str(&format!(" {}: ", speaker.plain));
            }
        } else if KEPT.contains(&bare.as_str()) {
            self.marked.push_str(&format!("<{}{bare}>", if name.starts_with('/') { "/" } else { "" }));
        }
        after
    }

    /// A character by its name, or an ampersand that is none; what stands behind it.
    fn entity<'t>(&mut self, text: &'t str) -> &'t str {
        let rest = text.strip_prefix('&').unwrap_or_default();
        let named = rest.split_once(';').and_then(|(name, after)| {
            let c = match name {
                "amp" => '&',
                "lt" => '<',
                "gt" => '>',
                "quot" => '"',
                "nbsp" => '\u{a0}',
                "lrm" => '\u{200e}',
                "rlm" => '\u{200f}',
                name => numbered(name)?,
            };
            Some((c, after))
        });
        let (c, after) = named.unwrap_or(('&', rest));
        self.push(c);
        after
    }
}

/// `#39` and `#x27`.
fn numbered(name: &str) -> Option<char> {
    let digits = name.strip_prefix('#')?;
    let code = match digits.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16).ok()?,
        None => digits.parse().ok()?,
    };
    char::from_u32(code).filter(|c| !c.is_control())
}

/// Whether what stands between angle brackets is a mark. A player shows no mark that it does not know, and nor do we; in
/// SubRip whatever is no known mark is shown.
fn is_mark(inner: &str, dialect: Dialect) -> bool {
    if dialect == Dialect::WebVtt {
        return !inner.starts_with(char::is_whitespace);
    }
    let name = inner.strip_prefix('/').unwrap_or(inner);
    let name = name.split([' ', '.']).next().unwrap_or_default().to_ascii_lowercase();
    KEPT.contains(&name.as_str()) || DROPPED.contains(&name.as_str())
}
