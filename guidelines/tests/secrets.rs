//! What is found is never told again: no finding repeats a labelled secret, whatever rule speaks of it.

#[path = "../benches/score/set.rs"]
#[expect(dead_code, reason = "shared with the scorer, which uses all of it")]
mod set;
#[path = "../benches/score/tasks.rs"]
#[expect(dead_code, reason = "shared with the scorer, which uses all of it")]
mod tasks;

use std::path::Path;

use guidelines::{Finding, Submission, check};
use set::Kind;
use tasks::pii::Post;

const SECRET: [&str; 6] = ["SIN", "PHN", "CREDIT_CARD", "SECRET", "PERSONAL_PHONE", "PERSONAL_EMAIL"];

/// Everything in a finding that comes from the text, not from the handbook.
fn told(finding: &Finding) -> Vec<&str> {
    let mut told = vec![finding.message.as_str()];
    told.extend(finding.excerpt.as_deref());
    told.extend(finding.suggestion.as_deref());
    if let Some(evidence) = &finding.evidence {
        told.push(&evidence.pattern);
        told.extend(evidence.context.iter().map(String::as_str));
    }
    if let Some(fix) = &finding.fix {
        told.extend([fix.label.as_str(), fix.replacement.as_str()]);
    }
    told
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// Whether some words repeat a secret, as it is written or by its digits.
fn repeats(words: &str, secret: &str) -> bool {
    let numbers = digits(secret);
    words.to_lowercase().contains(&secret.to_lowercase())
        || (numbers.len() > 6 && digits(words).contains(&numbers))
}

#[test]
fn no_finding_repeats_a_secret() {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/sets/development"));
    let handbook = set::handbook(folder).unwrap();
    let files = set::files(folder).unwrap();
    let posts = files.iter().filter(|lines| lines.kind == Kind::Posts);
    let posts: Vec<Post> = posts.flat_map(|lines| lines.cases().unwrap()).collect();
    let mut secrets = 0;
    for post in &posts {
        let report = check(&Submission::of_text(&post.text), &handbook);
        for span in post.spans.iter().filter(|span| SECRET.contains(&span.label.as_str())) {
            secrets += 1;
            for finding in &report.findings {
                for words in told(finding) {
                    assert!(
                        !repeats(words, &span.text),
                        "{} repeats a {}: {words}",
                        finding.rule,
                        span.label
                    );
                }
            }
        }
    }
    assert!(secrets > 50, "the set has lost its secrets");
}

#[test]
fn a_repeated_secret_would_be_seen() {
    assert!(repeats("the number (604) 555 0184", "604-555-0184"));
    assert!(repeats("Write to SAM@gmail.com", "sam@gmail.com"));
    assert!(!repeats("a number that ends in 84", "604-555-0184"));
}
