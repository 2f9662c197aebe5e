//! Of whom a loose word is said. It does not know grammar: only what stands before "is" and "are".

/// Words between the verb and the insult.
const FILLER: &[&str] = &[
    "so",
    "such",
    "all",
    "just",
    "really",
    "totally",
    "completely",
    "absolutely",
    "truly",
    "simply",
    "a",
    "an",
    "bunch",
    "of",
    "very",
    "too",
    "that",
    "utterly",
    "plain",
    "both",
    "always",
    "still",
    "incredibly",
    "clearly",
    "beyond",
    "downright",
    "tous",
    "toutes",
    "des",
    "de",
    "d'",
    "un",
    "une",
    "vraiment",
    "tellement",
    "complètement",
    "totalement",
    "si",
    "trop",
    "bien",
    "juste",
    "toujours",
    "carrément",
    "les",
    "la",
    "le",
    "as",
];

/// What stands before "is", "are so", "sont tous des", if a sentence ends so.
pub(super) fn subject(left: &str) -> Option<&str> {
    let mut rest = left.trim_end();
    for _ in 0..6 {
        let word = rest.rsplit([' ', '\'']).next().unwrap_or_default();
        let shorter = rest.get(..rest.len().saturating_sub(word.len()))?;
        if matches!(
            word,
            "is" | "are"
                | "was"
                | "were"
                | "re"
                | "s"
                | "being"
                | "est"
                | "sont"
                | "êtes"
                | "es"
                | "était"
                | "étaient"
        ) {
            return Some(shorter.trim_end_matches([' ', '\'']));
        }
        // "you pathetic people", "ces stupides": the word itself stands right before.
        if matches!(word, "you" | "vous" | "bande") {
            return Some(rest);
        }
        if !FILLER.contains(&word) {
            return None;
        }
        rest = shorter.trim_end_matches([' ', '\'']);
    }
    None
}
