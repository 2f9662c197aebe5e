//! Which post gets which free slot. Pure. Knows slots and the order of posts; whether a post may be moved at all is `plan`.

use std::collections::HashMap;

use entity::{
    ChannelId,
    bulk_act::{Fate, LeftReason},
    post,
};

use super::plan::{Around, Asked, TAKES_A_MOMENT, moved};
use crate::calendar::LocalInstant;

/// Gives the slots of each channel, the free ones and those that these posts leave, to its posts in the order of their due
/// times. Where there are too few, the last posts stay, and with them their slots. The later parts of a thread take no slot:
/// they are due with the first part, or stay.
pub(super) fn reslot(asked: &Asked, posts: &[&post::Model], fates: &mut [Fate], around: &Around) {
    loop {
        let mut slots = slots(posts, fates, around);
        let mut stopped = false;
        let mut given: Vec<Option<&LocalInstant>> = Vec::with_capacity(posts.len());
        for (post, fate) in posts.iter().zip(fates.iter_mut()) {
            let slot = match fate {
                Fate::Changes(_) if post.part > 1 => first_part(posts, &given, post),
                Fate::Changes(_) => slots.get_mut(&post.channel_id).and_then(Vec::pop),
                Fate::Left(_) => None,
            };
            if matches!(fate, Fate::Changes(_)) && slot.is_none() {
                *fate = Fate::Left(LeftReason::NoFreeSlot);
                stopped = true;
            }
            given.push(slot);
        }
        if stopped {
            continue;
        }
        for ((post, fate), slot) in posts.iter().zip(fates.iter_mut()).zip(given) {
            if let (Fate::Changes(after), Some(slot)) = (&*fate, slot) {
                *fate = moved(asked, post, after.state, slot);
            }
        }
        return;
    }
}

/// The slot that the first part of a post's thread was given; it comes before the others.
fn first_part<'a>(
    posts: &[&post::Model],
    given: &[Option<&'a LocalInstant>],
    post: &post::Model,
) -> Option<&'a LocalInstant> {
    let first = |other: &&post::Model| {
        other.part == 1 && (other.revision_id, other.channel_id) == (post.revision_id, post.channel_id)
    };
    let found = posts.iter().zip(given).rfind(|(other, _)| first(other));
    found.and_then(|(_, slot)| *slot)
}

/// The slots that there are to give, latest first.
fn slots<'a>(
    posts: &[&post::Model],
    fates: &[Fate],
    around: &'a Around,
) -> HashMap<ChannelId, Vec<&'a LocalInstant>> {
    let mut slots: HashMap<ChannelId, Vec<&LocalInstant>> = HashMap::new();
    let moving = posts.iter().zip(fates).filter(|(_, fate)| matches!(fate, Fate::Changes(_)));
    for (post, _) in moving {
        let of_channel = slots
            .entry(post.channel_id)
            .or_insert_with(|| around.free.get(&post.channel_id).into_iter().flatten().collect());
        let own = around.own.get(&(post.channel_id, post.due_at));
        of_channel.extend(own.filter(|_| TAKES_A_MOMENT.contains(&post.state)));
    }
    for of_channel in slots.values_mut() {
        of_channel.sort_by_key(|slot| std::cmp::Reverse(slot.instant));
        of_channel.dedup_by(|one, other| one.instant == other.instant);
    }
    slots
}
