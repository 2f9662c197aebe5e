//! The words that say which number is meant, and the words that say it is none of anybody's. It does not know digits.

use crate::lexicon::Lexicon;

/// What a word beside a number speaks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Topic {
    /// A social insurance number.
    Sin,
    /// Pay and tax, where social insurance numbers are at home.
    Pay,
    /// A health number, whatever the province.
    Health,
    /// A health number of nine digits without a check digit that is relied on.
    HealthNine,
    /// Ontario's.
    Ontario,
    /// Nova Scotia's, ten digits.
    NovaScotia,
    /// Prince Edward Island's, eight digits.
    PrinceEdward,
    /// Newfoundland and Labrador's, twelve digits.
    Newfoundland,
    /// A payment card.
    Card,
    /// A phone.
    Phone,
    /// A patient's number in some institution.
    Patient,
    /// Something else that has a number.
    Other,
}

impl Topic {
    /// Whether it speaks for a health number.
    pub(super) const fn is_health(self) -> bool {
        matches!(
            self,
            Self::Health
                | Self::HealthNine
                | Self::Ontario
                | Self::NovaScotia
                | Self::PrinceEdward
                | Self::Newfoundland
        )
    }
}

const SIN: &str = "sin, sins, s.i.n, s.i.n.s, social insurance, social ins, soc. ins, social insurance number, social insurance numbers, \
    social insurance no, social insurance card, social security number, sin card, sin number, sin no, nas, n.a.s, \
    assurance sociale, numéro d'assurance sociale, no d'assurance sociale, carte d'assurance sociale, assurance-sociale, \
    individual tax number, temporary tax number";
const PAY: &str = "payroll, t4, t4a, tax slip, tax slips, tax form, direct deposit, honorarium form, honorarium, pay stub, paystub, \
    paie, feuillet, relevé 1, talon de paie, cra, arc, td1, employment record, record of employment, roe";
const HEALTH: &str = "phn, phns, p.h.n, personal health number, personal health numbers, personal health no, health card, healthcard, \
    health card number, health cards, health care card, health-care card, healthcare card, care card, carecard, \
    care card number, health number, health numbers, health no, health insurance number, health insurance card, health insurance no, \
    health insurance, health coverage number, health id number, hcn, h.c.n, health care number, healthcare number, health-care number, provincial health number, \
    bc services card, services card, msp, msp number, medical services plan, bc medical, medical card, \
    carte santé, carte de santé, numéro de santé, no de santé, carte d'assurance maladie, carte d'assurance-maladie, \
    assurance maladie, assurance-maladie, numéro d'assurance maladie, numéro d'assurance-maladie, no d'assurance maladie, \
    numéro de carte santé, numéro personnel de santé, numéro personnel d'assurance-maladie, carte soleil, ramq, r.a.m.q, nam, n.a.m, nsp, assurée, assuré";
const HEALTH_NINE: &str = "ahcip, a.h.c.i.p, alberta health, alberta health care, alberta health card, alberta phn, alberta personal health number, alberta health number, ahs number, uli, \
    unique lifetime identifier, phin, personal health identification number, manitoba health, hsn, health services number, \
    saskatchewan health, saskatchewan health card, medicare number, medicare card, medicare no, new brunswick medicare, assurance-maladie du nouveau-brunswick, \
    nunavut health care, nunavut health, yhcip, yukon health care, yukon health";
const ONTARIO: &str = "ohip, o.h.i.p, ohip number, ohip card, ohip no, ontario health card, ontario health insurance, ontario health number, carte santé de l'ontario";
const NOVA_SCOTIA: &str =
    "msi, msi number, msi card, nova scotia health card, nova scotia health, ns health card";
const PRINCE_EDWARD: &str = "pei health card, pei health, pei personal health number, island health card";
const NEWFOUNDLAND: &str = "mcp, mcp number, mcp card, newfoundland health card, nl health card";
const CARD: &str = "credit card, creditcard, credit cards, debit card, card, cards, card number, card no, card numbers, cc, visa, visa card, mastercard, \
    master card, amex, american express, discover, diners, diners club, interac, maestro, jcb, unionpay, payment card, bank card, \
    corporate card, travel card, purchasing card, p-card, pcard, gift card, prepaid card, cvv, cvc, carte, cartes, carte de crédit, carte de débit, carte bancaire, \
    numéro de carte, cartes de crédit, carte visa, carte mastercard";
const PHONE: &str = "phone, phones, telephone, call, text, tel, cell, cellphone, mobile, fax, dial, ring, sms, whatsapp, toll-free, tél, \
    téléphone, appelez, cellulaire, texto, textez, helpline, hotline, phone number, cell number, landline, ext, extension, poste";
