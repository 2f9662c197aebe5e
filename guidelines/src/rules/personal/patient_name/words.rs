//! The words around patients, and around people who are none. It does not know names.

/// What people are ill with, in English and French.
pub(super) const CONDITIONS: &str = "diabetes, type 1 diabetes, type 2 diabetes, prediabetes, cancer, breast cancer, lung cancer, prostate cancer, tumour, tumor, leukemia, leukaemia, lymphoma, \
    melanoma, sarcoma, glioblastoma, myeloma, metastatic, hiv, aids, hepatitis, hepatitis a, hepatitis b, hepatitis c, hep c, cirrhosis, copd, emphysema, asthma, pneumonia, bronchitis, covid, covid-19, \
    long covid, flu, influenza, rsv, tuberculosis, tb, sepsis, septic, meningitis, c. difficile, mrsa, depression, postpartum depression, anxiety, bipolar disorder, bipolar, schizophrenia, psychosis, psychotic, \
    ptsd, ocd, adhd, autism, autistic, eating disorder, anorexia, bulimia, suicidal, suicide attempt, self-harm, opioid use disorder, substance use disorder, alcohol use disorder, addiction, addicted, overdose, overdosed, \
    withdrawal, detox, alcoholism, dementia, alzheimer's, alzheimer, alzheimer's disease, parkinson's, parkinson, parkinson's disease, huntington's, als, multiple sclerosis, ms, epilepsy, seizure, seizures, stroke, tia, aneurysm, \
    concussion, brain injury, spinal cord injury, paralysed, paralyzed, heart failure, heart attack, heart disease, cardiac arrest, arrhythmia, atrial fibrillation, afib, angina, hypertension, high blood pressure, \
    hypertension artérielle, blood clot, pulmonary embolism, kidney failure, kidney disease, renal failure, dialysis, liver disease, liver failure, crohn's, crohn's disease, colitis, ibd, ibs, celiac, ulcer, \
    arthritis, rheumatoid arthritis, osteoarthritis, osteoporosis, lupus, fibromyalgia, chronic pain, migraine, migraines, psoriasis, eczema, gout, cystic fibrosis, sickle cell, anemia, hemophilia, thyroid, \
    endometriosis, miscarriage, stillbirth, preeclampsia, gestational diabetes, infertility, ivf, abortion, pregnancy, pregnant, std, sti, syphilis, chlamydia, gonorrhea, herpes, hpv, obesity, glaucoma, cataract, cataracts, blindness, \
    fracture, broken hip, broken leg, hip replacement, knee replacement, hip replaced, knee replaced, amputation, transplant, kidney transplant, heart transplant, bypass, chemo, chemotherapy, radiation therapy, radiotherapy, surgery, operation, biopsy, \
    mastectomy, hysterectomy, c-section, colonoscopy, pacemaker, chest pain, stroke symptoms, shortness of breath, infection, wound infection, broken arm, insulin, methadone, suboxone, naloxone, antidepressants, palliative, palliative care, hospice care, terminal illness, terminally ill, hospice, \
    diabète, diabète de type 1, diabète de type 2, cancer du sein, cancer du poumon, cancer de la prostate, tumeur, leucémie, lymphome, vih, sida, hépatite, hépatite b, hépatite c, mpoc, emphysème, asthme, pneumonie, bronchite, grippe, tuberculose, septicémie, \
    méningite, dépression, dépression post-partum, anxiété, trouble bipolaire, bipolaire, schizophrénie, psychose, tspt, tdah, autisme, trouble alimentaire, anorexie, boulimie, tentative de suicide, dépendance, toxicomanie, surdose, alcoolisme, démence, \
    maladie d'alzheimer, maladie de parkinson, sclérose en plaques, sla, épilepsie, avc, accident vasculaire cérébral, anévrisme, commotion, insuffisance cardiaque, crise cardiaque, infarctus, infarctus du myocarde, arythmie, angine, insuffisance rénale, dialyse, maladie de crohn, \
    colite, arthrite, arthrose, ostéoporose, fibromyalgie, douleur chronique, migraines, fibrose kystique, anémie, endométriose, fausse couche, diabète gestationnel, obésité, glaucome, cataractes, fracture, prothèse de hanche, prothèse de la hanche, greffe, greffe du rein, \
    pontage, chimio, chimiothérapie, radiothérapie, chirurgie, opération, opérée, opéré, biopsie, césarienne, insuline, soins palliatifs, enceinte, grossesse";

