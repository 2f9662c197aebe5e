//! What people do to posts, and what the clock does to those that wait.

use entity::post::PostState;
use office::lifecycle::PostEvent;

use super::{
    act::Act,
    protocol::Protocol,
    slip::Slip,
    world::{Look, World},
};

/// Whether it can be claimed, once it is due.
fn waits(state: PostState) -> bool {
    matches!(state, PostState::Scheduled | PostState::Retrying)
}

impl Protocol {
    pub(crate) fn person(&self, world: &mut World, act: Act) -> Option<()> {
        match act {
            Act::Look { post } => {
                let there = world.posts[post]?.copies > 0;
                world.person = Some(Look { post, there, current: true });
            }
            Act::Resolve { post } => self.resolve(world, post)?,
            Act::Cancel { post } => world.change(post)?.take(PostEvent::Cancel)?,
            Act::Reschedule { post } => {
                let row = world.change(post)?;
                row.take(PostEvent::Reschedule)?;
                row.late = false;
            }
            Act::Hold { post } => {
                let row = world.change(post)?;
                waits(row.state).then_some(())?;
                row.take(PostEvent::Hold)?;
            }
            Act::Edit { post } => {
                // An edit touches the draft, and the post only where it waits.
                if waits(world.posts[post]?.state) {
                    world.change(post)?.take(PostEvent::Hold)?;
                }
                world.posts[post].as_mut()?.approved = false;
            }
            Act::Shut => world.shut = true,
            Act::Open => world.shut = false,
            Act::GetLate { post } => world.posts[post].as_mut()?.late = true,
            Act::Expire { post } => {
                let row = world.change(post)?;
                (row.late && row.state != PostState::Sending).then_some(())?;
                row.take(PostEvent::Miss)?;
            }
            Act::Release { post } => {
                let row = world.posts[post]?;
                (world.open(&row) && !row.late).then_some(())?;
                world.change(post)?.take(PostEvent::Reopen)?;
            }
            _ => return None,
        }
        Some(())
    }

    fn resolve(&self, world: &mut World, post: usize) -> Option<()> {
        let look = world.person.filter(|look| look.post == post)?;
        let row = world.posts[post]?;
        let asked = row.person_decides || self.has(Slip::PersonBeforeThePlatform);
        let current = look.current || self.has(Slip::PersonAnswersAnOlderQuestion);
        (row.state == PostState::Unconfirmed && asked && current).then_some(())?;
        let there = look.there != self.has(Slip::PersonIsMistaken);
        let row = world.change(post)?;
        row.take(if there { PostEvent::Confirm } else { PostEvent::FindAbsent })?;
        (row.person_decides, row.unsure) = (false, false);
        world.person = None;
        Some(())
    }
}
