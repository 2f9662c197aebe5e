//! What is sent, exactly. Pure: a revision on a channel becomes one [`Composed`], and its digest is what reviews and
//! posts are bound to. What is checked, what is approved and what is sent are this same value (invariants 1 and 4).

use entity::{ChannelId, channel, media, revision, revision::Capacity, revision_media, revision_target};
use serde::Serialize;

use crate::vault::sha256_hex;

/// Exactly what goes out on one channel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Composed {
    /// Where it goes.
    pub channel_id: ChannelId,
    /// The account there: approved words must not appear under another name.
    pub handle: String,
    /// Title, for channels that show one.
    pub title: String,
    /// The variant or the revision's text, with the channel's signature.
    pub text: String,
    /// The link that goes with it.
    pub link: Option<String>,
    /// The channel's language, BCP 47.
    pub language: String,
    /// In which capacity it speaks.
    pub capacity: Option<Capacity>,
    /// Media in order.
    pub media: Vec<ComposedMedia>,
}

/// One media item as it goes out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ComposedMedia {
    /// Hash of its bytes.
    pub sha256: String,
    /// Type by content.
    pub media_type: String,
    /// Name.
    pub file_name: String,
    /// Alternative text.
    pub alt_text: Option<String>,
    /// Whether it says nothing and needs no text.
    pub decorative: bool,
}

/// Composes a revision for a channel. `variant` is the target's own text.
pub fn compose(
    revision: &revision::Model,
    variant: Option<&str>,
    channel: &channel::Model,
    media: &[(revision_media::Model, media::Model)],
) -> Composed {
    let mut text = variant.unwrap_or(&revision.text).to_owned();
    if let Some(signature) = &channel.signature {
        text.push(if text.contains('\n') { '\n' } else { ' ' });
        text.push_str(signature);
    }
    Composed {
        channel_id: channel.id,
        handle: channel.handle.clone(),
        title: revision.title.clone(),
        text,
        link: revision.link.clone(),
        language: channel.language.clone(),
        capacity: revision.capacity,
        media: media.iter().map(|(place, item)| composed_media(place, item)).collect(),
    }
}

fn composed_media(place: &revision_media::Model, item: &media::Model) -> ComposedMedia {
    ComposedMedia {
        sha256: item.sha256.clone().unwrap_or_default(),
        media_type: item.media_type.clone(),
        file_name: item.file_name.clone(),
        alt_text: place.alt_text.clone(),
        decorative: place.decorative,
    }
}

impl Composed {
    /// The digest that a review and a post are bound to: SHA-256, hex, of everything that will be sent.
    pub fn digest(&self) -> String {
        // A struct of strings always serialises; were it ever not to, the digest of nothing matches no approval.
        let canonical = serde_json::to_vec(&("masthead-digest-1", self)).unwrap_or_default();
        sha256_hex(&canonical)
    }
}

/// The digest of a revision: which one it is, and all of its targets in the order of their channels. No two revisions of
/// a draft share one, even when they would send the same words.
pub fn revision_digest(revision: &revision::Model, targets: &[revision_target::Model]) -> String {
    let mut digests: Vec<_> =
        targets.iter().map(|target| (target.channel_id, target.digest.as_str())).collect();
    digests.sort_unstable();
    let canonical = ("masthead-revision-1", revision.draft_id, revision.number, digests);
    sha256_hex(&serde_json::to_vec(&canonical).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn composed(text: &str) -> Composed {
        Composed {
            channel_id: ChannelId(Uuid::from_u128(1)),
            handle: "news".to_owned(),
            title: "Title".to_owned(),
            text: text.to_owned(),
            link: Some("https://example.org/".to_owned()),
            language: "en".to_owned(),
            capacity: Some(Capacity::Official),
            media: vec![ComposedMedia {
                sha256: "00".to_owned(),
                media_type: "image/png".to_owned(),
                file_name: "clinic.png".to_owned(),
                alt_text: Some("A clinic".to_owned()),
                decorative: false,
            }],
        }
    }

    #[test]
    fn whatever_is_changed_the_digest_is_another() {
        let original = composed("We open on Monday.");
        let changes: [fn(&mut Composed); 11] = [
            |c| c.handle.push('2'),
            |c| c.channel_id = ChannelId(Uuid::from_u128(2)),
            |c| c.title.push('!'),
            |c| c.text.push('!'),
            |c| c.link = None,
            |c| "fr".clone_into(&mut c.language),
            |c| c.capacity = None,
            |c| c.media[0].sha256.push('1'),
            |c| c.media[0].alt_text = None,
            |c| c.media[0].file_name.push('2'),
            |c| c.media.clear(),
        ];
        for (number, change) in changes.iter().enumerate() {
            let mut other = original.clone();
            change(&mut other);
            assert_ne!(other.digest(), original.digest(), "change {number} is not covered");
        }
    }

    proptest! {
        #[test]
        fn equal_words_have_equal_digests_and_others_do_not(one in ".{0,60}", two in ".{0,60}") {
            prop_assert_eq!(composed(&one).digest() == composed(&two).digest(), one == two);
        }
    }
}
