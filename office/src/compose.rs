//! What is sent, exactly. Pure: a revision on a channel becomes one [`Composed`], and its digest is what reviews and
//! posts are bound to. What is checked, what is approved and what is sent are this same value (invariants 1 and 4).

use entity::{ChannelId, channel, revision, revision::Capacity, revision_target};
use serde::Serialize;

use crate::vault::sha256_hex;

mod placed;
pub(crate) mod thread;

pub use placed::{ComposedCaption, ComposedMedia, Placed};

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
    /// The parts in which it goes out as a thread, each exactly as it is sent; none where it goes out whole. Left out where
    /// there are none, so that digests of what goes out whole are what they were before there were threads.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<String>,
    /// The post of others that is passed on, or quoted where there are words. Left out where there is none, so that digests of
    /// what has to do with none are what they were before anything was passed on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amplifies: Option<String>,
    /// What it answers, by the platform's own name. Left out where it answers nothing, so that digests of what does not are what
    /// they were before anything was answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answers: Option<String>,
}

/// Composes a revision for a channel. `variant` is the target's own text.
pub fn compose(
    revision: &revision::Model,
    variant: Option<&str>,
    channel: &channel::Model,
    media: &[Placed],
) -> Composed {
    let text = variant.unwrap_or(&revision.text).to_owned();
    // What is passed on carries no words, and so no signature.
    let text = match &channel.signature {
        Some(signature) if !revision.passes_on() => append(text, signature),
        _ => text,
    };
    Composed {
        channel_id: channel.id,
        handle: channel.handle.clone(),
        title: revision.title.clone(),
        text,
        link: revision.link.clone(),
        language: channel.language.clone(),
        capacity: revision.capacity,
        media: media.iter().map(ComposedMedia::from).collect(),
        parts: Vec::new(),
        amplifies: revision.amplifies.clone(),
        answers: revision.answers_remote_id.clone(),
    }
}

/// A text with something at its end, on a line of its own where the text has lines.
fn append(mut text: String, end: &str) -> String {
    text.push(if text.contains('\n') { '\n' } else { ' ' });
    text.push_str(end);
    text
}

impl Composed {
    /// The same, as the parts that were stored with the target.
    #[must_use]
    pub fn in_parts(mut self, parts: Option<&revision_target::Parts>) -> Self {
        self.parts = parts.map(|parts| parts.0.clone()).unwrap_or_default();
        self
    }

    /// The post of others that is passed on in place of words.
    pub fn passes_on(&self) -> Option<&str> {
        self.amplifies.as_deref().filter(|_| self.text.trim().is_empty())
    }

    /// The post of others that is shown below the words.
    pub fn quotes(&self) -> Option<&str> {
        self.amplifies.as_deref().filter(|_| !self.text.trim().is_empty())
    }

    /// Whether a post can be this part of it: 0 is what goes out whole, and a thread never does.
    pub fn has_part(&self, part: i32) -> bool {
        usize::try_from(part)
            .is_ok_and(|part| (part == 0) == self.parts.is_empty() && part <= self.parts.len())
    }

