//! Whether another post leaves on the same channel at nearly the same time. It does not know what it says.

use chrono::TimeDelta;
use serde::Deserialize;

use super::around::{beside, instant, judged};
use crate::{Check, Example, Hit, Neighbour, Office, Surroundings, rule::rule};

rule!(
    Collision, "IC4.collision", version 1, "IC4", Advise, reads: [Time, Neighbours],
    what: "Finds other posts of the office that leave on the same channel within half an hour.",
    why: "Two posts at once take readers from one another; a plan takes the whole office's social media into account.",
    instead: "Move one of the two, or ask the other's author.",
    fires: [
        Example::of("Doors open at six.").amid("a post scheduled for the same minute", || {
            beside("Our new chair", 0)
        }),
        Example::of("Doors open at six.").amid("a post ten minutes earlier", || near(-10)),
        Example::of("Doors open at six.").amid("a post half an hour later", || near(30)),
    ],
    quiet: [
        Example::of("Doors open at six.").amid("a post an hour later", || beside("Our new chair", 1)),
        Example::of("Doors open at six.").amid("a post on another channel", || {
            let mut around = beside("Our new chair", 0);
            around.neighbours.iter_mut().for_each(|other| other.same_channel = false);
            around
        }),
        Example::of("Doors open at six.").amid("no time set", || {
            Surroundings { scheduled_at: None, ..beside("Our new chair", 0) }
        }),
    ],
);

/// Surroundings of an example: another post, minutes away.
fn near(minutes: i64) -> Surroundings {
    let mut around = beside("Our new chair", 0);
    let at = instant(0).checked_add_signed(TimeDelta::minutes(minutes)).unwrap_or_default();
    around.neighbours.iter_mut().for_each(|other| other.at = at);
    around
}

#[derive(Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Params {
    /// Posts so many minutes apart, or fewer, collide.
    minutes: u32,
}

impl Default for Params {
    fn default() -> Self {
        Self { minutes: 30 }
    }
}

fn prepare(params: &Params, _: &Office) -> Result<Box<dyn Check>, String> {
    let window = TimeDelta::minutes(i64::from(params.minutes));
    judged(move |around| {
        let at = around.scheduled_at?;
        let apart = |other: &&Neighbour| other.same_channel && (other.at - at).abs() <= window;
        let other = around.neighbours.iter().filter(apart).min_by_key(|other| (other.at - at).abs())?;
        let minutes = (other.at - at).abs().num_minutes();
        let message = format!("Another post ({}) leaves on this channel {minutes} minutes apart.", other.id);
        Some(Hit::whole("channel", message).suggesting("Move one of the two."))
    })
}
