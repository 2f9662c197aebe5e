//! Secrets that are known by their form: keys of providers, webhooks, signed addresses, tokens, private keys.
//! It does not know whether a key still opens anything.

use std::ops::Range;

use crate::pattern::Regex;

use super::{super::gate::Gate, Found};
use crate::pattern;

/// What it is, words of which one stands in it, and how it looks. A group named `v` is the secret where the match is more than that.
const FORMATS: &[(&str, &str, &str)] = &[
    (
        "the address of a webhook",
        "hooks.,webhook,hook.,ifttt.com,chat.googleapis,api.telegram,/hooks/",
        r"(?:https?://)?(?:\bhooks\.slack(?:-gov)?\.com/(?:services|workflows|triggers)/|\b(?:[a-z]+\.)?discord(?:app)?\.com/api/(?:v[0-9]+/)?webhooks/|\b[\w\-]+\.webhook\.office\.com/|\boutlook\.office(?:365)?\.com/webhook/|\bhooks\.zapier\.com/hooks/|\bhook(?:\.[\w\-]+)?\.(?:make|integromat)\.com/|\bmaker\.ifttt\.com/(?:trigger|use)/|\bchat\.googleapis\.com/v1/spaces/|\bapi\.telegram\.org/bot|\b[\w\-]+\.[\w.\-]{3,60}/hooks/[a-z0-9]{20,})[^\s<>\x22]*",
    ),
    (
        "a signed address",
        "signature=,sig=",
        r"\bhttps?://[^\s<>\x22]*[?&](?i:x-amz-signature|x-goog-signature|signature|sig|token_sig)=[^\s<>\x22&]{12,}[^\s<>\x22]*",
    ),
    (
        "a private calendar",
        "/private-,/ical/,/calendar/",
        r"\bhttps?://[^\s<>\x22]*/(?:private-[0-9a-f]{16,}|(?i:ical|calendar)/[^\s<>\x22/]*[0-9a-f]{24,})[^\s<>\x22]*",
    ),
    (
        "a private key",
        "begin ",
        r"-{2,5}\s?BEGIN [A-Z ]*PRIVATE KEY(?: BLOCK)?\s?-{2,5}(?:(?s:.*?)-{2,5}\s?END [A-Z ]*PRIVATE KEY(?: BLOCK)?\s?-{2,5}|(?:\s*[A-Za-z0-9+/=.…]{12,})*)",
    ),
    ("a private key", "age-secret,putty-", r"\bAGE-SECRET-KEY-1[0-9A-Z]{20,}|\bPuTTY-User-Key-File-[0-9]"),
    ("a web token", "eyj", r"\beyJ[A-Za-z0-9_\-]{8,}\.[A-Za-z0-9_\-]{6,}(?:\.[A-Za-z0-9_\-+/=]*)?"),
    (
        "a bearer token",
        "bearer,authorization",
        r"(?i:\bbearer|\bauthorization\s?:\s?(?:basic|token|apikey))\s+[\x22']?(?P<v>[A-Za-z0-9._~+/\-]{8,}={0,2})",
    ),
    (
        "a GitHub token",
        "ghp_,gho_,ghu_,ghs_,ghr_,github_pat_",
        r"\bgh[pousr]_[A-Za-z0-9]{16,}|\bgithub_pat_[A-Za-z0-9_]{16,}",
    ),
    (
        "a GitLab token",
        "glpat-,gldt-,glrt-,glptt-,glft-,glsoat-,glcbt-,glagent-",
        r"\bgl(?:pat|dt|rt|ptt|ft|soat|cbt|agent)-[A-Za-z0-9_\-]{12,}",
    ),
    ("a Slack token", "xox,xapp-", r"\bxox[abceoprs]-[A-Za-z0-9\-]{8,}|\bxapp-[A-Za-z0-9\-]{10,}"),
    ("an AWS key", "akia,asia,abia,acca", r"\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{12,}\b"),
    (
        "a Google key",
        "aiza,ya29.,gocspx-,1//0",
        r"\bAIza[A-Za-z0-9_\-]{25,}|\bya29\.[A-Za-z0-9_\-]{16,}|\bGOCSPX-[A-Za-z0-9_\-]{16,}|\b1//0[A-Za-z0-9_\-]{24,}",
    ),
    (
        "a Stripe key",
        "sk_live,sk_test,rk_live,rk_test,whsec_",
        r"\b(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{10,}|\bwhsec_[A-Za-z0-9+/=]{16,}",
    ),
    (
        "a key of an AI service",
        "sk-,hf_,r8_,gsk_",
        r"\bsk-(?:ant-|proj-|svcacct-|or-)?[A-Za-z0-9_\-]{18,}|\bhf_[A-Za-z0-9]{20,}|\br8_[A-Za-z0-9]{20,}|\bgsk_[A-Za-z0-9]{20,}",
    ),
    ("a SendGrid key", "sg.", r"\bSG\.[A-Za-z0-9_\-]{10,}\.[A-Za-z0-9_\-]{10,}"),
    (
        "a Twilio key",
        "sk0,sk1,sk2,sk3,sk4,sk5,sk6,sk7,sk8,sk9,ska,skb,skc,skd,ske,skf",
        r"\bSK[0-9a-f]{32}\b",
    ),
    (
        "a key of a mail service",
        "key-,-us,xkeysib-",
        r"\bkey-[0-9a-z]{32}\b|\b[0-9a-f]{32}-us[0-9]{1,2}\b|\bxkeysib-[a-z0-9\-]{20,}",
    ),
    (
        "a key of a package registry",
        "npm_,pypi-,dckr_pat,rubygems_",
        r"\bnpm_[A-Za-z0-9]{20,}|\bpypi-[A-Za-z0-9_\-]{20,}|\bdckr_pat_[A-Za-z0-9_\-]{16,}|\brubygems_[a-f0-9]{20,}",
    ),
    (
        "an access token",
        "do_v1,dop_v1,doo_v1,dor_v1,shpat_,shpca_,shppa_,shpss_,sq0,eaa,pmak-,nrak-,lin_api,figd_,figo_,figr_,figu_,ntn_,atatt3,glsa_,hvs.,sntrys_,dapi,:aa,pat",
        r"\bdo[opr]_v1_[a-f0-9]{32,}|\bshp(?:at|ca|pa|ss)_[a-fA-F0-9]{20,}|\bsq0(?:atp|csp)-[A-Za-z0-9_\-]{16,}|\bEAA[A-Za-z0-9]{40,}|\bPMAK-[A-Za-z0-9\-]{20,}|\bNRAK-[A-Z0-9]{20,}|\blin_api_[A-Za-z0-9]{20,}|\bfig[doru]_[A-Za-z0-9_\-]{20,}|\bntn_[A-Za-z0-9]{20,}|\bATATT3[A-Za-z0-9_\-=]{20,}|\bglsa_[A-Za-z0-9_]{20,}|\bhvs\.[A-Za-z0-9_\-]{20,}|\bpat[A-Za-z0-9]{14}\.[a-f0-9]{32,}|\bsntrys_[A-Za-z0-9_+/=]{20,}|\bdapi[0-9a-f]{32}\b|\b[0-9]{8,10}:AA[A-Za-z0-9_\-]{30,}",
    ),
    (
        "a login in an address",
        "://",
        r"\b[A-Za-z][A-Za-z0-9+.\-]{1,20}://(?P<v>[^\s/:@<>\x22]{1,60}:[^\s/@<>\x22]{3,80})@[\w.\[]",
    ),
    (
        "a login in a command",
        " -u, --user",
        r"\s(?:-u|--user)[ =][\x22']?(?P<v>[A-Za-z0-9._@\-]{1,40}:[^\s\x22'/]{4,60})",
    ),
];

