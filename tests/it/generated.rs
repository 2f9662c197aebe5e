//! Guard: files that are printed from code are current. `UPDATE=1 cargo test --test it generated` writes them.

use std::{fs, path::Path};

use office::policy::OPERATIONS;

fn current(file: &str, expected: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    if std::env::vars_os().any(|(name, _)| name == "UPDATE") {
        fs::write(&path, expected).unwrap();
        return;
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == expected,
        "{file} is not current: run UPDATE=1 cargo test --test it generated, and read the difference"
    );
}

#[test]
fn the_schema_is_the_committed_one() {
    current("schema.graphql", &api::sdl());
}

#[test]
fn the_lifecycles_are_drawn_from_the_code() {
    current("docs/lifecycle.md", &office::lifecycle::lifecycle_markdown());
}

#[test]
fn the_table_of_authority_is_printed_from_the_policy() {
    current("docs/authority.md", &office::policy::authority_markdown());
}

#[test]
fn the_rule_manual_is_printed_from_the_rules() {
    current("docs/rules.md", &guidelines::manual_markdown());
}

fn roots(sdl: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut inside = false;
    let mut described = false;
    for line in sdl.lines() {
        if ["type Query {", "type Mutation {", "type Subscription {"].contains(&line) {
            inside = true;
        } else if line == "}" {
            inside = false;
        } else if inside {
            let quotes = line.matches("\"\"\"").count();
            let was = described;
            described ^= quotes % 2 == 1;
            let name: String = line.trim_start().chars().take_while(char::is_ascii_alphanumeric).collect();
            let field = line.starts_with("  ") && !line.starts_with("   ") && !was && quotes == 0;
            if field && !name.is_empty() {
                found.push(name);
            }
        }
    }
    found
}

#[test]
fn every_operation_of_the_schema_is_in_the_table_and_the_other_way_round() {
    let roots = roots(&api::sdl());
    assert!(roots.len() > 50, "the guard does not see the schema: {roots:?}");
    for root in &roots {
        assert!(
            OPERATIONS.iter().any(|operation| operation.name == root),
            "{root} is missing in office::policy::operations"
        );
    }
    for operation in OPERATIONS {
        assert!(
            roots.iter().any(|root| root == operation.name),
            "{} is allowed to somebody but does not exist",
            operation.name
        );
    }
}