const PATIENT: &str = "mrn, mrns, m.r.n, medical record, medical record number, medical record no, health record, health record number, \
    chart, chart number, chart no, chart id, encounter, encounter id, encounter number, encounter no, visit number, visit id, \
    patient id, patient ids, patient number, patient no, patient identifier, hospital number, hospital id, hospital card, \
    admission number, accession number, accession, participant id, participant number, dossier médical, dossier, \
    numéro de dossier, no de dossier, dossier patient, numéro de patient, carte d'hôpital, hrn, health record no";
const OTHER: &str = "lot, lots, lot number, lot numbers, lot no, lot nos, batch, batch number, batch no, lot de vaccin, numéro de lot, numéros de lot, no de lot, \
    meeting id, meeting number, meeting code, webinar id, webinar, zoom, zoom id, webex, teams, conference id, conference code, conference number, meeting, \
    id de réunion, numéro de réunion, code de conférence, passcode, access code, code d'accès, pin, pin code, host key, \
    grant, grant number, grant no, grants, award, award number, award no, frn, cihr, nserc, sshrc, nih, funding reference, irsc, crsng, crsh, subvention, \
    invoice, invoice number, invoice no, order, order number, order no, order id, purchase order, po, po number, facture, commande, bon de commande, isbn, issn, \
    doi, pmid, pmcid, pubmed, nct, isrctn, eudract, orcid, prospero, trial, clinical trial, registration, registration number, \
    trial registration, enregistrement, ref, reference, reference number, reference no, référence, réf, serial, serial number, serial no, s/n, sn, \
    numéro de série, sku, upc, barcode, code-barres, part number, part no, catalogue, catalog, catalogue number, catalogue no, cat. no, cat no, model, model number, modèle, \
    device, udi, imei, asset, asset tag, tag number, inventory, tracking, tracking number, tracking no, tracking id, numéro de suivi, suivi, \
    shipment, parcel, waybill, colis, business number, business no, bn, gst, gst/hst, hst, tps, tvq, neq, charity, charitable, charitable registration, \
    charity number, numéro d'entreprise, organisme de bienfaisance, licence, license, licence number, permit, permit number, permis, \
    ethics, reb, reb number, éthique, protocol, protocole, version, build, ticket, ticket number, incident, docket, request number, \
    student number, student no, student id, numéro d'étudiant, account, account number, account no, compte, transit, iban, swift, \
    flight, vol, seat, locker, din, npn, ndc, gene, accession id, dataset, dataset id, sample, record id, file number, file no, \
    case number, case no, job id, job number, posting, requisition, competition, competition number, concours, course, crn, section, survey, \
    survey id, isni, viaf, oclc, handle, event id, event code, booking, booking code, confirmation, confirmation number, reservation, rsvp code, \
    budget, population, total, seed, checksum, commit, hash, digest, issue, pull request, station, wifi, téléconférence, promo, promo code, coupon, voucher, \
    test card, test cards, sandbox, test number, test numbers, carte de test, carte d'essai";

/// The words, compiled once.
#[derive(Clone, Debug)]
pub(super) struct Hotwords {
    lexicon: Lexicon,
    topics: Vec<Topic>,
}

impl Hotwords {
    /// Compiles the built-in words and an office's own.
    pub(super) fn of(more: &[(Topic, &[String])]) -> Result<Self, String> {
        let lists = [
            (Topic::Sin, SIN),
            (Topic::Pay, PAY),
            (Topic::Health, HEALTH),
            (Topic::HealthNine, HEALTH_NINE),
            (Topic::Ontario, ONTARIO),
            (Topic::NovaScotia, NOVA_SCOTIA),
            (Topic::PrinceEdward, PRINCE_EDWARD),
            (Topic::Newfoundland, NEWFOUNDLAND),
            (Topic::Card, CARD),
            (Topic::Phone, PHONE),
            (Topic::Patient, PATIENT),
            (Topic::Other, OTHER),
        ];
        let built_in = lists.iter().flat_map(|(topic, list)| list.split(',').map(|word| (*topic, word)));
        let own = more.iter().flat_map(|(topic, list)| list.iter().map(|word| (*topic, word.as_str())));
        // The office's own come first: where the same word is in both, they win.
        let all: Vec<(Topic, &str)> = own.chain(built_in).collect();
        Ok(Self {
            lexicon: Lexicon::of(all.iter().map(|(_, word)| *word))?,
            topics: all.iter().map(|(topic, _)| *topic).collect(),
        })
    }

    /// The topics in a part of a text in lower case, in order, each with its word's place.
    pub(super) fn topics<'t>(
        &'t self,
        lower: &'t str,
    ) -> impl Iterator<Item = (Topic, std::ops::Range<usize>)> + 't {
        self.lexicon
            .find_in(lower)
            .filter_map(|entry| Some((self.topics.get(entry.index).copied()?, entry.range)))
    }
}
