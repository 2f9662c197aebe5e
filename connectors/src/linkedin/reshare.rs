//! Passes on a post of somebody else. It knows that the platform takes no key, so the organisation's own posts are asked first;
//! it does not know why it is passed on.

use reqwest::Method;
use url::Url;

use super::{
    api::{Api, Body},
    failure, made, post, timeline,
    urn::PostUrn,
};
use crate::{
    http::{
        failure::{Failure, Verdict},
        prepare,
    },
    outcome::{LookUp, Receipt},
};

pub(super) async fn pass_on(api: &Api, url: &Url) -> Result<Receipt, Failure> {
    let parent = parent(url)?;
    if let Some(receipt) = prepare(api.limits(), find(api, &parent)).await? {
        return Ok(receipt);
    }
    let body = post::reshare(api.organization(), &parent);
    let answer = api.exchange(Method::POST, "/rest/posts", Body::Json(&body)).await?;
    made(&failure::checked(answer).map_err(of_reshare)?)
}

/// Whether the organisation's latest posts have a reshare of it.
pub(super) async fn look_up(api: &Api, url: &Url) -> LookUp {
    let asked = async { find(api, &parent(url)?).await };
    match prepare(api.limits(), asked).await {
        Ok(Some(receipt)) => LookUp::Found(receipt),
        Ok(None) => LookUp::Absent,
        Err(failure) => failure.into_look_up(),
    }
}

/// The organisation's own reshare of it, if its latest posts have one.
async fn find(api: &Api, parent: &PostUrn) -> Result<Option<Receipt>, Failure> {
    let posts = timeline::recent(api).await?;
    Ok(posts.iter().find(|post| post.reshares(parent)).and_then(post::Kept::receipt))
}

/// Nobody can pass on what its author keeps to some: that is no word on the credential. Where it is one, the next post without
/// a reshare tells.
pub(super) fn of_reshare(failure: Failure) -> Failure {
    let status = failure.cause.http_status;
    let (code, detail) = match (failure.verdict, failure.cause.code.as_str()) {
        (Verdict::CredentialRejected, "FORBIDDEN") => (
            "NOT_ALLOWED",
            "the post may not be passed on by this page, or the token lacks the scope for posting",
        ),
        (Verdict::Refused, "GONE") => ("NOT_FOUND_ON_PLATFORM", "the platform has no such post"),
        _ => return failure,
    };
    status.into_iter().fold(Failure::refused(code, detail), Failure::with_status)
}

/// The post at an address such as `https://www.linkedin.com/feed/update/urn:li:share:7/`. An address with an activity does not
/// tell which post it is.
pub(super) fn parent(url: &Url) -> Result<PostUrn, Failure> {
    let there =
        url.scheme() == "https" && matches!(url.host_str(), Some("www.linkedin.com" | "linkedin.com"));
    let named = url.path().strip_prefix("/feed/update/").filter(|_| there);
    let urn = named.map(|urn| urn.trim_end_matches('/').replace("%3A", ":").replace("%3a", ":"));
    match urn.as_deref() {
        Some(urn) if urn.starts_with("urn:li:activity:") => Err(Failure::refused(
            "ADDRESS_UNCLEAR",
            "the address names an activity: only one with urn:li:share or urn:li:ugcPost names a post",
        )),
        urn => urn.and_then(PostUrn::parse).ok_or_else(|| {
            Failure::refused("NOT_FOUND_ON_PLATFORM", "this is not the address of a post on LinkedIn")
        }),
    }
}

/// Whether the address is that of this post.
pub(super) fn names(url: &Url, urn: &str) -> bool {
    parent(url).is_ok_and(|there| there.as_str() == urn)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_address_that_names_a_post_is_one() {
        let read = |url: &str| parent(&url.parse().unwrap()).map(|urn| urn.as_str().to_owned());
        for url in [
            "https://www.linkedin.com/feed/update/urn:li:share:7/",
            "https://linkedin.com/feed/update/urn%3Ali%3Ashare%3A7?utm_source=x",
        ] {
            assert_eq!(read(url).as_deref(), Ok("urn:li:share:7"), "{url}");
        }
        let rows = [
            ("https://www.linkedin.com/feed/update/urn:li:activity:7/", "ADDRESS_UNCLEAR"),
            ("https://www.linkedin.com/posts/press-office_open-activity-7-abcd", "NOT_FOUND_ON_PLATFORM"),
            ("https://www.linkedin.com/feed/update/urn:li:person:7/", "NOT_FOUND_ON_PLATFORM"),
            ("https://elsewhere.example/feed/update/urn:li:share:7/", "NOT_FOUND_ON_PLATFORM"),
            ("http://www.linkedin.com/feed/update/urn:li:share:7/", "NOT_FOUND_ON_PLATFORM"),
        ];
        for (url, code) in rows {
            assert_eq!(read(url).unwrap_err().cause.code, code, "{url}");
        }
    }

    #[test]
    fn a_refusal_speaks_of_the_post_and_not_of_the_channel() {
        let rows = [
            (Failure::credential("FORBIDDEN", "").with_status(403), Verdict::Refused, "NOT_ALLOWED"),
            (Failure::refused("GONE", "").with_status(404), Verdict::Refused, "NOT_FOUND_ON_PLATFORM"),
            (Failure::credential("TOKEN_EXPIRED", ""), Verdict::CredentialRejected, "TOKEN_EXPIRED"),
            (Failure::unknown("DUPLICATE_POST", ""), Verdict::Unknown, "DUPLICATE_POST"),
            (Failure::unknown("HTTP_500", ""), Verdict::Unknown, "HTTP_500"),
        ];
        for (failure, verdict, code) in rows {
            let read = of_reshare(failure);
            assert_eq!((read.verdict, read.cause.code.as_str()), (verdict, code));
        }
    }
}
