//! Pages of lists that are held whole, because they are short or come through a loader: the same cursors and the same
//! answers as the office's keyset pages.

use std::cmp::Ordering;

use office::paging::{Cursor, Direction, Page, PageRequest, SortKey};

/// One page of `rows`, sorted by their cursors.
pub(crate) fn page_of<M>(
    rows: Vec<M>,
    cursor: impl Fn(&M) -> Cursor,
    direction: Direction,
    request: &PageRequest,
) -> Page<M> {
    let order = |one: &Cursor, other: &Cursor| match direction {
        Direction::Ascending => compare(one, other),
        Direction::Descending => compare(other, one),
    };
    let mut rows: Vec<(Cursor, M)> = rows.into_iter().map(|row| (cursor(&row), row)).collect();
    rows.sort_by(|(one, _), (other, _)| order(one, other));
    if let Some(after) = &request.after {
        rows.retain(|(at, _)| order(at, after) == Ordering::Greater);
    }
    if let Some(before) = &request.before {
        rows.retain(|(at, _)| order(at, before) == Ordering::Less);
    }
    let limit = usize::try_from(request.limit).unwrap_or(usize::MAX);
    let more = rows.len() > limit;
    let skipped = if request.backward { rows.len().saturating_sub(limit) } else { 0 };
    let items = rows.into_iter().skip(skipped).take(limit).map(|(_, row)| row).collect();
    if request.backward {
        return Page { items, has_next: request.before.is_some(), has_previous: more };
    }
    Page { items, has_next: more, has_previous: request.after.is_some() }
}

fn compare(one: &Cursor, other: &Cursor) -> Ordering {
    let keys = match (&one.key, &other.key) {
        (SortKey::Time(one), SortKey::Time(other)) => one.cmp(other),
        (SortKey::Text(one), SortKey::Text(other)) => one.cmp(other),
        (SortKey::Number(one), SortKey::Number(other)) => one.cmp(other),
        // A cursor carries the name of its list, and a list has keys of one kind.
        _ => Ordering::Equal,
    };
    keys.then_with(|| one.id.cmp(&other.id))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "pages hand out references")]
    fn cursor(row: &i64) -> Cursor {
        Cursor { key: SortKey::Number(*row), id: Uuid::nil() }
    }

    fn page(direction: Direction, request: &PageRequest) -> (Vec<i64>, bool, bool) {
        let page = page_of(vec![3, 1, 2, 5, 4], cursor, direction, request);
        (page.items, page.has_previous, page.has_next)
    }

    #[test]
    fn pages_run_both_ways_and_say_what_is_around_them() {
        let first = PageRequest::first(2);
        assert_eq!(page(Direction::Ascending, &first), (vec![1, 2], false, true));
        assert_eq!(page(Direction::Descending, &first), (vec![5, 4], false, true));
        let after = PageRequest { after: Some(cursor(&2)), ..PageRequest::first(9) };
        assert_eq!(page(Direction::Ascending, &after), (vec![3, 4, 5], true, false));
        let last = PageRequest { backward: true, before: Some(cursor(&5)), ..first };
        assert_eq!(page(Direction::Ascending, &last), (vec![3, 4], true, true));
    }
}
