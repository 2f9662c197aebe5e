//! A walk over every world that a model can reach, for the promise that no single world can break: that each post can
//! still come to its end. `stateright` knows "always" and, on paths without loops, "eventually"; this protocol goes round
//! for ever (pause and resume, claim and give back), and what it promises is that a way out is always left.

use std::collections::HashMap;

use stateright::Model;

/// Every reachable world, and the steps between them.
#[derive(Debug)]
pub(crate) struct Walk<M: Model> {
    pub(crate) worlds: Vec<M::State>,
    /// Of each world: from which it was first reached, and how.
    came_from: Vec<Option<(usize, M::Action)>>,
    /// Of each world: from which others one step leads here that may be counted on.
    counted_on: Vec<Vec<usize>>,
}

impl<M: Model> Walk<M>
where
    M::State: Clone + Eq + std::hash::Hash,
    M::Action: Copy + std::fmt::Debug,
{
    /// Walks breadth first; `helps` says which acts may be counted on, `seen` is told each step.
    pub(crate) fn new(
        model: &M,
        helps: fn(M::Action) -> bool,
        mut seen: impl FnMut(&M::State, M::Action, &M::State),
    ) -> Self {
        let mut walk = Self { worlds: Vec::new(), came_from: Vec::new(), counted_on: Vec::new() };
        let mut numbers = HashMap::new();
        for world in model.init_states() {
            walk.number(&mut numbers, world, None);
        }
        let (mut next, mut acts) = (0, Vec::new());
        while let Some(world) = walk.worlds.get(next).cloned() {
            model.actions(&world, &mut acts);
            for act in acts.drain(..) {
                let Some(after) = model.next_state(&world, act) else { continue };
                seen(&world, act, &after);
                let number = walk.number(&mut numbers, after, Some((next, act)));
                if helps(act) {
                    walk.counted_on[number].push(next);
                }
            }
            next += 1;
        }
        walk
    }

    fn number(
        &mut self,
        numbers: &mut HashMap<M::State, usize>,
        world: M::State,
        from: Option<(usize, M::Action)>,
    ) -> usize {
        *numbers.entry(world).or_insert_with_key(|world| {
            self.worlds.push(world.clone());
            self.came_from.push(from);
            self.counted_on.push(Vec::new());
            self.worlds.len() - 1
        })
    }

    /// The shortest way to a world from which no `end` can be reached by acts that may be counted on.
    pub(crate) fn dead_end(&self, end: fn(&M::State) -> bool) -> Option<Vec<M::Action>> {
        let mut leads_out: Vec<bool> = self.worlds.iter().map(end).collect();
        let mut todo: Vec<usize> = (0..leads_out.len()).filter(|number| leads_out[*number]).collect();
        while let Some(number) = todo.pop() {
            for before in &self.counted_on[number] {
                if !std::mem::replace(&mut leads_out[*before], true) {
                    todo.push(*before);
                }
            }
        }
        let stuck = leads_out.iter().position(|leads_out| !leads_out)?;
        let steps = std::iter::successors(self.came_from[stuck], |(from, _)| self.came_from[*from]);
        let mut way: Vec<_> = steps.map(|(_, act)| act).collect();
        way.reverse();
        Some(way)
    }
}
