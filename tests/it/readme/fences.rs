//! The fenced blocks of a page, and which of its commands no test runs. Knows Markdown's fences and nothing of what is in
//! them.

use std::{fs, path::Path};

/// Every page for users.
pub(super) const PAGES: &[&str] =
    &["README.md", "docs/wordpress.md", "docs/operations.md", "docs/directory.md", "docs/api.md"];

/// Commands that stand in a page and are not run, with the reason. Exactly these lines; nothing else is left out.
pub(super) const NOT_RUN: &[(&str, &str)] = &[
    ("make run", "the test has its own service running in its place"),
    ("make demo", "the test has its own demo running in its place"),
    ("make test", "it is what runs this test"),
    ("make soak", "it takes half an hour; its short form is part of make test"),
    ("export DATABASE_URL=postgres://masthead:secret@db.example.org/masthead", "the reader's own server"),
    ("masthead api --host 0.0.0.0 --public-url https://social.example.org", "serves until it is stopped"),
    ("masthead worker", "serves until it is stopped; the tests of the queue run several"),
];

/// A fenced block.
#[derive(Debug, Clone)]
pub(super) struct Block {
    /// Page and line, for failures.
    pub(super) place: String,
    /// The words behind the fence: language first.
    pub(super) words: Vec<String>,
    /// What is in it.
    pub(super) body: String,
}

impl Block {
    /// The language.
    pub(super) fn language(&self) -> &str {
        self.words.first().map_or("", String::as_str)
    }

    /// For whom or where it runs.
    pub(super) fn scene(&self) -> &str {
        self.words.get(1).map_or("", String::as_str)
    }

    /// The commands that are run.
    pub(super) fn commands(&self) -> String {
        let run = |line: &&str| !NOT_RUN.iter().any(|(command, _)| command == line);
        self.body.lines().filter(run).flat_map(|line| [line, "\n"]).collect()
    }
}

/// The text of a page.
pub(super) fn text(page: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(page)).unwrap()
}

/// The blocks of a page, in order.
pub(super) fn blocks(page: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<Block> = None;
    for (number, line) in text(page).lines().enumerate() {
        let fence = line.strip_prefix("```");
        match (&mut open, fence) {
            (Some(_), Some("")) => blocks.extend(open.take()),
            (Some(block), _) => block.body.extend([line, "\n"]),
            (None, Some(info)) => {
                let words = info.split_whitespace().map(str::to_owned).collect();
                open = Some(Block { place: format!("{page}:{}", number + 1), words, body: String::new() });
            }
            (None, None) => assert!(!line.contains("```"), "{page}:{}: an indented fence", number + 1),
        }
    }
    assert!(open.is_none(), "{page}: a fence is not closed");
    blocks
}