/// Words of care that say that somebody is cared for.
pub(super) const CARE: &str = "ward, icu, nicu, picu, ccu, intensive care, emergency, emergency department, emergency room, er, oncology, cardiac unit, cardiology, psychiatry, psych ward, psychiatric unit, maternity, pediatrics, paediatrics, \
    rehab, rehabilitation, admitted, discharged, diagnosed, diagnosis, hospitalized, hospitalised, in hospital, in the hospital, treatment, treated for, test results, tested positive, recovering, recovery, bedside, ventilator, inpatient, outpatient, operating room, \
    detox unit, stroke unit, burn unit, care home, long-term care, admise, admis, hospitalisée, hospitalisé, hospitalisation, diagnostic, diagnostiquée, diagnostiqué, soins intensifs, urgence, urgences, oncologie, cardiologie, psychiatrie, maternité, pédiatrie, réadaptation, traitement, \
    soignée, soigné, traitée pour, traité pour, rétablissement, convalescence, à l'hôpital";

/// A ward, a room or a bed by its number.
pub(super) const WARDS: &str = r"\b(?:(?:on|of|with|from|to|in|at|bravo|thanks?,?|merci)\s(?:the\s)?(?:ward|unit|floor)?\s?\d{1,2}\s?(?:east|west|north|south|[a-e])\b|(?:ward|unit|room|bed|floor|unité|chambre|lit|étage)\s(?:no\.?\s)?\d{1,4}\s?[a-e]?\b)";

/// Words that say that the person tells it themselves, agreed to it, or has died and is honoured.
pub(super) const CONSENT: &str = "shares her story, shares his story, shares their story, share her story, share his story, share their story, sharing her story, sharing his story, sharing their story, shared her story, shared his story, \
    shared their story, her own story, his own story, their own story, tells her story, tells his story, tells their story, telling her story, telling his story, in her own words, in his own words, in their own words, her journey, his journey, their journey, \
    shares how, shares what, shares why, shares her, shares his, shares their, shared her, shared his, shared with us, shared their, sharing her, sharing his, opens up, opened up, speaks openly, speaking openly, spoke openly, \
    with permission, with her permission, with his permission, with their permission, by permission, permission to share, gave permission, given permission, with consent, with her consent, with his consent, with their consent, consented, gave consent, written consent, gave us consent, \
    agreed to, agreed that, asked us to share, asked us to, wants you to know, wants people to know, wanted to share, allowed us, happy to share, kindly shared, told us, tells us, told me, died, \
    advocate, advocates, advocacy, ambassador, ambassadors, speaker, keynote, panellist, panelist, author, co-author, authors, researcher, co-researcher, blogger, podcaster, host, co-host, champion, patient partner, patient partners, patient-partner, patient leader, patient advisor, patient adviser, \
    lived experience, peer support worker, peer navigator, spokesperson, mentor, storyteller, guest post, guest blog, in conversation with, hear from, read her story, read his story, read their story, watch her, watch his, her blog, his blog, her podcast, her book, his book, memoir, documentary, interview, interviewed, \
    webinar with, q&a with, talk by, panel, obituary, in memory of, in memoriam, memorial, passed away, celebration of life, honour, honours, honoured, award, awarded, prize, medal, order of canada, hall of fame, scholarship, fellowship, raised $, raised over, fundraiser, fundraising, olympian, olympic, actor, actress, singer, \
    historic, history, on this day, born in 18, pioneer, discovered, co-discovered, \
    témoigne, témoignent, témoignage, raconte, racontent, partage son histoire, partage son parcours, partage son expérience, partage son vécu, partage comment, son histoire, son parcours, se confie, avec sa permission, avec son accord, avec son consentement, avec permission, a accepté, \
    a consenti, nous a dit, nous dit, dit-elle, dit-il, ambassadrice, ambassadeur, conférencière, conférencier, porte-parole, autrice, auteure, auteur, chercheuse, chercheur, patiente partenaire, patient partenaire, patiente-partenaire, patient-partenaire, paire aidante, pair aidant, militante, militant, \
    savoir expérientiel, marraine, parrain, à la mémoire, hommage, décédée, décédé, prix, lauréate, lauréat, invitée, entrevue, balado, blogue";

