//! One WordPress site as one user: where its API is, and one authenticated call. It does not know posts.

use reqwest::{Method, RequestBuilder, header, multipart::Form};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use tokio::sync::OnceCell;
use url::Url;

use super::wire;
use crate::{
    http::{Http, HttpLimits, Line, answer::Answer, failure::Failure, guard},
    settings::{ConnectError, ConnectionSettings},
};

#[derive(Debug)]
pub(super) struct Site {
    line: Line,
    base: Url,
    username: String,
    secret: SecretString,
    root: OnceCell<Url>,
}

/// What a call carries.
pub(super) enum Body {
    None,
    Json(Value),
    Form(Form),
}

impl Site {
    pub(super) fn new(
        settings: &ConnectionSettings,
        secret: Option<SecretString>,
        http: &Http,
    ) -> Result<Self, ConnectError> {
        let base = settings.checked_base()?;
        let username = settings.username.clone().filter(|name| !name.is_empty());
        Ok(Self {
            line: http.line(settings.allow_private_hosts),
            base,
            username: username.ok_or(ConnectError::UsernameMissing)?,
            secret: secret.ok_or(ConnectError::CredentialMissing)?,
            root: OnceCell::new_with(settings.api_root.clone()),
        })
    }

    pub(super) fn limits(&self) -> &HttpLimits {
        self.line.limits()
    }

    /// How long nothing more is to be asked, as the last answer said.
    pub(super) fn wait(&self) -> Option<std::time::Duration> {
        self.line.wait()
    }

    /// One call of the API, with its failures read in WordPress's own words.
    pub(super) async fn call(
        &self,
        method: Method,
        route: &str,
        query: &[(&str, &str)],
        body: Body,
    ) -> Result<Answer, Failure> {
        let root = self.root.get_or_try_init(|| self.discover()).await.map_err(Failure::before_sending)?;
        let request = self.authenticated(self.line.request(method, endpoint(root, route, query)));
        let request = match body {
            Body::None => request,
            Body::Json(value) => request.json(&value),
            // An upload publishes nothing, and may take as long as all that goes before publishing.
            Body::Form(form) => request.multipart(form).timeout(self.limits().preparation),
        };
        wire::checked(self.line.exchange(request).await?)
    }

    fn authenticated(&self, request: RequestBuilder) -> RequestBuilder {
        request.basic_auth(&self.username, Some(self.secret.expose_secret()))
    }

    /// The site names its API in a header; where a proxy takes that away, the two usual places are tried.
    async fn discover(&self) -> Result<Url, Failure> {
        let (home, answer) = self.line.follow(Method::HEAD, self.base.clone()).await?;
        let named = answer.headers.get_all(header::LINK).iter().filter_map(|link| link.to_str().ok());
        let named = named.filter_map(api_link).find_map(|link| home.join(link).ok());
        if let Some(root) = named.filter(|root| guard::same_site(&home, root)) {
            return Ok(root);
        }
        let mut failures: Vec<Failure> = answer.checked().err().into_iter().collect();
        for root in usual_roots(&home) {
            let (root, answer) = self.line.follow(Method::GET, root).await?;
            match answer.checked().and_then(|answer| answer.json::<Value>()) {
                Ok(index) if index.get("namespaces").is_some() => return Ok(root),
                Ok(_) => {}
                Err(failure) => failures.push(failure),
            }
        }
        // A site that is down has an API for all we know.
        let passing = |failure: &Failure| failure.cause.http_status.is_some_and(|s| s == 429 || s >= 500);
        Err(failures.into_iter().find(passing).unwrap_or_else(|| {
            Failure::refused("API_NOT_FOUND", "no WordPress REST API was found at the channel's address")
        }))
    }
}

fn api_link(header: &str) -> Option<&str> {
    header.split(',').filter(|link| link.contains("https://api.w.org/")).find_map(|link| {
        let (_, from) = link.split_once('<')?;
        Some(from.split_once('>')?.0)
    })
}

fn usual_roots(home: &Url) -> Vec<Url> {
    let mut pretty = home.clone();
    pretty.set_path(&format!("{}/wp-json/", home.path().trim_end_matches('/')));
    let mut plain = home.clone();
    plain.query_pairs_mut().clear().append_pair("rest_route", "/");
    vec![pretty, plain]
}

/// The address of `route` under a root of either form.
fn endpoint(root: &Url, route: &str, query: &[(&str, &str)]) -> Url {
    let mut url = root.clone();
    let plain = root.query_pairs().any(|(name, _)| name == "rest_route");
    if plain {
        url.query_pairs_mut().clear().append_pair("rest_route", route);
    } else {
        url.set_path(&format!("{}{route}", root.path().trim_end_matches('/')));
    }
    if !query.is_empty() {
        url.query_pairs_mut().extend_pairs(query);
    }
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_of_root_lead_to_the_route() {
        let rows = [
            ("https://e.org/wp-json/", "https://e.org/wp-json/wp/v2/posts?slug=a"),
            ("https://e.org/blog/wp-json", "https://e.org/blog/wp-json/wp/v2/posts?slug=a"),
            ("https://e.org/?rest_route=/", "https://e.org/?rest_route=%2Fwp%2Fv2%2Fposts&slug=a"),
        ];
        for (root, expected) in rows {
            let url = endpoint(&root.parse().unwrap(), "/wp/v2/posts", &[("slug", "a")]);
            assert_eq!(url.as_str(), expected);
        }
    }

    #[test]
    fn the_root_is_read_from_the_link_header() {
        let header = r#"<https://e.org/x>; rel="other", <https://e.org/wp-json/>; rel="https://api.w.org/""#;
        assert_eq!(api_link(header), Some("https://e.org/wp-json/"));
        assert_eq!(api_link("<https://e.org/x>; rel=shortlink"), None);
    }
}
