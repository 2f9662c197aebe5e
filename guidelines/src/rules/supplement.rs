//! Rules of the supplement (X): length, accessibility, links and files. They are no policy: an office adopts them.
//! Two rules about files that serve the policy itself (`CC1b`) live here too, beside their like.
//! This list knows only which rules there are.

mod alt_missing;
mod emoji;
mod hashtag_case;
mod insecure;
mod length;
mod link_dead;
mod location_metadata;
mod media_fit;
mod people_consent;
mod readability;
mod shortener;
mod styled_unicode;

use crate::Rule;

/// The rules of this room, in the order of the manual.
pub(super) static RULES: &[&dyn Rule] = &[
    &location_metadata::LocationMetadata,
    &people_consent::PeopleConsent,
    &length::Length,
    &media_fit::MediaFit,
    &alt_missing::AltMissing,
    &hashtag_case::HashtagCase,
    &link_dead::LinkDead,
    &insecure::LinkInsecure,
    &shortener::LinkShortener,
    &emoji::Emoji,
    &styled_unicode::StyledUnicode,
    &readability::Readability,
];
