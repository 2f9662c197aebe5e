//! Where the directory is: of the whole deployment and of each office, in every form, with validators, for anybody and
//! for pages of any origin. Knows addresses and headers; the forms are `crate::directory`.

use actix_web::{
    HttpRequest, HttpResponse, HttpResponseBuilder,
    http::{Method, header},
    web::{self, Data},
};
use chrono::{DateTime, SubsecRound as _, Utc};
use office::{
    directory::{self as public, ChangesWanted, DirectoryFilter, Head},
    paging::{Direction, PageRequest},
};

use self::{asked::Asked, problem::Problem};
use super::{
    State,
    feed::http_date,
    incoming::{self, etag, has_version},
};
use crate::{
    directory::{self, Changes, Form, Listing, Place},
    graphql::{
        directory::{BY_OFFICE_AND_HANDLE, place as place_of},
        paging::{encode_cursor, page_of},
    },
};

mod asked;
mod problem;
#[cfg(test)]
mod tests;

/// What a page of another origin may ask with, and what it may read.
const ASKED_HEADERS: &str = "if-none-match, if-modified-since";
const TOLD_HEADERS: &str = "etag, last-modified, link";

/// Where they are.
pub(super) fn routes(config: &mut web::ServiceConfig) {
    for at in
        ["/directory", "/directory/", "/directory.{suffix}", "/directory/{name}", "/directory/{name}/embed"]
    {
        config.service(
            web::resource(at)
                .route(web::get().to(show))
                .route(web::head().to(show))
                .route(web::method(Method::OPTIONS).to(preflight)),
        );
    }
    config.service(
        web::resource("/.well-known/trust.txt").route(web::get().to(trust)).route(web::head().to(trust)),
    );
}

/// What an address means.
#[derive(Debug, PartialEq, Eq)]
enum Meant {
    /// A form of one office's directory, or of everybody's.
    Form(Option<String>, Form),
    /// The schema of the JSON form.
    Schema,
}

/// Reads an address. A slug has no dot, so that the suffix is what follows the first one.
fn meant(path: &str) -> Option<Meant> {
    let rest = path.strip_prefix("/directory")?;
    match rest {
        "" | "/" => return Some(Meant::Form(None, Form::Html)),
        "/embed" => return Some(Meant::Form(None, Form::Embed)),
        "/schema.json" => return Some(Meant::Schema),
        _ => {}
    }
    let by_suffix = |suffix: &str| Form::SUFFIXED.into_iter().find(|form| form.suffix() == suffix);
    let Some(name) = rest.strip_prefix('/') else { return Some(Meant::Form(None, by_suffix(rest)?)) };
    if let Some(slug) = name.strip_suffix("/embed") {
        return Some(Meant::Form(Some(slug.to_owned()), Form::Embed));
    }
    match name.find('.') {
        Some(dot) => {
            let (slug, suffix) = name.split_at_checked(dot)?;
            Some(Meant::Form(Some(slug.to_owned()), by_suffix(suffix)?))
        }
        None => Some(Meant::Form(Some(name.to_owned()), Form::Html)),
    }
}

async fn show(state: Data<State>, request: HttpRequest) -> HttpResponse {
    let body = match meant(request.path()) {
        None => Err(Problem::no_form()),
        Some(Meant::Schema) => {
            Ok(Body::of("application/schema+json", directory::schema(&state.services.public_url)))
        }
        Some(Meant::Form(slug, form)) => document(&state, &request, slug, form).await,
    };
    match body {
        Ok(body) => answer(&request, state.services.office.now(), body),
        Err(problem) => problem.answer(),
    }
}

/// What is answered.
struct Body {
    content_type: &'static str,
    text: String,
    /// When anything in it last changed; none where that is not known.
    changed_at: Option<DateTime<Utc>>,
    /// Address of the next page.
    next: Option<String>,
    policy: Option<String>,
}

impl Body {
    fn of(content_type: &'static str, text: String) -> Self {
        Self { content_type, text, changed_at: None, next: None, policy: None }
    }
}

async fn document(
    state: &State,
    request: &HttpRequest,
    slug: Option<String>,
    form: Form,
) -> Result<Body, Problem> {
    let max = state.services.settings.directory_page_size_max;
    let asked = Asked::read(request.query_string(), slug, form, max)?;
    let place = where_is(state, asked.filter.office.as_deref()).await?;
    let mut head = public::head(&state.services.office).await?;
    if form == Form::Jws {
        // Another key is another signature: a copy that was signed before has an older date than this.
        let key = office::signing_keys::current(&state.services.office).await?;
        head.changed_at = head.changed_at.max(Some(key.created_at));
    }
    if form == Form::Atom || asked.since.is_some() {
        return changes(state, &asked, place, form, head).await;
    }
    let next = |at: &str| Asked::next(&place.address(form), request.query_string(), at);
    let entries = public::list(&state.services.office, &asked.filter).await?;
    let wanted = PageRequest { after: asked.after.clone(), ..PageRequest::first(asked.first) };
    let page = page_of(entries, place_of, Direction::Ascending, &wanted);
    let last = page.items.last().filter(|_| page.has_next);
    let next = last.map(|entry| next(&encode_cursor(BY_OFFICE_AND_HANDLE, &place_of(entry))));
    let listing = Listing { entries: page.items, head, next: next.clone(), place: place.clone() };
    let text = directory::list(&state.services.office, &listing, form).await?;
    let policy = match form {
        Form::Html => Some(directory::policy()),
        Form::Embed => Some(directory::embed_policy()),
        _ => None,
    };
    Ok(Body { changed_at: head.changed_at, next, policy, ..Body::of(form.content_type(), text) })
}

