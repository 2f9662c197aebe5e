//! What a draft passes on or quotes, and what may go with it where. It knows that whatever no platform carries must not be
//! approved, since it would be lost without a sign; it does not know whose the post is.

use entity::{channel, channel::Platform, revision, revision::Capacity};

use super::is_offered;
use crate::{
    Limits,
    checks::length::abilities,
    directory::{PostAddress, platform_name, post_at},
    drafts::Content,
    error::{RefusalCode, Result, refuse},
    fields,
};

/// Whether the draft says something of the post: then it quotes it.
fn has_words(content: &Content) -> bool {
    !fields::says_nothing(&content.text)
}

/// Platforms that show media and a quote in one post.
const WITH_MEDIA: [Platform; 1] = [Platform::Bluesky];

/// Reads the address of what a draft passes on or quotes, and refuses what cannot go with it.
pub(crate) fn read_content(limits: &Limits, content: &Content) -> Result<Option<PostAddress>> {
    let Some(written) = content.amplifies.as_deref() else { return Ok(None) };
    let written = fields::web_address(limits, "amplifies", written)?;
    let Some(post) = post_at(&written) else {
        let message = "this is not the address of one post on Mastodon, Bluesky, X or LinkedIn: open the post and give its \
                       own address (on LinkedIn one with urn:li:share or urn:li:ugcPost)";
        return refuse(RefusalCode::Invalid, "amplifies", message);
    };
    if has_words(content) {
        everywhere(content)?;
    } else {
        alone(content)?;
    }
    Ok(Some(post))
}

/// Refuses a quote that would say nothing on one of its channels.
fn everywhere(content: &Content) -> Result<()> {
    let silent = |text: &Option<String>| text.as_ref().is_some_and(|text| fields::says_nothing(text));
    if let Some(at) = content.targets.iter().position(|target| silent(&target.text)) {
        let message = "this draft quotes a post, and would say nothing on this channel: write the channel's text, or leave it \
                       out so that the common text serves";
        return refuse(RefusalCode::Invalid, &format!("targets.{at}.text"), message);
    }
    Ok(())
}

/// Refuses what a post that is passed on cannot carry: nothing is said, so there is nothing that could be lost.
fn alone(content: &Content) -> Result<()> {
    let words = "a post is passed on as it is, without words of ours: leave this out, or write a text as well, and the post is \
                 quoted below it";
    if content.link.is_some() {
        return refuse(RefusalCode::Invalid, "link", words);
    }
    if !content.media.is_empty() {
        return refuse(RefusalCode::Invalid, "media", words);
    }
    if let Some(at) = content.targets.iter().position(|target| target.text.is_some()) {
        return refuse(RefusalCode::Invalid, &format!("targets.{at}.text"), words);
    }
    if let Some(at) = content.targets.iter().position(|target| target.thread) {
        return refuse(RefusalCode::Invalid, &format!("targets.{at}.thread"), words);
    }
    if content.capacity == Some(Capacity::PersonalOpinion) {
        let message = "an opinion needs its label, and a post that is passed on carries no words: it can only be OFFICIAL";
        return refuse(RefusalCode::Invalid, "capacity", message);
    }
    Ok(())
}

/// Refuses a channel that cannot pass the post on, or cannot quote it with what goes with that.
pub(crate) fn reaches(
    field: &str,
    channel: &channel::Model,
    post: &PostAddress,
    content: &Content,
) -> Result<()> {
    let quotes = has_words(content);
    let here = platform_name(channel.platform, &channel.url);
    let there = platform_name(post.platform, &post.url);
    if !is_offered(channel.platform) {
        let message = if quotes {
            format!(
                "{here} shows no post of others below words: choose a channel on {there}, and for this one write a draft with \
                 the address as its link"
            )
        } else {
            format!("{here} lets no account pass on what others published: choose a channel on {there}")
        };
        return refuse(RefusalCode::Invalid, field, message);
    }
    if channel.platform != post.platform {
        let done = if quotes { "quoted" } else { "passed on" };
        let message = format!(
            "this post is on {there} and the channel is on {here}: a post is {done} where it is; elsewhere, write a draft \
             with its address as the link"
        );
        return refuse(RefusalCode::Invalid, field, message);
    }
    if quotes { can_quote(field, channel, content, &here) } else { can_pass_on(field, channel, &here) }
}

fn can_pass_on(field: &str, channel: &channel::Model, here: &str) -> Result<()> {
    if abilities(channel).is_some_and(|can| !can.amplify) {
        let message = format!(
            "{here} does not let this account pass posts on: connect it with an access that may (connectChannel)"
        );
        return refuse(RefusalCode::Invalid, field, message);
    }
    Ok(())
}

fn can_quote(field: &str, channel: &channel::Model, content: &Content, here: &str) -> Result<()> {
    if abilities(channel).is_some_and(|can| can.quotes == Some(false)) {
        let message = format!(
            "{here} shows no quotes on this account (a Mastodon server does since 4.5; testChannel asks it again): give the \
             address as the link instead"
        );
        return refuse(RefusalCode::Invalid, field, message);
    }
    if !content.media.is_empty() && !WITH_MEDIA.contains(&channel.platform) {
        let message = format!(
            "{here} shows media or a quote, not both: leave the media out, or give the post's address as the link in place of \
             `amplifies`"
        );
        return refuse(RefusalCode::Invalid, "media", message);
    }
    Ok(())
}

/// Refuses a quote that would be a comment below another post: a comment shows none.
pub(crate) fn follows(revision: &revision::Model, channel: &channel::Model) -> Result<()> {
    if revision.amplifies.is_some() && channel.platform == Platform::Linkedin {
        let here = platform_name(channel.platform, &channel.url);
        let message = format!(
            "what follows a post on {here} is a comment, and a comment quotes nothing: leave `after` out"
        );
        return refuse(RefusalCode::Invalid, "after", message);
    }
    Ok(())
}
