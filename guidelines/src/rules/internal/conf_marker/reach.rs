//! How far a mark reaches: the date that belongs to it, or the rest of its sentence. It does not know marks.

/// Words that dates and times are made of.
const DATES: &str = "at on the of next noon midnight am pm a.m p.m a.m. p.m. et est edt pt pst pdt mt mst mdt ct cst cdt gmt utc bst cet \
    hne hae hnp hap hp he eastern pacific mountain atlantic time local monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thurs fri \
    sat sun january february march april may june july august september october november december jan feb mar apr jun jul aug \
    sep sept oct nov dec tomorrow tonight morning afternoon evening today this week month year publication \
    le la à au h heure heures min minuit midi du matin soir lundi mardi mercredi jeudi vendredi samedi dimanche janv févr juil déc janvier février \
    mars avril mai juin juillet août septembre octobre novembre décembre demain prochain prochaine er 1er de l'est";

/// The end of the date that follows, or `at` where none does.
pub(super) fn with_date(text: &str, at: usize) -> usize {
    let mut end = at;
    let mut numbered = false;
    let mut cursor = at;
    for _ in 0..14 {
        let rest = text.get(cursor..).unwrap_or_default();
        let blank = rest.len() - rest.trim_start_matches([' ', '(', '\u{a0}']).len();
        let word_end = rest.get(blank..).and_then(|rest| rest.find([' ', '\n', '\t', '(']));
        let word = rest.get(blank..word_end.map_or(rest.len(), |end| blank + end)).unwrap_or_default();
        let bare = word.trim_end_matches([',', ':', ';', ')', '!', '"', '-']);
        let stem = bare.trim_end_matches('.');
        let digits = bare.starts_with(|c: char| c.is_ascii_digit());
        if stem.is_empty() || !(digits || is_date_word(bare) || is_date_word(stem)) {
            break;
        }
        numbered |= digits || stem.len() > 3;
        let spoken = matches!(stem, "a.m" | "p.m") || (bare.ends_with('.') && is_shortened(stem));
        let kept = if spoken { bare.len() } else { stem.len() };
        cursor += blank + word.len();
        end = cursor - word.len() + kept;
        let goes_on = word.ends_with(',') || word.len() == bare.len() && (!bare.ends_with('.') || spoken);
        if !goes_on {
            break;
        }
    }
    if numbered { end } else { at }
}

/// Months and days whose full stop ends nothing.
fn is_shortened(stem: &str) -> bool {
    const SHORT: &str = "jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thurs fri sat sun janv févr juil déc";
    SHORT.split(' ').any(|known| known == stem)
}

fn is_date_word(word: &str) -> bool {
    DATES.split_whitespace().any(|known| known == word)
}

/// Where the sentence ends, at most a hundred and sixty bytes further on.
pub(super) fn sentence_end(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let mut end = rest.len();
    for (index, c) in rest.char_indices() {
        let ends = matches!(c, '.' | '!' | '?' | ';' | ':')
            || c == '\n'
            || rest.get(index..).is_some_and(|r| r.starts_with(" - "));
        if ends || index > 160 {
            end = index;
            break;
        }
    }
    at + rest.get(..end).unwrap_or_default().trim_end().len()
}