/// Words that say that somebody is at work.
pub(super) const WORK: &str = "joins, joined, join us in welcoming, joining, welcome, welcomes, welcoming, congratulations, congrats, manager, director, coordinator, lead, leads, leader, led, leading, professor, prof, phd, md, rn, msc, scientist, investigator, principal investigator, pi, researchers, research, researches, studies, studied, \
    physician, doctor, surgeon, nurse, nurses, nurse practitioner, pharmacist, physiotherapist, dietitian, psychologist, psychiatrist, therapist, counsellor, oncologist, cardiologist, neurologist, epidemiologist, midwife, paramedic, social worker, technologist, technician, librarian, analyst, developer, designer, engineer, postdoc, \
    fellow, intern, trainee, resident physician, student, phd student, graduate student, instructor, teaches, teacher, lecturer, dean, chair, minister, mla, mp, mayor, ceo, president, vice-president, board member, executive, founder, co-founder, head of, our team, team member, staff, colleague, assistant, research assistant, editor, reporter, journalist, \
    presents, presented, presenting, will present, will speak, speaks, spoke, publishes, published, paper, study by, supervises, supervised, mentors, funded, receives funding, grant, treats, cares for patients, moderates, moderator, organizer, raised, raises, raising, class, grade, course, certificate, volunteering, biked, cycled, runs for, ran for, rides for, walks for, visits, visited our, desk, announced, on cbc, trains, trained, developed, designed, built, discusses, discuss, talks about, lecture, donated, donates, donor, gift from, \
    dirige, directrice, directeur, gestionnaire, coordonnatrice, coordonnateur, professeure, professeur, infirmière, infirmier, médecin, chirurgienne, chirurgien, pharmacienne, pharmacien, psychologue, scientifique, étudiante, étudiant, stagiaire, boursière, boursier, ministre, députée, député, mairesse, maire, présidente, président, doyenne, doyen, \
    bienvenue, félicitations, se joint, rejoint, étudie, présente, présentera, enseigne, collègue, équipe de, traite, soigne";

/// What is wished to the sick, up to the name.
pub(super) const WISHES: &str = r"\b(?:get well(?: soon)?|get better(?: soon)?|feel better(?: soon)?|speedy recovery|quick recovery|full recovery|fast recovery|good recovery|well wishes|best wishes|thoughts (?:and prayers )?are with|thinking of|praying for|sending (?:\w+ ){0,3}(?:love|strength|hugs|healing|wishes|thoughts)|heal(?:ing)? (?:well|fast)|welcome home|happy discharge day|(?:bon|prompt) rétablissement|rétablis-toi vite|rétablissez-vous vite|bon courage|remets-toi vite|pensées (?:sont )?(?:avec|pour)|on pense à)[\s,:!]*(?:(?:to|for|our|your|dear|friend|à|pour|de|notre|chère?|patiente?)[\s,]+){0,3}$";

