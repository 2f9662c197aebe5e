//! The signed directory is checked as a stranger would check it: with the published keys and a stock library.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{
    Algorithm, DecodingKey, crypto,
    jwk::{AlgorithmParameters, JwkSet},
};
use serde_json::Value;

use super::office;
use crate::support::engine::Engine;

/// What a signed copy holds, if one of these keys signed it.
pub(crate) fn opened(keys: &JwkSet, copy: &str) -> Option<Vec<u8>> {
    let (message, signature) = copy.rsplit_once('.')?;
    let (header, payload) = message.split_once('.')?;
    let header: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(header).ok()?).ok()?;
    assert_eq!(
        (header["alg"].as_str(), header["typ"].as_str()),
        (Some("EdDSA"), Some("masthead-directory+jws"))
    );
    let key = keys.find(header["kid"].as_str()?)?;
    assert!(matches!(key.algorithm, AlgorithmParameters::OctetKeyPair(_)));
    let key = DecodingKey::from_jwk(key).unwrap();
    let good = crypto::verify(signature, message.as_bytes(), &key, Algorithm::EdDSA).unwrap();
    good.then(|| URL_SAFE_NO_PAD.decode(payload).unwrap())
}

#[tokio::test]
async fn a_stranger_can_check_a_copy_and_no_token_is_made_of_it() {
    let (_deployment, _program, story) = office(&Engine::Sqlite, &[]).await;
    let anybody = &story.anonymous;
    let keys: JwkSet = anybody.get("/.well-known/jwks.json").await.json().await.unwrap();
    for (signed, plain) in [
        ("/directory.jws", "/directory.json"),
        ("/directory/press.jws", "/directory/press.json"),
        ("/directory.jws?since=1", "/directory.json?since=1"),
    ] {
        let response = anybody.get(signed).await;
        assert_eq!(response.headers()["content-type"], "application/jose");
        let text = response.text().await.unwrap();
        let copy = opened(&keys, &text);
        assert_eq!(
            opened(&keys, &text.replacen(".eyIk", ".eyIl", 1)),
            None,
            "another text has another signature"
        );
        assert_eq!(
            copy.as_deref(),
            Some(&*anybody.get(plain).await.bytes().await.unwrap()),
            "what is signed is the JSON itself"
        );
        let join = if signed.contains('?') { '&' } else { '?' };
        let page = anybody.get(&format!("{signed}{join}first=1")).await.text().await.unwrap();
        let page: Value = serde_json::from_slice(&opened(&keys, &page).unwrap()).unwrap();
        assert!(page["next"].as_str().unwrap().contains(".jws?"), "the next page is signed too: {page}");
        let forged = anybody.with_token(&text);
        let answer = forged.answer("{ viewer { member { id } } }", serde_json::json!({})).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "UNAUTHENTICATED", "{answer}");
    }
}
