//! The words around births. It does not know dates.

/// Labels that say that a date is somebody's birth.
pub(super) const LABELS: &str = "dob, d.o.b, d.o.b., date of birth, dates of birth, birth date, birthdate, birth-date, birthdates, birthdate is, \
    date de naissance, dates de naissance, ddn, d.d.n, d.d.n., (b., (b, (born, (né, (née, (né le, (née le, b., born:, naissance :, naissance:";

/// Words that say that somebody or something was born.
pub(super) const BIRTHS: &str = "born, birthday, né, née, né le, née le, naissance, naquit, naît, anniversaire de naissance, anniversaire, est né, est née, \
    birth of, gave birth, welcomed baby";

/// What is born without being a person.
pub(super) const THINGS: &str = "office, offices, project, projects, program, programme, programs, network, study, trial, idea, ideas, initiative, campaign, team, \
    centre, center, hospital, clinic, lab, laboratory, website, site, app, podcast, partnership, collaboration, organization, organisation, foundation, movement, \
    tool, platform, registry, coalition, society, institute, university, newsletter, blog, group, hub, hashtag, concept, strategy, unit, charity, alliance, community, \
    service, system, medicare, policy, database, portal, dashboard, journal, conference, forum, tradition, company, startup, ehealth, e-health, it all, it was, \
    bureau, projet, programme, réseau, étude, idée, équipe, hôpital, clinique, laboratoire, plateforme, collaboration, organisme, fondation, mouvement, outil, \
    registre, groupe, institut, université, balado, infolettre, stratégie, campagne, partenariat, communauté, revue, tradition";

/// Words that mean one person.
pub(super) const PERSONS: &str = "he, she, i, him, her, his, hers, patient, participant, resident, client, baby, infant, newborn, son, daughter, mother, father, mom, dad, sister, \
    brother, wife, husband, partner, grandmother, grandfather, grandma, grandpa, woman, man, boy, girl, nurse, volunteer, colleague, student, director, coordinator, \
    researcher, assistant, manager, physician, investigator, speaker, caregiver, twins, il, elle, je, patiente, participante, résident, résidente, bébé, nouveau-né, fils, fille, \
    mère, père, sœur, soeur, frère, femme, homme, infirmière, infirmier, collègue, étudiante, étudiant, directrice, directeur, chercheuse, chercheur, adjointe, adjoint, madame, monsieur";

/// Words that mean many.
pub(super) const CROWDS: &str = "people, persons, adults, children, babies, infants, anyone, everyone, everybody, those, participants, patients, women, men, individuals, residents, \
    canadians, cohort, generation, kids, boomers, all, youth, if you were, were you, you were, you must be, must be, have been, personnes, adultes, enfants, bébés, femmes, hommes, \
    toute personne, quiconque, participantes, ceux, celles, êtes-vous, si vous êtes, vous êtes";

/// Words that say that the person is one of the past.
pub(super) const PAST: &str = "on this day, #onthisday, onthisday, #otd, this day in, in history, historian, history of, historic, history month, pioneer, pioneers, pioneering, pioneered, \
    would have been, would have turned, would be, died, passed away, the late, in memory, in memoriam, remembering, remember, obituary, legacy, century, nobel, co-discovered, co-discoverer, \
    discoverer, discovered, invented, inventor, biography, museum, stamp, anniversary of, honour the birth, honouring, first woman, first canadian, first female, first black, first indigenous, première femme, premier canadien, première canadienne, famous, founder of, father of, mother of modern, décédé, décédée, mort en, morte en, \
    mort le, morte le, pionnière, pionnier, ce jour-là, en ce jour, éphéméride, aurait eu, aurait fêté, à la mémoire, historique, histoire de, histoire des, héritage, siècle, a découvert, inventrice, inventeur";

/// Words between "born" and a date that make a range of it.
pub(super) const RANGES: &str = r"\b(?:between|before|after|since|prior|until|from|earlier|later|or after|or before|by|due|closes?|ends?|opens?|starts?|deadline|register|d'ici|avant|après|entre|depuis|à partir|jusqu|à compter|au plus tard)\b";

/// What stands before a date that only shows how dates are written.
pub(super) const SAMPLES: &str = r#"\b(?:e\.?g\.?|for example|for instance|such as|format|formats|example|i\.e\.|ex\.|par exemple|p\. ?ex\.|exemple)[\s:,.("'\-]*$"#;