/// What follows the name of somebody who is ill.
pub(super) const SUFFERS: &str = r"^:?(?:,? ?\(?(?:age |aged |âgée? de )?\d{1,3}(?: ans| years old)?\)?,?)?(?:\s?\([^)\n]{1,80}\))?(?:,? (?:who|qui|of \p{L}+|from \p{L}+|in (?:room|bed) \w+|at \p{L}+))?,?\s?(?:(?:now|just|also|recently|finally|still|already|has|have|had|is|was|'s|been|be|being|will|a|est|était|a été|vient d'être|toujours|encore|maintenant|récemment)\s){0,4}(?:diagnosed|admitted|readmitted|discharged|hospitali[sz]ed|treated|recovering|recovered|recovers|living with|lives with|suffering|suffers|suffered|battling|battles|battled|fighting|fights|fought|beat|beats|undergoing|undergoes|underwent|receiv(?:ed|es|ing) (?:\w+ ){0,3}(?:transplant|treatment|chemo\w*|dialysis|diagnosis|kidney|liver|heart|lung|insulin|vaccine|care)|seen (?:in|at|by|for)|clean\b|sober\b|(?:\p{L}+ ){0,3}(?:clean|sober)\b|\p{L}+-free\b|(?:our|a|the|notre|une?) (?:[\p{L}\d\-]+ ){0,4}patiente?\b|home (?:after|from|following|again|with)|back home|back from|surviv(?:ed|es|ing)|survivor of|in (?:the )?(?:icu|nicu|hospital|intensive care|emergency|rehab|palliative|hospice|oncology|cardiology|psychiatry|pediatrics|paediatrics|maternity|neurology|surgery|remission|recovery|labour|room|bed|detox)|on (?:dialysis|chemo\w*|insulin|methadone|suboxone|ward|unit|the (?:ward|\p{L}+ ward|\p{L}+ unit)|oxygen|a ventilator|\d+ ?\w+)|(?:completed|finished|started|starts|starting|began|begins|finishes|rang the bell)\b|relaps\w+|tested positive|positive for|came (?:in|to us|to)\b|brought in|arrived|needs|needed|waiting for|waits for|getting|got (?:her|his|their|a)|gets|struggl\w+|coping|copes|manag(?:es|ing|ed) (?:her|his|their|\w+)\b|with\b|taking|takes|spent|stayed|stays|gave birth|lost (?:her|his|their)|died of|had (?:a|an|her|his|their|been|surgery|chemo\w*)|has\b|'s (?:got|battle|fight|recovery)|under(?:going)?\b|after (?:her|his|their|a)\b|thanks? (?:us|the team|everyone|ward|our)|diagnostiqu\w+|hospitalisé\w*|admis\w*|opéré\w*|suivie?\b|soigné\w*|traité\w*|atteinte?s?\b|souffr\w+|vit avec|vivant avec|se remet|se rétablit|combat|lutte|a reçu|a subi|a fait (?:un|une)|a eu (?:un|une)|attend|sort(?:ie?)? de|est (?:à|aux?|en|sous)\b|sous\b|greffée?\b|guérie?\b|de retour|rentrée? (?:à la maison|chez)|enceinte)";

/// What somebody has: the illness follows.
pub(super) const OWNS: &str = r"^'s\s";

/// Words before a name that make a patient of it.
pub(super) const PATIENT: &str = r"(?:\b(?:patiente?s?|participante?|clients?|inpatient|outpatient|survivor|case of|le cas de|baby|bébé|newborn|caring for|diabetic|(?:diabète|cancer|vih|avc|asthme|mpoc|arthrite|dépression|opération|greffe|chirurgie|dialyse|dossier|chambre|état) (?:\p{L}+ ){0,3}de|(?:surgery|diagnosis|treatment|recovery|chemo|chemotherapy|discharge|admission|results|chart|file|care plan|scan|mri) (?:of|for))(?:,| :|:| is| was| named| est)? ?)$";

