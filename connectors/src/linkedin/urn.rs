//! LinkedIn's names for things, as far as we use them: the organisation that posts, and its posts. Pure; it does not know
//! calls.

use crate::{http::failure::Failure, settings::ConnectError};

/// The organisation whose page it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Organization {
    number: String,
}

impl Organization {
    /// From what people copy: the URN, or the number in the address of the page's administration.
    pub(super) fn parse(given: Option<&str>) -> Result<Self, ConnectError> {
        let given = given.unwrap_or_default().trim();
        if given.is_empty() {
            return Err(ConnectError::UsernameMissing);
        }
        let number = given.strip_prefix("urn:li:organization:").unwrap_or(given);
        if is_number(number) {
            Ok(Self { number: number.to_owned() })
        } else {
            Err(ConnectError::OrganizationInvalid)
        }
    }

    pub(super) fn number(&self) -> &str {
        &self.number
    }

    pub(super) fn urn(&self) -> String {
        format!("urn:li:organization:{}", self.number)
    }
}

/// One post: a share, or what the older API called a user's content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PostUrn(String);

impl PostUrn {
    const KINDS: [&'static str; 2] = ["urn:li:share:", "urn:li:ugcPost:"];

    pub(super) fn parse(given: &str) -> Option<Self> {
        let number = Self::KINDS.into_iter().find_map(|kind| given.strip_prefix(kind))?;
        is_number(number).then(|| Self(given.to_owned()))
    }

    /// An id that comes back from storage; a bare number is a share's.
    pub(super) fn stored(remote_id: &str) -> Result<Self, Failure> {
        let urn =
            if is_number(remote_id) { format!("urn:li:share:{remote_id}") } else { remote_id.to_owned() };
        Self::parse(&urn)
            .ok_or_else(|| Failure::refused("REMOTE_ID_INVALID", "this is not the id of a LinkedIn post"))
    }

    /// The first one within a sentence: an error tells it nowhere else.
    pub(super) fn within(sentence: &str) -> Option<Self> {
        let foreign = |c: char| !(c.is_ascii_alphanumeric() || c == ':');
        sentence.split(foreign).find_map(|word| Self::parse(word.trim_end_matches(':')))
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// Where the public finds it.
    pub(super) fn page(&self) -> String {
        format!("https://www.linkedin.com/feed/update/{}/", self.0)
    }

    pub(super) fn route(&self) -> String {
        format!("/rest/posts/{}", encoded(&self.0))
    }
}

/// One comment, below a post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CommentUrn {
    post: String,
    number: String,
}

impl CommentUrn {
    /// `urn:li:comment:(urn:li:activity:1,2)`: the platform may name the post by its activity.
    pub(super) fn parse(given: &str) -> Option<Self> {
        let inner = given.strip_prefix("urn:li:comment:(")?.strip_suffix(')')?;
        let (post, number) = inner.split_once(',')?;
        Self::below(post, number)
    }

    /// The same, where the platform may leave `urn:li:` out within the brackets, as it does in notifications.
    pub(super) fn told(given: &str) -> Option<Self> {
        let inner = given.strip_prefix("urn:li:comment:(");
        let short = inner.filter(|inner| !inner.starts_with("urn:li:"));
        short.map_or_else(
            || Self::parse(given),
            |inner| Self::parse(&format!("urn:li:comment:(urn:li:{inner}")),
        )
    }

    pub(super) fn below(post: &str, number: &str) -> Option<Self> {
        let activity = post.strip_prefix("urn:li:activity:").is_some_and(is_number);
        let good = (activity || PostUrn::parse(post).is_some()) && is_number(number);
        good.then(|| Self { post: post.to_owned(), number: number.to_owned() })
    }

    pub(super) fn urn(&self) -> String {
        format!("urn:li:comment:({},{})", self.post, self.number)
    }

    pub(super) fn number(&self) -> &str {
        &self.number
    }

    /// Where the public finds it.
    pub(super) fn page(&self) -> String {
        let urn = encoded(&self.urn());
        format!("https://www.linkedin.com/feed/update/{}/?commentUrn={urn}", self.post)
    }

    /// The post that it is below, however many comments are between.
    pub(super) fn post(&self) -> &str {
        &self.post
    }

    pub(super) fn route(&self) -> String {
        format!("{}/{}", comments_route(&self.post), self.number)
    }
}

/// The comments below a post, or below a comment.
pub(super) fn comments_route(urn: &str) -> String {
    format!("/rest/socialActions/{}/comments", encoded(urn))
}

/// Something of ours, by the id that comes back from storage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Ours {
    Post(PostUrn),
    Comment(CommentUrn),
}

