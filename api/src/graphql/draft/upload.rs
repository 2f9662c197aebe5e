//! Announcing uploads. The bytes go to `http`, not through GraphQL.

use async_graphql::{Context, InputObject, Object, SimpleObject};
use office::{media, policy::op};
use secrecy::ExposeSecret as _;

use super::media::Media;
use crate::{
    error::{Field, nullable, payload, payloads},
    graphql::{
        context::ContextExt as _,
        scalars::{DateTime, Url},
    },
};

/// An upload to come.
#[derive(Debug, InputObject)]
pub(crate) struct CreateUploadInput {
    /// Makes a repeat safe: the same key with the same input answers the first result. 1 to 128 characters.
    client_key: Option<String>,
    /// Name of the file.
    file_name: String,
    /// Its size in bytes, exactly: another size is refused when the bytes arrive.
    byte_size: i64,
}

/// Where the bytes of an announced upload go, once.
#[derive(Debug, SimpleObject)]
pub(crate) struct UploadAddress {
    /// Send the bytes here as the body of a `PUT`, without an `Authorization` header: the address is the permission. Keep
    /// it secret.
    url: Url,
    /// Until when it is good.
    expires_at: DateTime,
}

payloads! {
    /// What `createUpload` answers.
    CreateUploadPayload {
        /// The announced item, `PENDING` until its bytes arrive.
        media: Media,
        /// Where to send the bytes. Null when the request was repeated under its `clientKey` and they have arrived.
        upload: Option<UploadAddress>,
    }
}

/// Mutations of media.
#[derive(Debug, Default)]
pub(crate) struct UploadMutation;

#[Object]
impl UploadMutation {
    /// Announces a picture, a film or a caption file and answers a one-time address for its bytes (JPEG, PNG, GIF, WebP, MP4,
    /// WebVTT or SubRip, told by content). When they have arrived the item is `READY` and can be named in a draft: a picture
    /// or film as one of its media, a caption file among the captions of a film. Repeated under its `clientKey` before that,
    /// it answers the same item with a new address; the former is not good any more. User errors: `REQUIRED` or `TOO_LONG`
    /// (`fileName`, or `byteSize` out of bounds), `KEY_REUSED`.
    async fn create_upload(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The file.")] input: CreateUploadInput,
    ) -> Field<CreateUploadPayload> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::CreateUpload>()?;
            // A negative size is as wrong as none.
            let byte_size = input.byte_size.try_into().unwrap_or_default();
            let announced =
                media::CreateUpload { client_key: input.client_key, file_name: input.file_name, byte_size };
            let outcome = media::create_upload(ctx.office()?, &permit, announced).await;
            let base = &ctx.services()?.public_url;
            payload(outcome, |media::Announced { media, upload }| {
                let address = upload.map(|upload| {
                    let url = Url(format!("{base}/uploads/{}/{}", media.id, upload.token.expose_secret()));
                    UploadAddress { url, expires_at: upload.expires_at.into() }
                });
                CreateUploadPayload::done(media.into(), address)
            })
        })
        .await
    }
}
