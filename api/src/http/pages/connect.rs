//! The page that a platform sends a browser back to after a person was asked to connect a channel. Knows the page; who may
//! finish is the office's to say, and the mutation `completeChannelAuthorization`, called by the page's script, asks it.

use actix_web::{HttpResponse, http::header};

use super::{hash_source, set_up};

const SCRIPT: &str = include_str!("../../../assets/pages/connect.js");
const FORM: &str = include_str!("../../../assets/pages/connect.form.html");

/// `GET /connect/callback`. The address holds a code that is good once: it goes to no log, no cache and no other site.
pub(in crate::http) async fn page() -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "text/html; charset=utf-8"))
        .insert_header((header::CONTENT_SECURITY_POLICY, set_up::policy(&hash_source(SCRIPT))))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((header::REFERRER_POLICY, "no-referrer"))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(whole())
}

fn whole() -> String {
    set_up::whole("Finish connecting the channel", FORM, &format!("<script>{SCRIPT}</script>\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_has_a_label_and_only_what_the_policy_lets_run_is_there() {
        let page = whole();
        assert!(![" style=", " onclick=", " onsubmit="].iter().any(|inline| page.contains(inline)));
        let ids: Vec<_> =
            page.split("<input id=\"").skip(1).filter_map(|field| field.split('"').next()).collect();
        assert_eq!(ids, ["email", "password", "office"]);
        assert!(ids.iter().all(|id| page.contains(&format!("<label for=\"{id}\">"))));
    }

    #[test]
    fn every_place_that_the_script_names_is_on_the_page() {
        for name in SCRIPT.split("at('").skip(1).filter_map(|rest| rest.split('\'').next()) {
            assert!(FORM.contains(&format!("id=\"{name}\"")), "{name}");
        }
    }
}
