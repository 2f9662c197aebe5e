//! Compiling the patterns of rules, and the lists of words they are made of.
//! It does not know what any pattern is for.

use regex::{Regex, RegexBuilder};

/// A pattern that ignores case. The error is for whoever wrote it.
pub(crate) fn any_case(source: &str) -> Result<Regex, String> {
    RegexBuilder::new(&ascii_classes(source))
        .case_insensitive(true)
        .build()
        .map_err(|error| error.to_string())
}

/// Patterns run over the shadow, whose digits and blanks are plain: ASCII classes are enough, and far smaller.
fn ascii_classes(source: &str) -> String {
    source.replace(r"\d", "[0-9]").replace(r"\s", r"[ \t\n\r]")
}

/// A pattern that minds case.
pub(crate) fn exact_case(source: &str) -> Result<Regex, String> {
    Regex::new(&ascii_classes(source)).map_err(|error| error.to_string())
}

/// A pattern for any of the phrases as whole words, ignoring case. Spaces in a phrase match any run
/// of blanks or hyphens; an apostrophe may be missing.
pub(crate) fn phrases<S: AsRef<str>>(list: &[S]) -> Result<Regex, String> {
    let alternatives: Vec<String> = list
        .iter()
        .map(|phrase| phrase.as_ref().trim())
        .filter(|phrase| !phrase.is_empty())
        .map(|phrase| regex::escape(phrase).replace(' ', r"[\s\-]+").replace('\'', "'?"))
        .collect();
    if alternatives.is_empty() {
        return any_case(r"[^\p{Any}]");
    }
    any_case(&format!(r"\b(?:{})\b", alternatives.join("|")))
}

/// The same for phrases between commas, and more of them.
pub(crate) fn phrases_with(base: &str, more: &[String]) -> Result<Regex, String> {
    let list: Vec<&str> = base.split(',').chain(more.iter().map(String::as_str)).collect();
    phrases(&list)
}
