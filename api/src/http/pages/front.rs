//! The front page: what this is, what the worker is doing, where to go. Knows no office's content: it shows counts of the
//! whole deployment and the public news pages of the directory, and nothing else.

use actix_web::{HttpResponse, http::header, web::Data};
use chrono::{DateTime, Utc};
use office::queue::{Depth, Readiness};

use crate::http::State;

/// Everything is in the page; nothing runs.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; \
     form-action 'none'; frame-ancestors 'none'";

const HEAD: &str = include_str!("../../../assets/pages/front.head.html");

/// What is said before there is an office.
const FIRST_STEP: &str = "<section><h2>There is no office here yet</h2>\n<p>Whoever runs this service founds it with the \
     link that <code>masthead serve</code> printed at its start. <a href=\"/set-up\">How that works</a>.</p></section>\n";

/// `GET /`.
pub(in crate::http) async fn page(state: Data<State>) -> HttpResponse {
    let office = &state.services.office;
    let readiness = office::queue::readiness(office).await;
    let depths = office::queue::depths(office).await;
    if let Some(error) = readiness.as_ref().err().or(depths.as_ref().err()) {
        tracing::warn!(error = %error, "the front page could not read the queue");
    }
    let queue = readiness.ok().zip(depths.ok());
    let mut page = HEAD.to_owned();
    if office::setup::is_open(office).await.unwrap_or(false) {
        page.push_str(FIRST_STEP);
    }
    page.push_str(&worker(queue.as_ref(), office.now()));
    match office::directory::list(office, &super::feeds::wanted()).await {
        Ok(entries) => page.push_str(&super::feeds::list(&entries)),
        Err(error) => tracing::warn!(error = %error, "the front page could not read the directory"),
    }
    page.push_str(&links(state.services.settings.graphiql));
    page.push_str("</main></body></html>\n");
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "text/html; charset=utf-8"))
        .insert_header((header::CONTENT_SECURITY_POLICY, POLICY))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((header::REFERRER_POLICY, "no-referrer"))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(page)
}

fn worker(queue: Option<&(Readiness, Vec<Depth>)>, now: DateTime<Utc>) -> String {
    let mut out = "<section><h2>What the worker is doing</h2>\n".to_owned();
    let Some((readiness, depths)) = queue else {
        out.push_str("<p class=\"bad\">The database does not answer.</p></section>\n");
        return out;
    };
    let looked = readiness.worker_ticked_at.map_or_else(
        || "<p class=\"bad\">No worker has looked at the queue yet.</p>\n".to_owned(),
        |at| format!("<p>It looked at the queue {} ago.</p>\n", span((now - at).num_seconds())),
    );
    out.push_str(&looked);
    if let Some(late) = readiness.oldest_due_at.map(|at| (now - at).num_seconds()) {
        out.extend(["<p>The oldest due post has waited ", &span(late), ".</p>\n"]);
    }
    if depths.is_empty() {
        out.push_str("<p>The queue is empty.</p>\n");
    } else {
        out.push_str("<table><thead><tr><th>Posts</th><th>State</th></tr></thead><tbody>\n");
        for depth in depths {
            let state = serde_json::to_value(depth.state).unwrap_or_default();
            let state = state.as_str().unwrap_or_default();
            out.extend(["<tr><td>", &depth.posts.to_string(), "</td><td>", state, "</td></tr>\n"]);
        }
        out.push_str("</tbody></table>\n");
    }
    out.push_str("</section>\n");
    out
}

fn span(seconds: i64) -> String {
    match seconds.max(0) {
        short @ 0..120 => format!("{short} s"),
        minutes @ 120..7_200 => format!("{} min", minutes / 60),
        hours => format!("{} h", hours / 3_600),
    }
}

fn links(graphiql: bool) -> String {
    let explorer = ("/graphiql", "GraphiQL", "try queries and read the schema");
    let rest = [
        ("/schema.graphql", "Schema", "every type, field and argument, with its description"),
        ("/directory", "Directory", "the official channels, for people and in every form for programs"),
        ("/health/ready", "Readiness", "and why not, if not"),
        ("/metrics", "Metrics", "for Prometheus"),
        ("/.well-known/jwks.json", "Keys", "that sign access tokens and the directory"),
    ];
    let mut out =
        "<section><h2>Where to go</h2>\n<p>GraphQL is at <code>POST /graphql</code>, subscriptions at \
                   <code>/graphql/ws</code> (graphql-transport-ws).</p>\n<ul>\n"
            .to_owned();
    for (at, name, what) in graphiql.then_some(explorer).into_iter().chain(rest) {
        out.extend(["<li><a href=\"", at, "\">", name, "</a>: ", what, "</li>\n"]);
    }
    out.push_str("</ul></section>\n");
    out
}
