//! The set-up page: a form with which the holder of the one-time link founds the first office. Knows the two forms of the
//! page; the founding is the mutation `setUpOffice`, called by the page's script with the token of the address's fragment.

use actix_web::{HttpResponse, http::header, web::Data};

use super::{failed, hash_source};
use crate::http::State;

const STYLE: &str = include_str!("../../../assets/pages/set-up.css");
const SCRIPT: &str = include_str!("../../../assets/pages/set-up.js");
const FORM: &str = include_str!("../../../assets/pages/set-up.form.html");
const CLOSED: &str = include_str!("../../../assets/pages/set-up.closed.html");

/// What the page may load and call: exactly its own style and script, and this service.
pub(super) fn policy(script: &str) -> String {
    format!(
        "default-src 'none'; style-src {}; script-src {script}; connect-src 'self'; img-src data:; base-uri 'none'; \
         form-action 'none'; frame-ancestors 'none'",
        hash_source(STYLE)
    )
}

/// `GET /set-up`.
pub(in crate::http) async fn page(state: Data<State>) -> HttpResponse {
    let (office, graphiql) = (&state.services.office, state.services.settings.graphiql);
    let page = match office::setup::is_open(office).await {
        Ok(true) => form(office.limits(), graphiql),
        Ok(false) => closed(graphiql),
        Err(fault) => return failed(&fault),
    };
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "text/html; charset=utf-8"))
        .insert_header((header::CONTENT_SECURITY_POLICY, policy(&hash_source(SCRIPT))))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((header::REFERRER_POLICY, "no-referrer"))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(page)
}

fn form(limits: &office::Limits, graphiql: bool) -> String {
    let explorer = if graphiql {
        "<li><a href=\"/graphiql\">GraphiQL</a>: try queries; copy the token first, for its Headers.</li>\n"
    } else {
        ""
    };
    let content = FORM
        .replace("{{characters}}", &limits.password_chars.to_string())
        .replace("{{minutes}}", &limits.setup_link_minutes.to_string())
        .replace("{{graphiql}}", explorer);
    whole("Set up Masthead", &content, &format!("<script>{SCRIPT}</script>\n"))
}

fn closed(graphiql: bool) -> String {
    let explorer = if graphiql { ", for instance in <a href=\"/graphiql\">GraphiQL</a>" } else { "" };
    whole("Set up already · Masthead", &CLOSED.replace("{{graphiql}}", explorer), "")
}

pub(super) fn whole(title: &str, content: &str, script: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{title}</title>\n\
         <link rel=\"icon\" href=\"data:,\">\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n{content}</main>\n\
         {script}</body>\n</html>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_are_whole_and_hold_only_what_the_policy_lets_run() {
        for page in
            [form(&office::Limits::default(), true), form(&office::Limits::default(), false), closed(true)]
        {
            assert!(!page.contains("{{"), "a gap is left open");
            assert!(![" style=", " onclick=", " onsubmit="].iter().any(|inline| page.contains(inline)));
        }
        assert!(form(&office::Limits::default(), true).contains("At least 12 characters"));
        assert!(!closed(true).contains("<script"));
    }

    #[test]
    fn every_field_has_a_label_and_a_place_for_its_error() {
        let page = form(&office::Limits::default(), true);
        let fields = page.split("<input id=\"").skip(1).chain(page.split("<select id=\"").skip(1));
        let ids: Vec<_> = fields.filter_map(|field| field.split('"').next()).collect();
        assert_eq!(ids.len(), 7);
        for id in ids {
            assert!(page.contains(&format!("<label for=\"{id}\">")), "{id}");
            assert!(
                page.contains(&format!("<p class=\"error\" id=\"{id}-error\" aria-live=\"polite\">")),
                "{id}"
            );
        }
    }
}