async fn changes(
    state: &State,
    asked: &Asked,
    place: Place,
    form: Form,
    head: Head,
) -> Result<Body, Problem> {
    let wanted = ChangesWanted {
        office: asked.filter.office.as_deref(),
        after: asked.since,
        before: asked.before,
        newest_first: form == Form::Atom,
        limit: asked.first,
    };
    let page = public::changes(&state.services.office, wanted).await?;
    let changes = Changes {
        place,
        page,
        since: asked.since.unwrap_or_default(),
        changed_at: head.changed_at,
        first: asked.given_first,
    };
    let text = match form {
        Form::Atom => changes.atom()?,
        Form::Jws => changes.signed(&state.services.office).await?,
        _ => changes.json()?,
    };
    let next = changes.next(form);
    Ok(Body { changed_at: head.changed_at, next, ..Body::of(form.content_type(), text) })
}

async fn where_is(state: &State, slug: Option<&str>) -> Result<Place, Problem> {
    let office = match slug {
        Some(slug) => {
            let row = office::offices::by_slug(&state.services.office, slug).await?;
            Some((row.slug, row.name))
        }
        None => None,
    };
    Ok(Place { base: state.services.public_url.to_string(), office })
}

async fn trust(state: Data<State>, request: HttpRequest) -> HttpResponse {
    let made = async {
        let place = where_is(&state, None).await?;
        let head = public::head(&state.services.office).await?;
        let entries = public::list(&state.services.office, &DirectoryFilter::default()).await?;
        let text = directory::trust(&place, &entries);
        Ok::<_, Problem>(Body { changed_at: head.changed_at, ..Body::of("text/plain; charset=utf-8", text) })
    };
    match made.await {
        Ok(body) => answer(&request, state.services.office.now(), body),
        Err(problem) => problem.answer(),
    }
}

fn answer(request: &HttpRequest, now: DateTime<Utc>, body: Body) -> HttpResponse {
    let etag = etag(body.text.as_bytes());
    // The date of a change that is ahead of the clock is not told: HTTP knows no such dates.
    let changed_at = body.changed_at.map(|at| at.trunc_subsecs(0)).filter(|at| *at <= now);
    let known = match incoming::header(request, "if-none-match") {
        Some(_) => has_version(request, &etag),
        None => changed_at.is_some_and(|at| unchanged_since(request, at)),
    };
    let mut response = if known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    open_to_all(&mut response);
    response
        .insert_header((header::ETAG, etag))
        .insert_header((header::CACHE_CONTROL, "public, max-age=60"))
        .insert_header((header::REFERRER_POLICY, "no-referrer"));
    if let Some(at) = changed_at {
        response.insert_header((header::LAST_MODIFIED, http_date(at)));
    }
    if let Some(next) = body.next {
        response.insert_header((header::LINK, format!("<{next}>; rel=\"next\"")));
    }
    if let Some(policy) = body.policy {
        response.insert_header((header::CONTENT_SECURITY_POLICY, policy));
    }
    if known {
        return response.finish();
    }
    response.insert_header((header::CONTENT_TYPE, body.content_type)).body(body.text)
}

/// Whether the client's copy is as young as the last change.
fn unchanged_since(request: &HttpRequest, changed_at: DateTime<Utc>) -> bool {
    let given = incoming::header(request, "if-modified-since");
    let copied = given.and_then(|date| DateTime::parse_from_rfc2822(date).ok());
    copied.is_some_and(|copied| copied >= changed_at)
}

fn open_to_all(response: &mut HttpResponseBuilder) {
    response
        .insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
        .insert_header((header::ACCESS_CONTROL_EXPOSE_HEADERS, TOLD_HEADERS))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"));
}

/// Answers a browser that asks first: for validators, which a page of another origin may not send unasked.
async fn preflight() -> HttpResponse {
    let mut response = HttpResponse::NoContent();
    open_to_all(&mut response);
    response
        .insert_header((header::ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD"))
        .insert_header((header::ACCESS_CONTROL_ALLOW_HEADERS, ASKED_HEADERS))
        .insert_header((header::ACCESS_CONTROL_MAX_AGE, "7200"))
        .finish()
}