    /// What one post of it sends: the whole, or a part of the thread. Media and what is quoted go with the first part; so
    /// does the link, unless another part has it among its words. None where there is no such part.
    pub fn part(mut self, part: i32) -> Option<Self> {
        if !self.has_part(part) {
            return None;
        }
        let Some(index) = usize::try_from(part).ok()?.checked_sub(1) else { return Some(self) };
        let said = |link: &String| self.parts.iter().position(|words| words.contains(link.as_str()));
        let with_link = self.link.as_ref().and_then(said).unwrap_or_default();
        self.link = self.link.filter(|_| with_link == index);
        if index > 0 {
            self.media.clear();
            self.amplifies = None;
            self.answers = None;
        }
        self.text.clone_from(self.parts.get(index)?);
        self.parts.clear();
        Some(self)
    }

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
                captions: Vec::new(),
            }],
            parts: Vec::new(),
            amplifies: None,
            answers: None,
        }
    }

    fn thread(parts: &[&str]) -> Composed {
        Composed { parts: parts.iter().map(|part| (*part).to_owned()).collect(), ..composed("All of it.") }
    }

    fn caption(language: &str) -> ComposedCaption {
        ComposedCaption {
            language: language.to_owned(),
            label: None,
            sha256: "11".to_owned(),
            file_name: "clinic.srt".to_owned(),
        }
    }

    #[test]
    fn whatever_of_its_captions_is_changed_the_digest_is_another() {
        let mut original = composed("We open on Monday.");
        original.media[0].captions = vec![caption("en"), caption("fr")];
        let changes: [fn(&mut Vec<ComposedCaption>); 6] = [
            |captions| "cy".clone_into(&mut captions[0].language),
            |captions| captions[0].label = Some("English".to_owned()),
            |captions| captions[1].sha256.push('2'),
            |captions| captions[1].file_name.push('2'),
            |captions| captions.swap(0, 1),
            |captions| captions.truncate(1),
        ];
        for (number, change) in changes.iter().enumerate() {
            let mut other = original.clone();
            change(&mut other.media[0].captions);
            assert_ne!(other.digest(), original.digest(), "change {number} is not covered");
        }
    }

    #[test]
    fn what_goes_out_whole_has_the_digest_that_it_had_before_there_were_threads() {
        let before = "70f836236a148063d8d7ca6cef4a055846834e0b2734729761557995e7e11fa9";
        assert_eq!(composed("We open on Monday.").digest(), before);
        assert_ne!(thread(&["a 1/2", "b 2/2"]).digest(), thread(&["a b 1/2", "2/2"]).digest());
    }

    #[test]
    fn what_is_passed_on_is_covered_by_the_digest() {
        let of = |url: &str| Composed { amplifies: Some(url.to_owned()), ..composed("") }.digest();
        assert_ne!(
            of("https://social.example.org/@partner/115"),
            of("https://social.example.org/@partner/116")
        );
    }

    #[test]
    fn what_was_passed_on_before_there_were_quotes_has_the_digest_that_it_had() {
        let url = "https://social.example.org/@partner/115";
        let of = |text: &str| Composed {
            amplifies: Some(url.to_owned()),
            link: None,
            media: Vec::new(),
            ..composed(text)
        };
        let before = "fcf7ccec973f384882740a1313af7a28f38769d4d19ce36deb22b587c4e1da54";
        assert_eq!(
            (of("").digest().as_str(), of("").passes_on(), of("").quotes()),
            (before, Some(url), None)
        );
        let quote = of("We thank them.");
        assert_eq!((quote.passes_on(), quote.quotes()), (None, Some(url)));
    }

    #[test]
    fn what_is_quoted_goes_with_the_first_part() {
        let url = "https://social.example.org/@partner/115";
        let whole = Composed { amplifies: Some(url.to_owned()), ..thread(&["One. 1/2", "Two. 2/2"]) };
        let quoted = [1, 2].map(|part| whole.clone().part(part).unwrap().quotes().map(str::to_owned));
        assert_eq!(quoted, [Some(url.to_owned()), None]);
    }

    #[test]
    fn a_post_of_a_thread_sends_its_part_alone() {
        let whole = thread(&["One. 1/2", "Two: https://example.org/ 2/2"]);
        let [first, second] = [1, 2].map(|part| whole.clone().part(part).unwrap());
        assert_eq!((first.text.as_str(), first.media.len(), &first.link), ("One. 1/2", 1, &None));
        assert_eq!((second.media.len(), second.link.as_deref()), (0, Some("https://example.org/")));
        assert_eq!(thread(&["One. 1/2", "Two. 2/2"]).part(1).unwrap().link, whole.link);
        assert_eq!([0, 3, -1].map(|part| whole.clone().part(part)), [None, None, None]);
        assert_eq!(composed("Whole.").part(0), Some(composed("Whole.")));
        assert_eq!(composed("Whole.").part(1), None);
    }

    #[test]
    fn whatever_is_changed_the_digest_is_another() {
        let original = composed("We open on Monday.");
        let changes: [fn(&mut Composed); 15] = [
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
            |c| c.media[0].captions.push(caption("en")),
            |c| c.parts.push("We open on Monday. 1/1".to_owned()),
            |c| c.amplifies = Some("https://social.example.org/@partner/115".to_owned()),
            |c| c.answers = Some("115".to_owned()),
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
