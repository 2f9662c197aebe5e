//! The manual of all rules as one Markdown page. It does not know any rule: each brings its own.

use crate::{Example, Rule, Waiver, rules};

/// Renders the manual.
pub fn manual_markdown() -> String {
    let mut page =
        "# Guideline rules\n\nGenerated from the rules themselves; every example here is run as a test.\n"
            .to_owned();
    page.push_str("\n| rule | version | clause | severity |\n|---|---|---|---|\n");
    for rule in rules() {
        let manual = rule.manual();
        let row =
            [rule.id(), &rule.version().to_string(), manual.clause, manual.severity.as_str()].join(" | ");
        page.push_str(&["| ", &row, " |\n"].concat());
    }
    for rule in rules() {
        page.push_str(&rule_manual(*rule));
    }
    page
}

/// Renders the manual of one rule.
pub fn rule_manual(rule: &dyn Rule) -> String {
    let manual = rule.manual();
    let mut section =
        ["\n## ", rule.id(), "\n\n**What it does.** ", manual.what, "\n\n**Why** (clause "].concat();
    section.push_str(&[manual.clause, "). ", manual.why, "\n\n**Examples that fire**\n\n"].concat());
    section.push_str(&list(manual.fires));
    section.push_str("\n**Examples that do not**\n\n");
    section.push_str(&list(manual.quiet));
    section.push_str(&["\n**What to do instead.** ", manual.instead, "\n"].concat());
    if let Some(kind) = manual.asks {
        section.push_str(&["\n**It asks** (`", kind.as_str(), "`): ", kind.question(), "\n"].concat());
    }
    if manual.waiver == Waiver::Never {
        section.push_str("\n**Exceptions.** None: nobody can waive what it finds.\n");
    }
    section
}

fn list(examples: &[Example]) -> String {
    examples
        .iter()
        .flat_map(|example| ["- `".to_owned(), example.describe().replace('`', "'"), "`\n".to_owned()])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_is_in_the_manual() {
        let page = manual_markdown();
        for rule in rules() {
            assert!(page.contains(&format!("\n## {}\n", rule.id())));
        }
    }
}
