//! The office's own public news page, for people (HTML) and for readers (Atom, JSON Feed). Knows addresses, forms and
//! validators; the entries come from `office::feed`.
//!
//! The form is the suffix of the address: `.atom`, `.json`, or none for the page. Where a channel's own handle ends in a
//! suffix (`news.json`) and no channel `news` exists, its page is at its handle; where both exist, the address stays with
//! the form of `news`, so that a new channel never takes over the address of an old one.

use actix_web::{
    HttpRequest, HttpResponse,
    http::header,
    web::{self, Data, Path},
};
use chrono::{DateTime, Utc};
use entity::channel::{ChannelState, PublicPage};
use office::{OfficeError, feed::PublicFeed};

use self::view::View;
use super::{
    State,
    incoming::{etag, has_version},
};
use crate::error;

mod atom;
mod html;
mod json;
mod markup;
#[cfg(test)]
mod tests;
mod view;

pub(crate) use markup::{clean, escape, segment, web_address};

/// Entries of one page, whatever the settings say.
const ENTRIES_AT_MOST: u64 = 500;

/// Where they are.
pub(super) fn routes(config: &mut web::ServiceConfig) {
    config.service(
        web::resource("/feed/{office}/{channel}").route(web::get().to(show)).route(web::head().to(show)),
    );
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Html,
    Atom,
    Json,
}

impl Form {
    fn content_type(self) -> &'static str {
        match self {
            Self::Html => "text/html; charset=utf-8",
            Self::Atom => "application/atom+xml; charset=utf-8",
            Self::Json => "application/feed+json; charset=utf-8",
        }
    }
}

/// What an address may mean, likeliest first.
fn readings(name: &str) -> Vec<(&str, Form)> {
    let suffixed = [(".atom", Form::Atom), (".json", Form::Json)].into_iter().filter_map(|(suffix, form)| {
        Some((name.strip_suffix(suffix).filter(|rest| !rest.is_empty())?, form))
    });
    suffixed.chain([(name, Form::Html)]).collect()
}

async fn show(state: Data<State>, request: HttpRequest, at: Path<(String, String)>) -> HttpResponse {
    let (slug, name) = at.into_inner();
    let limit = state.services.settings.feed_entries.clamp(1, ENTRIES_AT_MOST);
    for (handle, form) in readings(&name) {
        match office::feed::public(&state.services.office, &slug, handle, limit).await {
            Ok(feed) if taken_down(&feed) => return page(HttpResponse::Gone()).body(html::gone()),
            Ok(feed) => return answer(&state.services.public_url, &request, &feed, form),
            Err(OfficeError::NotFound(_)) => {}
            Err(fault) => return failed(&fault),
        }
    }
    page(HttpResponse::NotFound()).insert_header((header::CACHE_CONTROL, "no-store")).body(html::not_found())
}

/// Whoever retired it said that its page is deleted.
fn taken_down(feed: &PublicFeed) -> bool {
    feed.channel.state == ChannelState::Retired && feed.channel.public_page == Some(PublicPage::Deleted)
}

fn answer(base: &str, request: &HttpRequest, feed: &PublicFeed, form: Form) -> HttpResponse {
    let view = View::new(base, feed);
    let body = match form {
        Form::Html => html::render(&view).into_bytes(),
        Form::Json => json::render(&view),
        Form::Atom => match atom::render(&view) {
            Ok(body) => body,
            Err(fault) => return failed(&office::Fault::Internal(fault.to_string()).into()),
        },
    };
    // Only the tag decides: taking an entry back changes the page, and never moves the date of the last change.
    let etag = etag(&body);
    let known = has_version(request, &etag);
    let response = if known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    let mut response = page(response);
    response
        .insert_header((header::ETAG, etag))
        .insert_header((header::LAST_MODIFIED, http_date(feed.updated_at)))
        .insert_header((header::CACHE_CONTROL, "public, max-age=60"));
    if form != Form::Html {
        response.insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"));
    }
    if known {
        return response.finish();
    }
    response.insert_header((header::CONTENT_TYPE, form.content_type())).body(body)
}

/// What every answer carries.
fn page(mut response: actix_web::HttpResponseBuilder) -> actix_web::HttpResponseBuilder {
    response
        .insert_header((header::CONTENT_TYPE, Form::Html.content_type()))
        .insert_header((header::CONTENT_SECURITY_POLICY, html::policy()))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((header::REFERRER_POLICY, "no-referrer"));
    response
}

pub(super) fn http_date(at: DateTime<Utc>) -> String {
    at.format("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

fn failed(fault: &OfficeError) -> HttpResponse {
    tracing::error!(error = %fault, "a feed could not be shown");
    let (_, message) = error::of_office(fault);
    HttpResponse::InternalServerError().body(message)
}
