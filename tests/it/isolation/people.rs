//! People and machines of an office, each with one role or scope alone, made through the public API.

use serde_json::json;

use super::table::{Holds, ROLES};
use crate::support::{
    client::Client,
    story::{PASSWORD, sign_in},
};

/// The scopes, as the table writes them and as the API takes them.
const SCOPES: [(&str, &str); 4] = [
    ("directory:read", "DIRECTORY_READ"),
    ("office:read", "OFFICE_READ"),
    ("drafts:write", "DRAFTS_WRITE"),
    ("posts:write", "POSTS_WRITE"),
];

/// Somebody, and what they may hold.
pub(super) struct Person {
    pub(super) holds: Holds,
    pub(super) client: Client,
}

impl Person {
    pub(super) fn new(holds: Holds, client: Client) -> Self {
        Self { holds, client }
    }

    /// Whether they hold more than one role or scope.
    pub(super) fn holds_many(&self) -> bool {
        match &self.holds {
            Holds::Roles(held) | Holds::Scopes(held) => held.len() > 1,
        }
    }
}

/// One member of each role alone, and one integration of each scope alone. `domain` tells their addresses apart.
pub(super) async fn each(administrator: &Client, anonymous: &Client, domain: &str) -> Vec<Person> {
    let mut people = Vec::new();
    for role in ROLES {
        let email = format!("{}@{domain}", role.to_lowercase());
        let create =
            json!({ "email": email, "name": "One role alone", "roles": [role], "password": PASSWORD });
        administrator.act("createMember", create, "member { id }").await;
        let client = sign_in(anonymous, &email).await;
        let handbook = client.ask("{ handbook { id } }", json!({})).await["handbook"]["id"].clone();
        client.act("acknowledgeHandbook", json!({ "handbookId": handbook }), "acknowledgedAt").await;
        people.push(Person::new(Holds::Roles(vec![role]), client));
    }
    for (printed, scope) in SCOPES {
        people.push(machine(administrator, anonymous, &[(printed, scope)]).await);
    }
    people
}

/// An integration that has every scope.
pub(super) async fn whole_machine(administrator: &Client, anonymous: &Client) -> Person {
    machine(administrator, anonymous, &SCOPES).await
}

async fn machine(
    administrator: &Client,
    anonymous: &Client,
    scopes: &[(&'static str, &'static str)],
) -> Person {
    let asked: Vec<_> = scopes.iter().map(|(_, scope)| *scope).collect();
    let create = json!({ "name": asked.join(" and "), "scopes": asked });
    let made = administrator.act("createIntegration", create, "token").await;
    let printed = scopes.iter().map(|(printed, _)| *printed).collect();
    Person::new(Holds::Scopes(printed), anonymous.with_token(made["token"].as_str().unwrap()))
}
