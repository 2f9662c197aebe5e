//! Posts with what is personal in them marked, and posts that only look like it.
#![expect(
    clippy::unwrap_used,
    clippy::as_conversions,
    clippy::string_slice,
    reason = "a test that cannot go on has failed"
)]

use guidelines::{Handbook, Submission, check, starter_handbook};

/// Each line is a post; `{sin:130 692 544}` marks what a rule must find, `\n` stands for a new line.
const POSTS: &str = include_str!("personal/posts.txt");
const RULES: [&str; 9] =
    ["sin", "phn", "card", "dob", "patient-id", "patient-name", "phone", "address", "email"];

/// The post without its marks, and the marks as rule and place.
fn unmarked(line: &str) -> (String, Vec<(String, usize, usize)>) {
    let (mut text, mut marks) = (String::new(), Vec::new());
    let mut rest = line;
    while let Some(open) = rest.find('{') {
        let close = open + rest[open..].find('}').unwrap();
        let (rule, words) = rest[open + 1..close].split_once(':').unwrap();
        text.push_str(&rest[..open]);
        marks.push((rule.to_owned(), text.len(), text.len() + words.len()));
        text.push_str(words);
        rest = &rest[close + 1..];
    }
    text.push_str(rest);
    (text, marks)
}

#[test]
fn what_is_personal_is_found_and_nothing_else() {
    let handbook = Handbook::from_document(&starter_handbook()).unwrap();
    let mut wrong = Vec::new();
    for line in POSTS.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (text, mut marks) = unmarked(&line.replace("\\n", "\n"));
        for finding in check(&Submission::of_text(&text), &handbook).findings {
            let Some(rule) = finding.rule.strip_prefix("CC1b.").filter(|rule| RULES.contains(rule)) else {
                continue;
            };
            let span = finding.span.unwrap();
            let (start, end) = (span.byte_start as usize, span.byte_end as usize);
            match marks.iter().position(|(name, from, to)| name == rule && *from < end && start < *to) {
                Some(at) => drop(marks.swap_remove(at)),
                None => wrong.push(format!("FALSE {rule} `{}` in: {text}", &text[start..end])),
            }
        }
        wrong.extend(
            marks.iter().map(|(rule, from, to)| format!("MISS {rule} `{}` in: {text}", &text[*from..*to])),
        );
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