impl Ours {
    pub(super) fn stored(remote_id: &str) -> Result<Self, Failure> {
        match CommentUrn::parse(remote_id) {
            Some(comment) => Ok(Self::Comment(comment)),
            None => PostUrn::stored(remote_id).map(Self::Post),
        }
    }

    pub(super) fn route(&self) -> String {
        match self {
            Self::Post(post) => post.route(),
            Self::Comment(comment) => comment.route(),
        }
    }
}

/// A URN as a part of a path; it holds nothing else that would have to be encoded.
pub(super) fn encoded(urn: &str) -> String {
    urn.replace(':', "%3A").replace('(', "%28").replace(')', "%29").replace(',', "%2C")
}

/// Ids become parts of addresses: nothing but digits may.
fn is_number(text: &str) -> bool {
    (1..=20).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_organisation_is_its_number_or_its_urn() {
        for given in ["2414183", "urn:li:organization:2414183", " 2414183 "] {
            assert_eq!(Organization::parse(Some(given)).unwrap().urn(), "urn:li:organization:2414183");
        }
        for given in
            ["press", "urn:li:person:1", "urn:li:organization:", "1/2", "-1", "urn:li:organization:1?a"]
        {
            assert!(
                matches!(Organization::parse(Some(given)), Err(ConnectError::OrganizationInvalid)),
                "{given}"
            );
        }
        for given in [None, Some(""), Some("  ")] {
            assert!(matches!(Organization::parse(given), Err(ConnectError::UsernameMissing)));
        }
    }

    #[test]
    fn a_post_is_a_share_or_a_ugc_post() {
        for given in ["urn:li:share:7", "urn:li:ugcPost:7"] {
            assert_eq!(PostUrn::stored(given).unwrap().as_str(), given);
        }
        assert_eq!(PostUrn::stored("7").unwrap().route(), "/rest/posts/urn%3Ali%3Ashare%3A7");
        for given in
            ["", "a/b", "urn:li:comment:7", "urn:li:share:7/8", "urn:li:share:7%2F8", "urn:li:share:"]
        {
            assert!(PostUrn::stored(given).is_err(), "{given}");
        }
    }

    #[test]
    fn a_comment_is_named_by_its_post_and_its_number() {
        for post in ["urn:li:activity:1", "urn:li:share:1", "urn:li:ugcPost:1"] {
            let comment = CommentUrn::parse(&format!("urn:li:comment:({post},2)")).unwrap();
            assert_eq!(comment.route(), format!("/rest/socialActions/{}/comments/2", encoded(post)));
            assert_eq!(CommentUrn::parse(&comment.urn()), Some(comment));
        }
        for given in [
            "urn:li:comment:7",
            "urn:li:comment:(activity:1,2)",
            "urn:li:comment:(urn:li:person:1,2)",
            "urn:li:comment:(urn:li:share:1,2/3)",
            "urn:li:comment:(urn:li:share:1,2",
            "urn:li:comment:(urn:li:share:1/2,3)",
        ] {
            assert_eq!(CommentUrn::parse(given), None, "{given}");
        }
    }

    #[test]
    fn a_comment_is_known_by_the_short_name_of_notifications_too() {
        for given in ["urn:li:comment:(activity:1,2)", "urn:li:comment:(urn:li:activity:1,2)"] {
            let comment = CommentUrn::told(given).unwrap();
            assert_eq!(
                (comment.urn().as_str(), comment.post()),
                ("urn:li:comment:(urn:li:activity:1,2)", "urn:li:activity:1")
            );
        }
        assert_eq!(CommentUrn::told("urn:li:comment:(person:1,2)"), None);
        let below = comments_route("urn:li:comment:(urn:li:activity:1,2)");
        let encoded = "/rest/socialActions/urn%3Ali%3Acomment%3A%28urn%3Ali%3Aactivity%3A1%2C2%29/comments";
        assert_eq!(below, encoded);
    }

    #[test]
    fn a_post_is_found_within_a_sentence() {
        let rows = [
            ("Content is a duplicate of urn:li:share:7", Some("urn:li:share:7")),
            ("Content is a duplicate of (urn:li:ugcPost:71).", Some("urn:li:ugcPost:71")),
            ("urn:li:share:7: said before", Some("urn:li:share:7")),
            ("Content is a duplicate", None),
            ("urn:li:person:7", None),
        ];
        for (sentence, expected) in rows {
            assert_eq!(PostUrn::within(sentence).as_ref().map(PostUrn::as_str), expected, "{sentence}");
        }
    }
}
