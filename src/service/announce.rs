//! What a service says of itself when it has started: its addresses and, before there is a member, how to begin.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use secrecy::{ExposeSecret as _, SecretString};
use serde::Serialize;
use serde_json::json;

use super::Service;
use crate::{
    config::Settings,
    output::{self, Form},
};

/// Where things are.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Addresses {
    /// What is listened on, reached from this machine.
    #[serde(skip)]
    pub(crate) bound: SocketAddr,
    /// Front page.
    pub(crate) url: String,
    pub(crate) graphql: String,
    /// GraphQL over a socket.
    pub(crate) subscriptions: String,
    pub(crate) graphiql: String,
    pub(crate) directory: String,
    pub(crate) health: String,
    pub(crate) metrics: String,
}

impl Addresses {
    /// From the public address, or else from the one that is listened on.
    pub(crate) fn new(public_url: &str, bound: SocketAddr) -> Self {
        let bound = reachable(bound);
        let url = match public_url.trim_end_matches('/') {
            "" => format!("http://{bound}"),
            given => given.to_owned(),
        };
        let socket = url.replacen("http", "ws", 1);
        Self {
            bound,
            graphql: format!("{url}/graphql"),
            subscriptions: format!("{socket}/graphql/ws"),
            graphiql: format!("{url}/graphiql"),
            directory: format!("{url}/directory.json"),
            health: format!("{url}/health/ready"),
            metrics: format!("{url}/metrics"),
            url,
        }
    }

    /// The link that founds the first office. The token is in the fragment, which no browser sends, so no log has it.
    fn set_up(&self, token: &SecretString) -> String {
        format!("{}/set-up#{}", self.url, token.expose_secret())
    }
}

/// Whoever listens on every address is reached on this machine's own.
fn reachable(bound: SocketAddr) -> SocketAddr {
    let ip = match bound.ip() {
        ip if !ip.is_unspecified() => ip,
        IpAddr::V4(_) => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(_) => IpAddr::V6(Ipv6Addr::LOCALHOST),
    };
    SocketAddr::new(ip, bound.port())
}

/// Says where things are. As JSON it is the first line on standard output.
pub(super) async fn announce(service: &Service, settings: &Settings, form: Form) -> anyhow::Result<()> {
    let Some(at) = &service.addresses else {
        if form == Form::Json {
            output::json(&json!({ "worker": true }))?;
        }
        return Ok(());
    };
    let token = office::setup::create_link(&service.office).await?;
    if form == Form::Json {
        let mut facts = serde_json::to_value(at)?;
        if let (Some(facts), Some(token)) = (facts.as_object_mut(), &token) {
            facts.insert("setUp".to_owned(), json!(at.set_up(token)));
            facts.insert("setUpToken".to_owned(), json!(token.expose_secret()));
        }
        return output::json(&facts);
    }
    output::line(&format!(
        "Masthead {} is at {}\n  GraphQL    {}  (sockets: {})\n  GraphiQL   {}\n  directory  {}\n  health     {}",
        env!("CARGO_PKG_VERSION"),
        at.url,
        at.graphql,
        at.subscriptions,
        at.graphiql,
        at.directory,
        at.health
    ));
    if let Some(token) = token {
        output::line(&first_steps(at, &token, settings.limits.setup_link_minutes));
    }
    output::line("Ctrl+C stops it.");
    Ok(())
}

/// How to found the first office: the one-time link, and a command that works as pasted.
fn first_steps(at: &Addresses, token: &SecretString, minutes: i64) -> String {
    let query = "mutation($i: SetUpOfficeInput!) { setUpOffice(input: $i) { office { name } userErrors { field message } } }";
    let input = json!({
        "token": token.expose_secret(),
        "office": { "name": "My office", "slug": "my-office", "timeZone": "UTC", "language": "en" },
        "administrator": { "name": "Me", "email": "me@example.org", "password": "choose a long password" },
    });
    let body = json!({ "query": query, "variables": { "i": input } });
    format!(
        "\nThere is no office yet. Found it within {minutes} minutes: open\n\n  {}\n\n\
         or change the values and paste\n\n  \
         curl {} -H 'content-type: application/json' -d '{body}'\n\n\
         or at any time: masthead office create --help\n",
        at.set_up(token),
        at.graphql
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_follow_the_public_one_or_the_bound_one() {
        let at = Addresses::new("https://social.example.org/", "0.0.0.0:8080".parse().unwrap());
        assert_eq!(at.subscriptions, "wss://social.example.org/graphql/ws");
        assert_eq!(at.set_up(&"mhs_x".into()), "https://social.example.org/set-up#mhs_x");
        let at = Addresses::new("", "[::]:8080".parse().unwrap());
        assert_eq!(at.graphql, "http://[::1]:8080/graphql");
    }
}