/// What shows that a value only stands for a secret.
const PLACEHOLDER: &str = r"^(?:[*•x.\-_#?]+|(?:your|my|our|the)[_\- ].*|.*[<\[{(]?(?:your|insert|enter|paste)[_\- ]?(?:api|own|token|key|password|secret).*|[<\[{(].*[>\]})]|\$[{(]?\w+[})]?|%\w+%|pass(?:word)?|secret|token|key|example|redacted|hidden|masked|placeholder|(?:user|username|login):(?:pass|password|pw|secret|token)|.*(?:\*{3}|•{2}|x{6}).*)$";

/// The compiled forms.
#[derive(Debug)]
pub(super) struct Formats {
    compiled: Vec<(&'static str, Regex)>,
    gate: Gate,
    placeholder: Regex,
}

impl Formats {
    pub(super) fn compile() -> Result<Self, String> {
        let formats = FORMATS.iter().map(|&(what, _, form)| Ok((what, pattern::exact_case(form)?)));
        Ok(Self {
            compiled: formats.collect::<Result<_, String>>()?,
            gate: Gate::of(FORMATS.iter().map(|&(_, words, _)| words))?,
            placeholder: pattern::any_case(PLACEHOLDER)?,
        })
    }

    /// The secrets in a text, given as it is and in lower case.
    pub(super) fn find(&self, text: &str, lower: &str) -> Vec<Found> {
        let worth = self.gate.worth(lower);
        let mut found = Vec::new();
        for (_, (what, form)) in self.compiled.iter().enumerate().filter(|(index, _)| worth.is(*index)) {
            for captures in form.captures_iter(text) {
                let Some(value) = captures.name("v").or_else(|| captures.get(0)) else { continue };
                let bearer = *what == "a bearer token";
                if self.is_placeholder(value.as_str()) || (bearer && !has_digit(value.as_str())) {
                    continue;
                }
                let range = trimmed(text, value.range());
                found.push(Found { range, what, near: None, sure: true });
            }
        }
        found
    }

    /// Whether a value only stands for a secret.
    pub(super) fn is_placeholder(&self, value: &str) -> bool {
        self.placeholder.is_match(value)
    }
}

fn has_digit(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit())
}

/// Without the punctuation that belongs to the sentence.
pub(super) fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let part = text.get(range.clone()).unwrap_or_default();
    let mut kept = part.trim_end_matches(['.', ',', ';', ':', '"', '\'', '`', '?', '…', '*']);
    for (open, close) in [('(', ')'), ('[', ']'), ('{', '}')] {
        if kept.ends_with(close) && kept.matches(close).count() > kept.matches(open).count() {
            kept = kept.trim_end_matches(close).trim_end_matches(['.', ',', ';', '"', '\'', '`']);
        }
    }
    range.start..range.start + kept.len()
}