/// What those who care do to somebody, up to the name.
pub(super) const TREATS: &str = r"\b(?:treated|treating|cared for|cares for|discharged|admitted|diagnosed|operated on|nursed|saved|helped|help(?:s|ing)?|vaccinated|tested|intubated|transferred|visited|saw|seen|soigné|opéré|traité|hospitalisé|accueilli|aidé)\s(?:(?:our|a|the|dear|patient|notre|\p{L}+) ){0,2}$";

/// What follows an illness that is a subject and nobody's.
pub(super) const SUBJECT: &str = r"^(?:'s)?[\s\-](?:\p{L}+[\s\-])?(?:study|studies|trial|registry|program(?:me)?s?|projects?|research(?:ers?)?|data|database|clinics?|team|network|awareness|prevention|care|education|guidelines?|strategy|conference|society|foundation|association|hub|app|group|day|week|month|campaign|screening|cent(?:re|er)|risk|stigma|policy|models?|outcomes|symposium|class|workshop|report|educators?|course|training|module|certificate|care|nurses?|physicians?|specialists?)\b";

/// What stands before an illness that is a subject and nobody's.
pub(super) const ABOUT: &str = r"\b(?:(?:money|funds|funding|\$\d[\d,]*) for|stud(?:y|ies) (?:of|on)|research (?:on|into|in|about)|trials? (?:of|on|in)|(?:talks?|podcast|blog|book|paper|lecture|webinar|workshop|class|session|article|report|data|work|expert|posts?) (?:on|about|in)|about|prevent|preventing|screen(?:ing)? for|awareness of|fund(?:s|ing)?|étude|étudie|registre|recherche|programme|projet|bourse|journée|semaine|essai|colloque|atelier)s?(?: (?:sur|du|de|le|la|les|des|contre|en|the))*\s+(?:l'|d')?$";

/// A name that something bears.
pub(super) const NAMED_AFTER: &str = r"^(?:'s)?[ \-](?:Run|Foundation|Fund|Award|Prize|Lecture|Scholarship|Fellowship|Memorial|Hospital|Centre|Center|Clinic|Institute|School|University|College|Health|Research|Chair|House|Lodge|Building|Pavilion|Hall|Library|Day|Week|Walk|Ride|Gala|Study|Trial|Scale|Test|Score|Program|Project|Network|Society|Street|Avenue|Road|Drive|Park|Lab|Laboratory|Initiative|Act)\b|^'s (?:[Dd]isease|[Ss]yndrome|[Pp]alsy|[Ss]arcoma|[Ll]ymphoma|[Cc]horea|[Ll]aw)\b";

/// What follows the name of somebody who is quoted.
pub(super) const SPEAKS: &str = r"^(?:,[^.!?\n]{0,60},|\s\([^)\n]{0,60}\))?\s(?:also |now |qui )?(?:says|said|explains|explained|recalls|writes|wrote|tells|told|reflects|describes|shares|speaks|explique|raconte|témoigne)\b";

/// What stands before it.
pub(super) const QUOTED: &str =
    r"\b(?:says|said|explains|recalls|writes|by|dit|explique|selon|according to)\s$";

/// A name and what the person does, behind a comma: "Tom Ray, RN", "Ines Roy, physiotherapist".
pub(super) const POST: &str =
    r"^,? \(?(?:m\.?d|ph\.?d|r\.?n|m\.?sc|b\.?sc|rph|facp|frcpc|ccfp|np|lpn|ot|pt|msw|mph|mba|bscn)\b";

/// A name beside what is in a record.
pub(super) const RECORDS: &str = r"^,? ?[(\[,:\-]? ?(?:mrn|phn|dob|d\.o\.b|ward|unit|unité|\d{1,2} (?:east|west|north|south)|chart|ohip|ramq|health card|patient id|encounter|née? le|b\.|ddn|dossier|room|bed|chambre|lit|\d{1,3} ?(?:f|m|yo|y/o|ans)\b)";
