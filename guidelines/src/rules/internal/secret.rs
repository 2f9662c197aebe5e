//! Whether a submission gives out a password, a key or anything else that opens a door.
//! It does not know whether the door still has that lock.

mod assigned;
mod formats;
mod spoken;
mod value;

use std::ops::Range;

use serde::Deserialize;

use self::{assigned::Assigned, formats::Formats, spoken::Spoken};
use crate::{Check, Evidence, Example, Field, FieldKind, Hit, Office, Reading, Validation, Wake, rule::rule};

rule!(
    Secret, "GP6b.secret", version 1, "GP6b", Block, waiver: Never, reads: [Bio],
    what: "Finds what opens doors: keys and tokens in the forms of their providers, webhooks, signed addresses, private \
           keys, logins inside addresses, passwords, passcodes, PINs and door codes in English and French, and random \
           values after names such as `api_key`. Advice about passwords passes.",
    why: "Whoever reads a secret can use it, and what is posted stays public.",
    instead: "Take it out, and change the password or revoke the key at once; give it to those who need it in person.",
    fires: [
        Example::of("Reviewers log in as guest, password Maple-Leaf7."),
        Example::of("The wifi password is harbourview"),
        Example::of("Le mot de passe du portail : Hiver2027!"),
        Example::of("Room B12, door code 4471#"),
        Example::of("Alerts go to https://hooks.slack.com/services/T0AAAAAAA/B0BBBBBBB/abcDEF123456ghiJKL"),
        Example::of("export REDCAP_API_TOKEN=9F3C1B77A0D24E5588E1C2D3F4A5B6C7"),
        Example::of("Data: https://reader:Winter77@stats.example.org/daily.csv"),
        Example::of("The export").linking("https://store.blob.core.windows.net/x/a.csv?sv=2026-01-01&sig=abc%2Fdef0123456789"),
    ],
    quiet: [
        Example::of("Forgot your password? Reset it on the portal."),
        Example::of("A good password: long, unique and kept in a password manager."),
        Example::of("Wi-Fi: Library-Guest (no password needed)"),
        Example::of("You will get the passcode on arrival."),
        Example::of("Key dates: 2027-01-15 and 2027-03-01. The secret: start early."),
        Example::of("Image digest sha256:0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0"),
        Example::of("If your password is still 123456, change it today."),
    ],
);

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Params {
    /// More words after which a password stands.
    password_words: Vec<String>,
}

/// A secret that was found.
#[derive(Clone, Debug)]
struct Found {
    range: Range<usize>,
    what: &'static str,
    near: Option<&'static str>,
    sure: bool,
}

struct Prepared {
    formats: Formats,
    assigned: Assigned,
    spoken: Spoken,
    more: Vec<String>,
}

/// What must stand in a text for a secret to stand in it; read in lower case.
const WAKING: &str = "passw,pass w,passcode,pass code,passphrase,pass phrase,pass:,pass=,pass ,pwd,pw:,pw=,pw ,p/w,mdp,passe,\
    pin:,pin=,pin ,pin#,nip:,nip ,code,combination,login,log in,log-in,logon,sign in,account,connexion,network,ssid,réseau,credential,creds,identifiant,wifi,wi-fi,username,user:,user ,\
    key,token,secret,jeton,clé,bearer,authorization,sessionid,eyj,\
    hooks.,webhook,/hooks/,hook.,ifttt.com,chat.googleapis,api.telegram,signature=,sig=,/private-,/ical/,begin ,putty-,\
    ghp_,gho_,ghu_,ghs_,ghr_,github_pat_,glpat-,gldt-,glrt-,glptt-,glft-,glsoat-,glcbt-,glagent-,xox,xapp-,akia,asia,abia,acca,aiza,ya29.,\
    gocspx-,1//0,sk_live,sk_test,rk_live,rk_test,whsec_,sk-,hf_,r8_,gsk_,sg.,npm_,pypi-,dckr_pat,rubygems_,xkeysib-,dop_v1,doo_v1,dor_v1,\
    shpat_,shpca_,shppa_,shpss_,sq0,eaa,pmak-,nrak-,lin_api,figd_,figo_,figr_,figu_,ntn_,atatt3,glsa_,hvs.,sntrys_,dapi,-us,:aa,\
    sk0,sk1,sk2,sk3,sk4,sk5,sk6,sk7,sk8,sk9,ska,skb,skc,skd,ske,skf,://, -u , --user";

fn prepare(params: &Params, _: &Office) -> Result<Box<dyn Check>, String> {
    let more: Vec<String> = params
        .password_words
        .iter()
        .map(|word| word.trim().to_lowercase())
        .filter(|word| !word.is_empty())
        .collect();
    Ok(Box::new(Prepared {
        formats: Formats::compile()?,
        assigned: Assigned::compile()?,
        spoken: Spoken::compile(&more)?,
        more,
    }))
}

impl Check for Prepared {
    fn wakes(&self) -> Wake {
        // A blank beside a word is part of it: "pin " is not in "pinned".
        let words = WAKING.split(',').map(str::to_owned).chain(self.more.iter().cloned());
        Wake::Words(words.collect())
    }

    fn check(&self, reading: &Reading<'_, '_>) -> Vec<Hit> {
        let kinds =
            [FieldKind::Text, FieldKind::AltText, FieldKind::Captions, FieldKind::Link, FieldKind::Bio];
        reading.of_kinds(&kinds).flat_map(|field| self.field(field)).collect()
    }
}

impl Prepared {
    fn field(&self, field: &Field<'_>) -> Vec<Hit> {
        let (text, lower) = (field.shadow.folded(), field.lower());
        let mut kept: Vec<Found> = Vec::new();
        let formed = self.formats.find(text, lower).into_iter();
        let spoken = self.spoken.find(field).into_iter();
        for found in formed.chain(spoken).chain(self.assigned.find(text, lower)) {
            let value = text.get(found.range.clone()).unwrap_or_default();
            let taken = kept
                .iter()
                .any(|other| other.range.start < found.range.end && found.range.start < other.range.end);
            if !taken && !value.is_empty() && (found.sure || !self.formats.is_placeholder(value)) {
                kept.push(found);
            }
        }
        kept.iter().map(|found| hit(field, found)).collect()
    }
}

fn hit(field: &Field<'_>, found: &Found) -> Hit {
    let validation = if found.near.is_none() { Validation::Passed } else { Validation::NotApplicable };
    let evidence = Evidence::of(found.what, validation);
    let message = match found.near {
        Some(near) => format!("This looks like {}, next to \"{near}\".", found.what),
        None => format!("This has the form of {}.", found.what),
    };
    Hit::at(field, &found.range, message)
        .because(found.near.into_iter().fold(evidence, Evidence::near))
        .showing("•".repeat(8))
        .suggesting("Take it out, and change or revoke it at once: a draft passes through many hands.")
}
