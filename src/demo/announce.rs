//! What the demo says: addresses, tokens, and commands that work as pasted.

use serde::Serialize;
use serde_json::json;

use super::{front_door::Tokens, story::Story};
use crate::{
    output::{self, Form},
    service::Addresses,
};

/// The contract of `masthead demo --json`: scripts rely on these names.
#[derive(Serialize)]
struct Facts<'a> {
    url: &'a str,
    graphql: &'a str,
    subscriptions: &'a str,
    graphiql: &'a str,
    /// The news page as Atom; without `.atom` it is the page for people.
    feed: String,
    directory: &'a str,
    tokens: &'a Tokens,
}

pub(super) fn announce(at: &Addresses, story: &Story, tokens: &Tokens, form: Form) -> anyhow::Result<()> {
    if form == Form::Json {
        return output::json(&Facts {
            url: &at.url,
            graphql: &at.graphql,
            subscriptions: &at.subscriptions,
            graphiql: &at.graphiql,
            feed: format!("{}.atom", story.news_page),
            directory: &at.directory,
            tokens,
        });
    }
    output::line(&format!(
        "A made-up office, the Pacific eHealth Office, is at {}\n  GraphQL    {}\n  GraphiQL   {}\n  news page  {}\n  \
         directory  {}\n",
        at.url, at.graphql, at.graphiql, story.news_page, at.directory
    ));
    output::line("Tokens, good for 12 hours (send one as Authorization: Bearer …):");
    for (role, token) in [
        ("administrator", &tokens.administrator),
        ("coordinator", &tokens.coordinator),
        ("project manager", &tokens.project_manager),
        ("member", &tokens.member),
        ("another office", &tokens.other_office),
        ("integration", &tokens.integration),
    ] {
        output::line(&format!("  {role:<16}{token}"));
    }
    output::line("\nTry, as pasted:\n");
    for command in commands(at, story, tokens) {
        output::line(&format!("  {command}\n"));
    }
    output::line("Ctrl+C stops it and deletes everything.");
    Ok(())
}

fn commands(at: &Addresses, story: &Story, tokens: &Tokens) -> [String; 3] {
    let posts = "{ posts(first: 10) { nodes { state dueAt channel { handle } draft { title } \
                 hold { gates { kind reason opens } } } } }";
    let verify = "query($url: String!) { verify(url: $url) { answer officeName record { displayName } } }";
    let call = |body: &serde_json::Value, token: Option<&str>| {
        let token = token.map(|token| format!(" -H 'authorization: Bearer {token}'")).unwrap_or_default();
        format!("curl -s {} -H 'content-type: application/json'{token} -d '{body}'", at.graphql)
    };
    [
        call(&json!({ "query": posts }), Some(&tokens.coordinator)),
        call(&json!({ "query": verify, "variables": { "url": story.account } }), None),
        format!("curl -s {}", at.directory),
    ]
}
