//! What tasks are called in mails, in English and in French. Pure.

use crate::{mail::Language, tasks::TaskKind};

/// What is to be done, as the beginning of a line.
pub(super) fn label(kind: TaskKind, language: Language) -> &'static str {
    let (english, french) = both(kind);
    language.say(english, french)
}

fn both(kind: TaskKind) -> (&'static str, &'static str) {
    use TaskKind as K;
    match kind {
        K::AcknowledgeHandbook => ("Acknowledge the handbook", "Prendre acte du guide"),
        K::DecideInitiative => ("Decide on a proposed initiative", "Décider d’une initiative proposée"),
        K::ApprovePlan => ("Approve a communications plan", "Approuver un plan de communication"),
        K::CompletePlan => ("Complete a communications plan", "Compléter un plan de communication"),
        K::ReviewPlan => ("Look at a communications plan again", "Revoir un plan de communication"),
        K::SetBloggingDuty => ("Say how often an initiative blogs", "Fixer le rythme du blogue"),
        K::BloggingOverdue => ("Write the blog post that is overdue", "Écrire le billet en retard"),
        K::DecideChannel => ("Decide on a requested channel", "Décider d’un canal demandé"),
        K::ActivateChannel => ("Put a channel in use", "Mettre un canal en service"),
        K::ApproveChannelRecord => ("Approve a channel’s new record", "Approuver la fiche d’un canal"),
        K::ResolvePost => ("Say whether a post went out", "Dire si une publication est sortie"),
        K::HeldPost => ("See to a post that is held", "S’occuper d’une publication retenue"),
        K::MissedPost => ("See to a post that missed its time", "S’occuper d’une publication manquée"),
        K::DriftedPost => {
            ("See to a post that was changed outside", "Voir une publication modifiée ailleurs")
        }
        K::ReviewDraft => ("Review a draft", "Relire un brouillon"),
        K::MendReviewPolicy => ("Mend a review policy", "Corriger une règle de relecture"),
        K::ApproveRecurrence => ("Approve a repetition", "Approuver une répétition"),
        K::GiveAdvice => ("Give advice on a draft", "Donner un avis sur un brouillon"),
        K::SecureChannel => ("Secure a channel at risk", "Sécuriser un canal menacé"),
        K::ReviewChannel => ("Look at a channel again", "Revoir un canal"),
        K::RetireChannel => ("Retire a channel", "Retirer un canal"),
        K::HandOverChannel => ("Hand over a channel", "Transmettre un canal"),
        K::TakeOverInitiative => ("Name who manages an initiative", "Nommer qui gère une initiative"),
        K::CloseInitiative => ("Close an initiative that is past its end", "Clore une initiative échue"),
        K::CompleteClosing => {
            ("Complete the closing of an initiative", "Achever la clôture d’une initiative")
        }
        K::ReassignDraft => ("Give a draft to somebody else", "Confier un brouillon à quelqu’un d’autre"),
        K::AskAnotherAdviser => ("Ask somebody else for advice", "Demander un autre avis"),
        K::AnswerPublic => ("Answer what was said to a channel", "Répondre à ce qui a été dit à un canal"),
        K::KeepCredential => ("Say who keeps a retired account", "Nommer qui garde un compte fermé"),
        K::KeepPartner => ("Say who looks after a partner", "Nommer qui s’occupe d’un partenaire"),
        K::ReplaceToken => ("Replace a token", "Remplacer un jeton"),
        K::ReviewListEntry => ("Look at an entry of the handbook", "Revoir une entrée du guide"),
        K::CompleteAnnouncement => ("Complete an announcement", "Compléter une annonce"),
        K::AnswerInitiativeQuestion => ("Answer about an initiative", "Répondre au sujet d’une initiative"),
        K::UndeliveredMail => ("See to a mail that did not arrive", "S’occuper d’un courriel non remis"),
        K::LateMail => ("See why mail waits", "Voir pourquoi le courriel attend"),
    }
}

/// Whether a task's title may stand in a mail: those of drafts, posts and mails may be words that were never published.
pub(super) fn titled(kind: TaskKind) -> bool {
    use TaskKind as K;
    !matches!(
        kind,
        K::ResolvePost
            | K::HeldPost
            | K::MissedPost
            | K::DriftedPost
            | K::ReviewDraft
            | K::ApproveRecurrence
            | K::GiveAdvice
            | K::ReassignDraft
            | K::AskAnotherAdviser
            | K::UndeliveredMail
            | K::LateMail
            | K::ReviewListEntry
    )
}
