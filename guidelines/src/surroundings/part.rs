//! The parts of what surrounds a submission, by name: what a rule says that it reads besides the words, and so what
//! need not be loaded where no rule does. It does not know any rule.

use super::Surroundings;
use crate::{ChannelView, DraftView, InitiativeView};

/// A part of what surrounds a submission.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// The instants of the check and of leaving.
    Time,
    /// When the university published its handbook, and when the office reviewed it.
    University,
    /// The channel, without its biography and stewards.
    Channel,
    /// The channel's biography.
    Bio,
    /// How many stewards answer for the channel.
    Stewards,
    /// The author.
    Author,
    /// The initiative, without its plan and what it has on the blog.
    Initiative,
    /// How many posts the initiative has on the blog.
    Blog,
    /// The initiative's plan.
    Plan,
    /// What the author has said of the draft: topic, key message, quotations, doubts.
    Draft,
    /// The draft's texts for the other channels.
    Variants,
    /// The post that the draft corrects or replaces.
    Original,
    /// What was answered to the rules' questions.
    Answers,
    /// The office's other posts.
    Neighbours,
    /// How links fared.
    Links,
    /// Who waits for an answer or for thanks on the channel.
    Waiting,
    /// Whose post it passes on.
    Amplified,
}

impl Part {
    /// Every part.
    pub const ALL: [Self; 17] = [
        Self::Time,
        Self::University,
        Self::Channel,
        Self::Bio,
        Self::Stewards,
        Self::Author,
        Self::Initiative,
        Self::Blog,
        Self::Plan,
        Self::Draft,
        Self::Variants,
        Self::Original,
        Self::Answers,
        Self::Neighbours,
        Self::Links,
        Self::Waiting,
        Self::Amplified,
    ];

    const fn bit(self) -> u32 {
        match self {
            Self::Time => 1,
            Self::University => 1 << 1,
            Self::Channel => 1 << 2,
            Self::Bio => 1 << 3,
            Self::Stewards => 1 << 4,
            Self::Author => 1 << 5,
            Self::Initiative => 1 << 6,
            Self::Blog => 1 << 7,
            Self::Plan => 1 << 8,
            Self::Draft => 1 << 9,
            Self::Variants => 1 << 10,
            Self::Original => 1 << 11,
            Self::Answers => 1 << 12,
            Self::Neighbours => 1 << 13,
            Self::Links => 1 << 14,
            Self::Waiting => 1 << 15,
            Self::Amplified => 1 << 16,
        }
    }
}

/// Some parts of what surrounds a submission; of the words alone, none.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Parts(u32);

impl Parts {
    /// These parts.
    pub const fn of(parts: &[Part]) -> Self {
        let mut bits = 0;
        let mut rest = parts;
        while let [first, more @ ..] = rest {
            bits |= first.bit();
            rest = more;
        }
        Self(bits)
    }

    /// Whether a part is among them.
    pub const fn contains(self, part: Part) -> bool {
        self.0 & part.bit() != 0
    }

    /// Whether there are none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// These and those.
    #[must_use]
    pub const fn and(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// These without those.
    #[must_use]
    pub const fn without(self, others: Self) -> Self {
        Self(self.0 & !others.0)
    }

    /// Whether any of these is among those.
    pub const fn meets(self, others: Self) -> bool {
        self.0 & others.0 != 0
    }

    /// Each of them.
    pub fn iter(self) -> impl Iterator<Item = Part> {
        Part::ALL.into_iter().filter(move |part| self.contains(*part))
    }
}

impl std::fmt::Debug for Parts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

impl Surroundings {
    /// The same with these parts alone: the others are not known.
    #[must_use]
    pub fn only(&self, parts: Parts) -> Self {
        let known = |part| parts.contains(part);
        Self {
            now: self.now.filter(|_| known(Part::Time)),
            scheduled_at: self.scheduled_at.filter(|_| known(Part::Time)),
            university_published_on: self.university_published_on.filter(|_| known(Part::University)),
            university_reviewed_on: self.university_reviewed_on.filter(|_| known(Part::University)),
            channel: self.channel.as_ref().and_then(|channel| channel.only(parts)),
            author: self.author.clone().filter(|_| known(Part::Author)),
            initiative: self.initiative.as_ref().and_then(|initiative| initiative.only(parts)),
            draft: self.draft.only(parts),
            neighbours: list(&self.neighbours, known(Part::Neighbours)),
            links: list(&self.links, known(Part::Links)),
            waiting: list(&self.waiting, known(Part::Waiting)),
            amplified: self.amplified.clone().filter(|_| known(Part::Amplified)),
        }
    }
}

impl ChannelView {
    fn only(&self, parts: Parts) -> Option<Self> {
        let known = |part| parts.contains(part);
        let rest = if known(Part::Channel) { self.clone() } else { Self::default() };
        parts.meets(Parts::of(&[Part::Channel, Part::Bio, Part::Stewards])).then(|| Self {
            bio: self.bio.clone().filter(|_| known(Part::Bio)),
            stewards: self.stewards.filter(|_| known(Part::Stewards)),
            ..rest
        })
    }
}

impl InitiativeView {
    fn only(&self, parts: Parts) -> Option<Self> {
        let known = |part| parts.contains(part);
        let rest = if known(Part::Initiative) { self.clone() } else { Self::default() };
        parts.meets(Parts::of(&[Part::Initiative, Part::Blog, Part::Plan])).then(|| Self {
            blog_posts: self.blog_posts.filter(|_| known(Part::Blog)),
            blog_due_on: self.blog_due_on.filter(|_| known(Part::Blog)),
            plan: self.plan.clone().filter(|_| known(Part::Plan)),
            ..rest
        })
    }
}

impl DraftView {
    fn only(&self, parts: Parts) -> Self {
        let known = |part| parts.contains(part);
        let rest = if known(Part::Draft) { self.clone() } else { Self::default() };
        Self {
            variants: list(&self.variants, known(Part::Variants)),
            correction_of: self.correction_of.clone().filter(|_| known(Part::Original)),
            edit_of: self.edit_of.clone().filter(|_| known(Part::Original)),
            attestations: list(&self.attestations, known(Part::Answers)),
            ..rest
        }
    }
}

fn list<T: Clone>(list: &[T], known: bool) -> Vec<T> {
    if known { list.to_vec() } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_a_set() {
        let parts = Parts::of(&[Part::Bio, Part::Links]);
        assert!(parts.contains(Part::Bio) && !parts.contains(Part::Channel));
        assert_eq!(parts.iter().collect::<Vec<_>>(), [Part::Bio, Part::Links]);
        assert_eq!(parts.without(Parts::of(&[Part::Bio])).and(Parts::of(&[Part::Time])).iter().count(), 2);
        assert_eq!(Parts::of(&Part::ALL).iter().count(), 17);
        assert_eq!(format!("{parts:?}"), "{Bio, Links}");
    }
}
