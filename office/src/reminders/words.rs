//! What a digest says, in English and in French. Pure. It names no draft, post or mail by its title, and no address.

use entity::{MemberId, mail::MailKind};

use super::{
    Digest, Line,
    labels::{label, titled},
};
use crate::mail::{Language, Words};

/// The digest as a mail; at most so many lines of tasks.
pub(super) fn write(digest: &Digest, me: MemberId, tag: &str, at_most: usize) -> Words {
    let language = Language::of(tag);
    let (late, due): (Vec<&Line>, Vec<&Line>) = digest.own.iter().partition(|line| line.overdue);
    let sections = [
        (("Overdue", "En retard"), late.as_slice()),
        (("Due by tomorrow", "À faire d’ici demain"), due.as_slice()),
        (
            (
                "Nobody has settled these, which wait for others",
                "Personne n’a réglé ceci, qui attend d’autres",
            ),
            &Vec::from_iter(&digest.others),
        ),
    ];
    let mut body = String::new();
    let mut room = at_most;
    for ((english, french), lines) in sections {
        if lines.is_empty() {
            continue;
        }
        body.push_str(&format!("{} ({})\n", language.say(english, french), lines.len()));
        for line in lines.iter().take(room) {
            body.push_str(&format!("- {}\n", told(line, me, language)));
        }
        if lines.len() > room {
            let more = lines.len() - room;
            let more = match language {
                Language::English => format!("… and {more} more"),
                Language::French => format!("… et {more} de plus"),
            };
            body.push_str(&format!("{more}\n"));
        }
        room = room.saturating_sub(lines.len());
        body.push('\n');
    }
    if !digest.others.is_empty() {
        body.push_str(language.say(
            "Please ask those for whom they wait, or see that somebody else does it.\n",
            "Veuillez demander à ces personnes, ou veiller à ce que quelqu’un d’autre le fasse.\n",
        ));
    }
    Words {
        kind: MailKind::TasksDue,
        initiative_id: None,
        subject: subject(language, late.len(), digest.own.len(), digest.others.len()),
        body: format!("{}\n", body.trim_end()),
    }
}

fn subject(language: Language, late: usize, own: usize, others: usize) -> String {
    let tasks = |count: usize| match (language, count) {
        (Language::English, 1) => "1 task".to_owned(),
        (Language::English, _) => format!("{count} tasks"),
        (Language::French, 0 | 1) => format!("{count} tâche"),
        (Language::French, _) => format!("{count} tâches"),
    };
    match (language, own, late) {
        (Language::English, 0, _) => format!("{} of others that nobody has settled", tasks(others)),
        (Language::French, 0, _) => format!("{} d’autres que personne n’a réglées", tasks(others)),
        (Language::English, _, 0) => format!("{} due by tomorrow", tasks(own)),
        (Language::French, _, 0) => format!("{} à faire d’ici demain", tasks(own)),
        (Language::English, _, _) => format!("{} for you, {late} overdue", tasks(own)),
        (Language::French, _, _) => format!("{} pour vous, {late} en retard", tasks(own)),
    }
}

/// One task: what is to be done, of what, by when, by which clause, and for whom it waits where that is not the reader alone.
fn told(line: &Line, me: MemberId, language: Language) -> String {
    let mut said = label(line.kind, language).to_owned();
    if titled(line.kind) {
        said.push_str(&format!("{}{}", language.say(": ", " : "), line.title));
    }
    let due = if line.overdue { ("was due", "échéance passée le") } else { ("due", "échéance le") };
    said.push_str(&format!(" ({} {}", language.say(due.0, due.1), line.due_on));
    if let Some(clause) = line.kind.clause() {
        said.push_str(&format!("; {}", language.clause(clause)));
    }
    if line.of.iter().any(|(id, _)| *id != me) {
        let names: Vec<&str> = line.of.iter().map(|(_, name)| name.as_str()).collect();
        said.push_str(&format!("; {} {}", language.say("waits for", "attend"), names.join(", ")));
    }
    said.push(')');
    // What puts a channel at risk is told in English only, here as among the tasks.
    if let Some(why) = line.why.as_deref().filter(|_| language == Language::English) {
        said.push_str(&format!(": {why}"));
    }
    said
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::tasks::TaskKind;

    fn line(kind: TaskKind, overdue: bool, of: &[(u128, &str)]) -> Line {
        Line {
            kind,
            title: "River watch".to_owned(),
            due_on: "2027-03-10".parse().unwrap(),
            overdue,
            why: (kind == TaskKind::SecureChannel).then(|| "its steward Bo has left the office".to_owned()),
            of: of.iter().map(|(id, name)| (Uuid::from_u128(*id).into(), (*name).to_owned())).collect(),
        }
    }

    #[test]
    fn a_digest_names_what_is_late_first_and_no_draft() {
        let me = Uuid::from_u128(1).into();
        let digest = Digest {
            own: vec![
                line(TaskKind::ReviewDraft, true, &[(1, "Ana")]),
                line(TaskKind::ApprovePlan, false, &[(2, "Bo")]),
                line(TaskKind::ApprovePlan, false, &[(1, "Ana")]),
            ],
            others: vec![line(TaskKind::GiveAdvice, true, &[(3, "Cy")])],
        };
        let words = write(&digest, me, "en-CA", 3);
        assert_eq!(words.subject, "3 tasks for you, 1 overdue");
        assert_eq!(
            words.body,
            "Overdue (1)\n- Review a draft (was due 2027-03-10)\n\nDue by tomorrow (2)\n\
             - Approve a communications plan: River watch (due 2027-03-10; handbook, clause PS3; waits for Bo)\n\
             - Approve a communications plan: River watch (due 2027-03-10; handbook, clause PS3)\n\n\
             Nobody has settled these, which wait for others (1)\n… and 1 more\n\n\
             Please ask those for whom they wait, or see that somebody else does it.\n"
        );
        let risk = told(&line(TaskKind::SecureChannel, false, &[(1, "Ana")]), me, Language::English);
        assert!(risk.ends_with("clause IC3): its steward Bo has left the office"), "{risk}");
        let french = write(&digest, me, "fr", 9);
        assert_eq!(french.subject, "3 tâches pour vous, 1 en retard");
        assert!(french.body.contains(
            "- Donner un avis sur un brouillon (échéance passée le 2027-03-10; guide, clause CC7; attend Cy)"
        ));
    }
}
