//! The numbers that bound everything, as `config/default.toml` sets them. Knows only the numbers.

use serde::Deserialize;

mod usual;

/// Limits of the office's rules. Each is described where it is set: `config/default.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Characters of a name, title, handle or other single line.
    pub line_chars: usize,
    /// Characters of a purpose, reason, comment or other paragraph.
    pub paragraph_chars: usize,
    /// Characters of a draft's text or variant.
    pub draft_text_chars: usize,
    /// Bytes of all that one archive of an office holds, unpacked.
    pub archive_bytes: u64,
    /// Files in one archive: its tables and its media.
    pub archive_files: usize,
    /// Bytes of one row in an archive.
    pub archive_row_bytes: usize,
    /// Bytes of an archive's manifest.
    pub archive_manifest_bytes: usize,
    /// Items of a list in an input (key messages, goals, sources).
    pub list_items: usize,
    /// Channels of one draft.
    pub channels_per_draft: usize,
    /// Media of one draft.
    pub media_per_draft: usize,
    /// Languages in which one film has captions.
    pub captions_per_film: usize,
    /// Parts of one thread.
    pub thread_parts: usize,
    /// Bytes of one upload.
    pub upload_bytes: u64,
    /// Bytes of one film.
    pub film_bytes: u64,
    /// Bytes of one caption file.
    pub caption_bytes: usize,
    /// Pixels of one picture.
    pub image_pixels: usize,
    /// Pixels of the longer edge of a picture that is made to fit, at most.
    pub fitted_edge_max: u32,
    /// The same, at least.
    pub fitted_edge_min: u32,
    /// Quality of a JPEG that is made to fit, from 1 to 100.
    pub fitted_quality: u8,
    /// The same, at least.
    pub fitted_quality_min: u8,
    /// Pictures that one process makes to fit at the same time.
    pub fitted_at_once: usize,
    /// Minutes for which an upload address is good.
    pub upload_minutes: i64,
    /// Stewards that an active channel has at least.
    pub stewards_at_least: usize,
    /// Days ahead that a post may be scheduled.
    pub schedule_ahead_days: i64,
    /// Days ahead that the posts of a recurrence are made.
    pub recurrence_ahead_days: i64,
    /// Posts of a recurrence on one channel that are made ahead, at most.
    pub recurrence_posts_ahead: usize,
    /// Minutes between two posts on a channel, or of two initiatives for one audience, below which they clash.
    pub clash_minutes: i64,
    /// Posts of a channel on one day above which a warning is given.
    pub posts_per_day_warn: usize,
    /// Days without a post on a channel after which a warning is given.
    pub silence_days: i64,
    /// Months after which a communications plan is looked at again, where it names no day.
    pub plan_review_months: u32,
    /// Days after that from which it waits for the coordinators too.
    pub plan_review_grace_days: i64,
    /// Days from a channel's activation, or its last review, to its next review.
    pub channel_review_days: i64,
    /// Things of one kind that are shown of what depends on a member who leaves.
    pub departure_items: u64,
    /// Hours in which a task about a post or a mail that is stuck should be settled.
    pub task_repair_hours: i64,
    /// Days in which a decision, a review, advice or an answer that others wait for should be given.
    pub task_decide_days: i64,
    /// Days in which a task that nobody else waits for should be settled.
    pub task_care_days: i64,
    /// Days after its due time that a task is told to others than whom it waits for.
    pub task_escalate_days: i64,
    /// Days between two reminders of what is overdue.
    pub task_remind_days: i64,
    /// The hour of the office's day from which the digest of tasks is written.
    pub digest_hour: u32,
    /// Tasks that one digest names.
    pub digest_tasks: usize,
    /// Days that one delegation lasts, and ahead of which it is written down.
    pub delegation_days: i64,
    /// Days ahead of an initiative's end from which the channels that it alone is served by count as at risk.
    pub orphan_warn_days: i64,
    /// Days ahead of its end from which a credential counts as a risk.
    pub credential_warn_days: i64,
    /// Seconds between two looks at what the public says to a channel; 0: it is not read.
    pub inbox_seconds: i64,
    /// Seconds between two looks at how often a channel's posts were seen and answered; 0: nobody looks.
    pub figures_seconds: i64,
    /// Days after publishing for which a post is looked at so.
    pub figures_days: i64,
    /// Posts of a channel that one such look asks about.
    pub figures_posts: u64,
    /// Hours in which what the public says should be answered.
    pub answer_hours: i64,
    /// Days after that from which a channel counts as at risk; and how old what is read first may be.
    pub unanswered_days: i64,
    /// Days without a post, a review or its activation after which a channel counts as silent.
    pub channel_silent_days: i64,
    /// Weeks between two posts of an initiative on the office's blog, where nobody says otherwise.
    pub blogging_every_weeks: i32,
    /// Lines of a sheet that is brought in.
    pub import_rows: usize,
    /// Bytes of the same.
    pub import_bytes: usize,
    /// Years from today, either way, that a day of an initiative or a plan may lie.
    pub years_around: i32,
    /// The largest figure of a goal or a measurement, without its sign.
    pub figure_max: i64,
    /// Days overdue after which a blog post waits for the coordinators too, where nobody says otherwise.
    pub blogging_grace_days: i32,
    /// Days back that a report on key messages reaches, where nobody says otherwise.
    pub coverage_days: i64,
    /// Days that one such report covers, at most.
    pub coverage_days_max: i64,
    /// Minutes late that a post may be allowed to be.
    pub publish_late_minutes_max: i32,
    /// Posts that one bulk act takes.
    pub bulk_posts: u64,
    /// Posts that one simulation looks at.
    pub simulated_posts: u64,
    /// Days that one simulation looks ahead.
    pub simulated_days: i64,
    /// Characters of a password, at least.
    pub password_chars: usize,
    /// Minutes for which an access token is good.
    pub access_token_minutes: i64,
    /// Seconds before its end that a credential is refreshed at the latest, or a tenth of its life where that is longer.
    pub refresh_ahead_seconds: i64,
    /// Minutes for which a person may be asked at a platform.
    pub authorization_minutes: i64,
    /// Hours between two looks at a channel's account.
    pub profile_every_hours: i64,
    /// Minutes after it was published at which a post is read back and compared.
    pub read_back_minutes: Vec<i64>,
    /// Days for which a refresh token is good.
    pub refresh_token_days: i64,
    /// Minutes for which a set-up link is good.
    pub setup_link_minutes: i64,
    /// Days after which a new key signs access tokens.
    pub signing_key_days: i64,
    /// Seconds for which a worker holds a post; longer than any call to a platform.
    pub lease_seconds: i64,
    /// Look-ups before a person is asked.
    pub look_ups_at_most: i32,
    /// Seconds between losing sight of a post and its first look-up: a lost request must have ended by then.
    pub look_up_after_seconds: i64,
    /// Seconds of the first back-off; it doubles with each try.
    pub backoff_seconds: i64,
    /// Seconds of the longest back-off.
    pub backoff_seconds_max: i64,
    /// Seconds for which a post may be prepared at its platform, over all of its tries; then it begins anew.
    pub preparing_seconds: i64,
    /// Seconds from one such try to the next, at most, where the platform does not ask for more.
    pub preparing_wait_seconds_max: i64,
    /// Channels with something due that one claim looks at, so that each office gets its turn among them.
    pub claim_window: u64,
    /// Failures in a row after which a channel is tried only now and then.
    pub breaker_failures: i32,
    /// Seconds of the first wait after that; it doubles with each failure.
    pub breaker_seconds: i64,
    /// Seconds of the longest wait.
    pub breaker_seconds_max: i64,
    /// Seconds late from which on a channel's posts go out one by one.
    pub catch_up_after_seconds: i64,
    /// Seconds between two of them.
    pub catch_up_gap_seconds: i64,
    /// Seconds after which a mail whose answer was lost is sent once more, under the same Message-ID.
    pub mail_again_seconds: i64,
    /// Days for which a mail is tried.
    pub mail_wait_days: i64,
    /// Minutes after which mail that waits is an administrator's task.
    pub mail_late_minutes: i64,
    /// Steps of one review policy.
    pub review_steps: usize,
    /// Hours in which a step of a review policy is to be decided, at most.
    pub review_deadline_hours: i32,
    /// Comments on one draft, replies and suggestions included.
    pub draft_comments: u64,
    /// Partners of one office that nobody has ended.
    pub partners: usize,
    /// Accounts of one partner.
    pub partner_accounts: usize,
    /// Channels that are named as those which could pass a post on.
    pub amplifiers: u64,
    /// Questions about one initiative.
    pub initiative_questions: u64,
    /// Characters of the reason of an exception to a finding, at least.
    pub waiver_reason_chars: usize,
    /// Posts of an office, and of a channel, that a new text is compared with.
    pub neighbours: u64,
    /// Days back that they were published.
    pub neighbour_days: i64,
    /// Bytes of a handbook as it is proposed; a request holds it whole.
    pub handbook_bytes: usize,
    /// Queued posts, and published ones, that one back-test looks at.
    pub back_test_posts: u64,
    /// Posts that are checked again before `activateHandbook` answers; the worker goes on with the others.
    pub recheck_at_once: usize,
    /// Held posts, and missed ones, that are looked at to say what lifting a pause does.
    pub resume_preview_posts: u64,
    /// Links of one revision that are checked.
    pub links_per_revision: usize,
    /// Characters of a link that is checked.
    pub link_chars: usize,
    /// Seconds for which a worker holds a link that it checks; longer than one check.
    pub link_hold_seconds: i64,
    /// Hours between two checks of a link that answered, or is dead or refused.
    pub link_recheck_hours: i64,
    /// Minutes of the first back-off after a link that could not be reached; it doubles with each try.
    pub link_backoff_minutes: i64,
    /// Times in a row that a link's host must be unknown before the link counts as dead.
    pub link_misses: i32,
    /// Days after its last use in a revision for which a link is checked.
    pub link_watch_days: i64,
}
