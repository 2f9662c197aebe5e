//! A client of the public API, as anybody could write one.

use std::{future::Future, time::Duration};

use serde_json::{Value, json};

/// Somebody with a token, or nobody.
#[derive(Debug, Clone)]
pub(crate) struct Client {
    http: reqwest::Client,
    url: String,
    token: Option<String>,
}

impl Client {
    /// Nobody.
    pub(crate) fn anonymous(url: &str) -> Self {
        let http = reqwest::Client::builder().timeout(Duration::from_mins(3)).build().unwrap();
        Self { http, url: url.to_owned(), token: None }
    }

    /// Somebody.
    pub(crate) fn with_token(&self, token: &str) -> Self {
        Self { token: Some(token.to_owned()), ..self.clone() }
    }

    /// The same person at another address of the service.
    pub(crate) fn at(&self, url: &str) -> Self {
        Self { url: url.to_owned(), ..self.clone() }
    }

    /// The whole answer to a GraphQL request.
    pub(crate) async fn answer(&self, document: &str, variables: Value) -> Value {
        self.try_answer(document, variables).await.unwrap()
    }

    /// The same, or why there was none.
    pub(crate) async fn try_answer(&self, document: &str, variables: Value) -> reqwest::Result<Value> {
        let mut request = self.http.post(format!("{}/graphql", self.url));
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        let sent = request.json(&json!({ "query": document, "variables": variables })).send().await?;
        sent.json().await
    }

    /// The data of an answer that must hold no errors.
    pub(crate) async fn ask(&self, document: &str, variables: Value) -> Value {
        let answer = self.answer(document, variables).await;
        assert!(answer["errors"].is_null(), "{document}: {answer}");
        answer["data"].clone()
    }

    /// The payload of one mutation that must not be refused. `fields` are read of the payload.
    pub(crate) async fn act(&self, mutation: &str, input: Value, fields: &str) -> Value {
        let payload = self.attempt(mutation, input, fields).await;
        assert_eq!(payload["userErrors"], json!([]), "{mutation} was refused");
        payload
    }

    /// The payload of one mutation, refused or not.
    pub(crate) async fn attempt(&self, mutation: &str, input: Value, fields: &str) -> Value {
        let answer = self.try_act(mutation, input, fields).await;
        assert!(answer["errors"].is_null(), "{mutation}: {answer}");
        answer["data"][mutation].clone()
    }

    /// The whole answer to one mutation.
    pub(crate) async fn try_act(&self, mutation: &str, input: Value, fields: &str) -> Value {
        let mut kind = mutation.to_owned();
        kind[..1].make_ascii_uppercase();
        let document = format!(
            "mutation Act($input: {kind}Input!) {{ {mutation}(input: $input) {{ {fields} userErrors {{ field code message findings {{ rule clause severity }} gates {{ kind reason }} }} }} }}"
        );
        self.answer(&document, json!({ "input": input })).await
    }

    /// A plain GET: status, headers and body.
    pub(crate) async fn get(&self, path: &str) -> reqwest::Response {
        self.http.get(format!("{}{path}", self.url)).send().await.unwrap()
    }

    /// The client, for what is not GraphQL.
    pub(crate) fn http(&self) -> &reqwest::Client {
        &self.http
    }

    /// The token, for what is not HTTP.
    pub(crate) fn token(&self) -> &str {
        self.token.as_deref().unwrap()
    }

    /// The address of a path.
    pub(crate) fn address(&self, path: &str) -> String {
        format!("{}{path}", self.url)
    }
}

/// How long a test waits for what must come, on however slow a machine: it is there so that a run ends.
pub(crate) const PATIENCE: Duration = Duration::from_mins(5);

/// Asks until the answer is there; what is waited for is named in the failure.
pub(crate) async fn until<T, F: Future<Output = Option<T>>>(what: &str, mut look: impl FnMut() -> F) -> T {
    let wait = async {
        loop {
            if let Some(found) = look().await {
                return found;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(PATIENCE, wait).await.unwrap_or_else(|_| panic!("waited in vain for: {what}"))
}
