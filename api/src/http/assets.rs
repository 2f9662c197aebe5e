//! GraphiQL and its parts, compiled in: nothing is loaded from another host. Knows files.

use actix_web::{
    HttpRequest, HttpResponse,
    http::header,
    web::{self, Data, Path},
};

use super::{
    State,
    incoming::{etag, has_version},
};

/// Name, type and content of each file.
const FILES: &[(&str, &str, &[u8])] = &[
    ("graphiql.min.js", SCRIPT, include_bytes!("../../assets/graphiql/graphiql.min.js")),
    ("graphiql.min.css", STYLE, include_bytes!("../../assets/graphiql/graphiql.min.css")),
    ("react.production.min.js", SCRIPT, include_bytes!("../../assets/graphiql/react.production.min.js")),
    (
        "react-dom.production.min.js",
        SCRIPT,
        include_bytes!("../../assets/graphiql/react-dom.production.min.js"),
    ),
    ("graphql-ws.min.js", SCRIPT, include_bytes!("../../assets/graphiql/graphql-ws.min.js")),
    ("start.js", SCRIPT, include_bytes!("../../assets/graphiql/start.js")),
    ("start.css", STYLE, include_bytes!("../../assets/graphiql/start.css")),
];

const SCRIPT: &str = "text/javascript; charset=utf-8";
const STYLE: &str = "text/css; charset=utf-8";

/// GraphiQL sets styles from scripts; fonts are within its style sheet.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src data:; \
     img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Where they are.
pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource("/graphiql").route(web::get().to(page)))
        .service(web::resource("/graphiql/{file}").route(web::get().to(file)));
}

async fn page(state: Data<State>) -> HttpResponse {
    if !state.services.settings.graphiql {
        return HttpResponse::NotFound().finish();
    }
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "text/html; charset=utf-8"))
        .insert_header((header::CONTENT_SECURITY_POLICY, POLICY))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((header::REFERRER_POLICY, "no-referrer"))
        .insert_header((header::CACHE_CONTROL, "no-cache"))
        .body(include_str!("../../assets/graphiql/index.html"))
}

async fn file(state: Data<State>, request: HttpRequest, name: Path<String>) -> HttpResponse {
    let found = FILES.iter().find(|(known, _, _)| *known == name.as_str());
    let Some((_, kind, content)) = found.filter(|_| state.services.settings.graphiql) else {
        return HttpResponse::NotFound().finish();
    };
    let etag = etag(content);
    let mut response =
        if has_version(&request, &etag) { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response
        .insert_header((header::ETAG, etag.as_str()))
        .insert_header((header::CACHE_CONTROL, "no-cache"))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"));
    if has_version(&request, &etag) {
        return response.finish();
    }
    response.insert_header((header::CONTENT_TYPE, *kind)).body(*content)
}
