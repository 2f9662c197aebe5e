//! What surrounds a revision, as it is stored. Knows rows; what rules see of them is `surroundings`.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use entity::{ChannelId, InitiativeId, attestation, draft, initiative, member, plan, review, waiver};

use super::{NearbyPost, blog::Blog};
use crate::{amplify::Whose, links::LinkStatus};

/// What surrounds a revision, as it is stored.
#[derive(Debug, Clone)]
pub struct Around {
    /// Its draft.
    pub draft: draft::Model,
    /// For which initiative.
    pub initiative: Arc<initiative::Model>,
    /// The initiative's approved plan; none while there is none.
    pub plan: Option<Arc<plan::Model>>,
    /// Who wrote the revision; none when an integration did.
    pub author: Option<Arc<member::Model>>,
    /// Whether the author has acknowledged the handbook in force.
    pub acknowledged: bool,
    /// What is known of the initiative on the office's blog.
    pub blog: Blog,
    /// What was answered for the revision.
    pub attestations: Vec<attestation::Model>,
    /// Its reviews, oldest first.
    pub reviews: Vec<review::Model>,
    /// The exceptions that stand for it.
    pub waivers: Vec<waiver::Model>,
    /// Whose the post is that it passes on; none where it passes nothing on, or nobody asked.
    pub amplified: Option<Whose>,
    /// What is shared by all revisions that were loaded together.
    pub nearby: Arc<Nearby>,
}

/// What surrounds more than one revision.
#[derive(Debug, Clone)]
pub struct Nearby {
    /// The initiatives of drafts and of channels.
    pub initiatives: HashMap<InitiativeId, Arc<initiative::Model>>,
    /// How many stewards of each channel count.
    pub stewards: HashMap<ChannelId, u32>,
    /// What was and will be said, newest first.
    pub posts: Vec<NearbyPost>,
    /// How many of the office's last posts count as near.
    pub posts_of_office: usize,
    /// What is known of links, as they are written.
    pub links: BTreeMap<String, LinkStatus>,
}
