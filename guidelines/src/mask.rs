//! What a finding may show of a secret: enough to find it in the text, too little to learn it.
//! It does not know where the secret was.

/// The bullet that stands for what is not shown.
const BULLET: char = '•';

/// The schemes of addresses that staff write; the longer before the one that it ends with.
const SCHEMES: [&str; 6] = ["https", "http", "sftp", "ftp", "file", "smb"];

/// Keeps punctuation and the last two digits; a number written out in words keeps nothing.
pub(crate) fn phone(secret: &str) -> String {
    let digits = secret.chars().filter(char::is_ascii_digit).count();
    let mut seen = 0;
    secret
        .chars()
        .map(|c| {
            let shown = if c.is_ascii_digit() {
                seen += 1;
                digits > 4 && seen + 2 > digits
            } else {
                !c.is_alphanumeric()
            };
            if shown { c } else { BULLET }
        })
        .collect()
}

/// Keeps the first letter and the last label of the domain.
pub(crate) fn email(secret: &str) -> String {
    let first: String = secret.chars().take(1).filter(|c| c.is_alphabetic()).collect();
    let tail = secret.rsplit(['.', ' ']).next().filter(|tail| tail.len() < 5 && tail.len() < secret.len());
    format!("{first}•••@•••.{}", tail.unwrap_or("•"))
}

/// Keeps the shape: which characters are letters and which are digits is gone, spaces stay.
pub(crate) fn address(secret: &str) -> String {
    secret.chars().map(|c| if c.is_alphanumeric() { BULLET } else { c }).collect()
}

/// Keeps the scheme, and the host, the server or the drive: a login stands before it, and the folders, the file's name and
/// the key behind it may themselves be what must not be told, as a patient's number is that names a folder.
pub(crate) fn place(secret: &str) -> String {
    let (scheme, rest) = secret.split_once("://").map_or(("", secret), |(scheme, rest)| (scheme, rest));
    let rest = rest.rsplit_once('@').map_or(rest, |(_, rest)| rest);
    let root = rest.len() - rest.trim_start_matches(['/', '\\', '~']).len();
    let end = rest.char_indices().find(|(at, c)| *at >= root && matches!(c, '/' | '\\' | '?' | '#'));
    let host: String =
        rest.get(..end.map_or(rest.len(), |(at, _)| at)).unwrap_or_default().chars().take(40).collect();
    // What stands before the scheme without a blank is not part of it.
    let scheme = SCHEMES.iter().find(|known| scheme.to_ascii_lowercase().ends_with(*known));
    let scheme = scheme.map_or(String::new(), |known| format!("{known}://"));
    format!("{scheme}{}…", long_numbers_hidden(&host))
}

/// Digits that stand four or more together are a number of something; fewer are a port or part of a name.
fn long_numbers_hidden(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_numeric()) {
        let (before, from) = rest.split_at(start);
        let (digits, after) = from.split_at(from.find(|c: char| !c.is_numeric()).unwrap_or(from.len()));
        shown.push_str(before);
        let count = digits.chars().count();
        if count < 4 {
            shown.push_str(digits);
        } else {
            shown.extend(std::iter::repeat_n(BULLET, count));
        }
        rest = after;
    }
    shown.push_str(rest);
    shown
}

/// Keeps the first words of a longer quotation, at most `words` and never more than a third of it.
pub(crate) fn opening(secret: &str, words: usize) -> String {
    let budget = secret.chars().count() / 3;
    let mut shown = String::new();
    for word in secret.split_whitespace().take(words) {
        if shown.chars().count() + word.chars().count() > budget {
            break;
        }
        if !shown.is_empty() {
            shown.push(' ');
        }
        shown.push_str(word);
    }
    shown.push('…');
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn little_is_shown() {
        assert_eq!(phone("(604) 555-0184"), "(•••) •••-••84");
        assert_eq!(phone("six oh four"), "••• •• ••••");
        assert_eq!(email("sam.lee@mail.example"), "s•••@•••.•");
        assert_eq!(email("sam.lee@mail.ca"), "s•••@•••.ca");
        assert_eq!(address("12 Elm St"), "•• ••• ••");
        assert_eq!(
            place("https://ann:key@intranet.example.org/minutes?k=1"),
            "https://intranet.example.org…"
        );
        assert_eq!(place(r"\\fs02\hearts\Slides v3.pptx"), r"\\fs02…");
        assert_eq!(place(r"A:\RCH-567547"), "A:…");
        assert_eq!(place("/Users/ann/poster.pdf"), "/Users…");
        assert_eq!(place("http://chart-567547.local"), "http://chart-••••••.local…");
        assert_eq!(opening("From: Ann\nTo: Ben\nSubject: the plan", 3), "From: Ann…");
    }
}
