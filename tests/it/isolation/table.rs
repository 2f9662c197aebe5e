//! The table of authority as it is printed: which roles may do what, and with which scope.

use std::collections::BTreeMap;

const PRINTED: &str = include_str!("../../../docs/authority.md");

/// The roles, in the order of the table's columns.
pub(super) const ROLES: [&str; 4] = ["MEMBER", "PROJECT_MANAGER", "COORDINATOR", "ADMINISTRATOR"];

/// Who is refused although their role is marked: the last column says in words on whom it depends. Nobody's policy names
/// them as reviewers, and what they ask for is another member's.
const ON_WHO_ASKS: [(&str, &[&str]); 2] =
    [("reviewDraft", &["MEMBER", "ADMINISTRATOR"]), ("tasks", &["MEMBER", "PROJECT_MANAGER"])];

/// One line of it.
struct Line {
    public: bool,
    roles: Vec<&'static str>,
    scope: Option<String>,
}

/// Who asks: somebody with these roles, or a machine with these scopes as the table writes them.
#[derive(Debug, Clone)]
pub(super) enum Holds {
    Roles(Vec<&'static str>),
    Scopes(Vec<&'static str>),
}

impl Holds {
    /// Whether it is somebody with one of these roles.
    pub(super) fn any_of(&self, roles: &[&str]) -> bool {
        matches!(self, Self::Roles(held) if held.iter().any(|role| roles.contains(role)))
    }
}

pub(super) struct Table(BTreeMap<String, Line>);

impl Table {
    pub(super) fn printed() -> Self {
        let lines = PRINTED.lines().filter(|line| line.starts_with("| `"));
        let table: BTreeMap<_, _> = lines.map(Self::line).collect();
        assert!(table.len() > 130, "little is printed: {}", table.len());
        Self(table)
    }

    fn line(line: &str) -> (String, Line) {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let [_, name, public, rest @ ..] = &cells[..] else { panic!("{line}") };
        let roles = ROLES.iter().zip(rest).filter(|(_, may)| **may == "yes").map(|(role, _)| *role);
        let scope = Some(rest[ROLES.len()]).filter(|scope| *scope != "–").map(str::to_owned);
        let line = Line { public: *public == "yes", roles: roles.collect(), scope };
        (name.trim_matches('`').to_owned(), line)
    }

    /// Whether who holds this may do it, as far as roles, scopes, and who they are decide.
    pub(super) fn may(&self, operation: &str, who: &Holds) -> bool {
        let line = self.0.get(operation).unwrap_or_else(|| panic!("{operation} is not in the table"));
        let depends = ON_WHO_ASKS.iter().find(|(name, _)| *name == operation).map(|(_, roles)| *roles);
        line.public
            || match who {
                Holds::Roles(roles) => {
                    let others = depends.unwrap_or_default();
                    roles.iter().any(|role| line.roles.contains(role) && !others.contains(role))
                }
                Holds::Scopes(scopes) => line.scope.as_deref().is_some_and(|scope| scopes.contains(&scope)),
            }
    }
}
