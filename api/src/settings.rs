//! The numbers and names that shape the API, as `config/default.toml` sets them. Knows only them.

use serde::Deserialize;

/// Settings of the API. Each is described where it is set: `config/default.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ApiSettings {
    /// Address and port to listen on; port 0 takes a free one.
    pub listen: String,
    /// Threads that serve requests.
    pub workers: usize,
    /// How the outside reaches this service, without a slash at the end; empty: `http://` and the bound address.
    pub public_url: String,
    /// Origins of web pages that may call the API from a browser; the service's own is always one of them.
    pub allowed_origins: Vec<String>,
    /// Whether a proxy in front sets `X-Forwarded-For`, so that the peer's address is taken from there.
    pub behind_proxy: bool,
    /// Whether callers without a token may read the schema by introspection.
    pub anonymous_introspection: bool,
    /// Whether `/graphiql` is served.
    pub graphiql: bool,
    /// Seconds that open requests get to end when the service stops.
    pub shutdown_seconds: u64,
    /// Bytes of a request's body.
    pub body_bytes: usize,
    /// Nesting of a request's JSON.
    pub json_depth: usize,
    /// Seconds that one request may take.
    pub timeout_seconds: u64,
    /// Tokens of a GraphQL document.
    pub tokens: usize,
    /// Nesting of a document's fields.
    pub depth: u64,
    /// Aliases in a document.
    pub aliases: usize,
    /// Fields at the root of an operation.
    pub root_fields: u64,
    /// Directives in a document.
    pub directives: usize,
    /// Selections of an operation with its fragments spread out.
    pub selections: u64,
    /// Cost of one operation.
    pub cost: u64,
    /// Cost that one token may run up in a minute.
    pub cost_per_minute: u64,
    /// Cost that one address without a token may run up in a minute.
    pub anonymous_cost_per_minute: u64,
    /// Verdicts on documents that are remembered.
    pub documents: usize,
    /// Items of a page.
    pub page_size_max: u32,
    /// Items of a page of channels: integrations pull the whole list.
    pub channels_page_size_max: u32,
    /// Channels or changes of one document of the directory.
    pub directory_page_size_max: u32,
    /// Ids of one `nodes` query.
    pub nodes_max: usize,
    /// Seconds in which a socket must say who it is.
    pub ws_init_seconds: u64,
    /// Operations of one socket.
    pub ws_operations: usize,
    /// Bytes of one message.
    pub ws_message_bytes: usize,
    /// Seconds between pings; a socket silent for three of them is closed.
    pub ws_ping_seconds: u64,
    /// Open sockets of the process.
    pub ws_sockets: usize,
    /// Failed sign-ins for one address and e-mail before it must wait.
    pub sign_in_tries: u32,
    /// Seconds in which all of those tries are given back.
    pub sign_in_window_seconds: u32,
    /// Seconds since a worker last looked at the queue after which the service is not ready.
    pub worker_silent_seconds: i64,
    /// Seconds by which the oldest due post may be late before the service is not ready.
    pub due_late_seconds: i64,
    /// Entries of a public news page and of its Atom and JSON forms.
    pub feed_entries: u64,
}

impl Default for ApiSettings {
    fn default() -> Self {
        Self {
            listen: "127.0.0.1:8080".to_owned(),
            workers: 2,
            public_url: String::new(),
            allowed_origins: Vec::new(),
            behind_proxy: false,
            anonymous_introspection: false,
            graphiql: true,
            shutdown_seconds: 10,
            body_bytes: 262_144,
            json_depth: 64,
            timeout_seconds: 10,
            tokens: 4_000,
            depth: 16,
            aliases: 50,
            root_fields: 20,
            directives: 50,
            selections: 10_000,
            cost: 5_000,
            cost_per_minute: 100_000,
            anonymous_cost_per_minute: 20_000,
            documents: 1_000,
            page_size_max: 100,
            channels_page_size_max: 200,
            directory_page_size_max: 1_000,
            nodes_max: 100,
            ws_init_seconds: 10,
            ws_operations: 50,
            ws_message_bytes: 262_144,
            ws_ping_seconds: 25,
            ws_sockets: 2_000,
            sign_in_tries: 10,
            sign_in_window_seconds: 300,
            worker_silent_seconds: 60,
            due_late_seconds: 300,
            feed_entries: 50,
        }
    }
}
