//! `masthead office export` and `import`: the whole office as one file, and back.

use std::path::Path;

use office::{
    Office,
    archive::{self, ImportOffice, Imported},
};
use serde_json::json;

use super::{super::password::Password, operator};
use crate::{
    cli::OfOffice,
    output::{self, Form},
};

pub(super) async fn export(office: &Office, form: Form, of: &OfOffice, file: &Path) -> anyhow::Result<()> {
    let requester = operator(office, of).await?;
    let written = archive::export(office, &requester, file).await?;
    if form == Form::Json {
        return output::json(&json!({
            "file": file, "bytes": written.bytes, "rows": written.rows, "media": written.media,
            "missingMedia": written.missing_media,
        }));
    }
    let (rows, media, bytes) = (written.rows, written.media, written.bytes);
    output::message(&format!("{}: {rows} rows and {media} media in {bytes} bytes", file.display()));
    lost(&written.missing_media);
    output::message("it holds personal data: keep it as you keep the database");
    Ok(())
}

pub(super) async fn import(
    office: &Office,
    form: Form,
    input: ImportOffice,
    password: &Password,
) -> anyhow::Result<()> {
    let dry_run = input.dry_run;
    let done = Box::pin(archive::import(office, input)).await?;
    let email = done.administrator.as_ref().map(|member| member.email.as_str());
    let shown = if dry_run { None } else { email.and(password.to_show()) };
    if form == Form::Json {
        return output::json(&json!({
            "slug": done.office.slug, "dryRun": dry_run, "exportedAt": done.exported_at, "rows": done.rows,
            "media": done.media, "missingMedia": done.missing_media, "pause": done.rested.pause.id,
            "held": done.rested.posts.held, "unconfirmed": done.rested.posts.unconfirmed,
            "corrections": done.rested.corrections, "mailsGivenUp": done.rested.mails,
            "channelsToConnect": done.rested.channels, "tokensRevoked": done.rested.tokens,
            "administrator": email, "password": shown,
        }));
    }
    tell(&done, dry_run);
    match email {
        None => output::message(
            "nobody in it is an administrator: name one with masthead member set-roles, and set-password",
        ),
        Some(email) if !dry_run => {
            output::message(&format!(
                "{email} can sign in; everybody else needs: masthead member set-password"
            ));
            password.show();
        }
        Some(_) => {}
    }
    Ok(())
}

fn tell(done: &Imported, dry_run: bool) {
    let (rows, media, rested) = (done.rows, done.media, &done.rested);
    let begins = if dry_run { "this was tried out, and nothing of it was kept:" } else { "restored" };
    output::message(&format!(
        "{begins} the office {} of {}, {rows} rows and {media} media",
        done.office.slug,
        done.exported_at.format("%Y-%m-%d %H:%M UTC")
    ));
    lost(&done.missing_media);
    output::message(&format!(
        "paused as a whole: {} posts held, {} that a person must decide about, {} corrections held, {} mails given up",
        rested.posts.held, rested.posts.unconfirmed, rested.corrections, rested.mails
    ));
    let anew = format!(
        "to be done anew: {} channels to connect, {} tokens of integrations to make",
        rested.channels, rested.tokens
    );
    // Nothing stands that could be resumed when nothing was kept.
    let resume =
        format!("; then resume: masthead queue resume {} --office {}", rested.pause.id, done.office.slug);
    output::message(&if dry_run { anew } else { anew + &resume });
}

fn lost(digests: &[String]) {
    if !digests.is_empty() {
        let listed = digests.join(", ");
        output::message(&format!(
            "{} media are missing: the media store had lost them: {listed}",
            digests.len()
        ));
    }
}
