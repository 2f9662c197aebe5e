//! What a finding may show of a secret: enough to find it in the text, too little to learn it.
//! It does not know where the secret was.

/// The bullet that stands for what is not shown.
const BULLET: char = '•';

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
        assert_eq!(opening("From: Ann\nTo: Ben\nSubject: the plan", 3), "From: Ann…");
    }
}
