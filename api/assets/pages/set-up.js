'use strict';
// The first start: a form that founds the office with the one-time token of the address's fragment, which no server sees.
(() => {
  const at = (id) => document.getElementById(id);
  const form = at('form');
  const fields = [...form.querySelectorAll('[data-path]')];
  const label = (field) => form.querySelector(`label[for="${field.id}"]`).textContent;
  let busy = false;

  const token = () => {
    const text = location.hash.slice(1);
    return /^mhs_[\w-]+$/.test(text) ? text : '';
  };

  const choose = () => {
    if (!at('done').hidden) return;
    at('set-up').hidden = !token();
    at('no-token').hidden = Boolean(token());
    document.title = token() ? 'Set up Masthead' : 'Use the whole link · Masthead';
    if (token()) at('name').focus();
  };

  // What is offered.

  const zones = () => {
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
    const known = Intl.supportedValuesOf ? Intl.supportedValuesOf('timeZone') : [];
    const groups = new Map();
    for (const zone of [...new Set([...known, own, 'UTC'])].sort()) {
      const cut = zone.indexOf('/');
      const region = cut < 0 ? 'Without a region' : zone.slice(0, cut);
      if (!groups.has(region)) groups.set(region, []);
      groups.get(region).push(new Option(zone.slice(cut + 1).replaceAll('_', ' '), zone, zone === own, zone === own));
    }
    for (const [region, options] of groups) {
      const group = document.createElement('optgroup');
      group.label = region;
      group.append(...options);
      at('zone').append(group);
    }
  };

  const nameOf = (tag) => {
    try {
      const name = new Intl.DisplayNames([document.documentElement.lang], { type: 'language' }).of(tag.trim());
      return name === tag.trim() ? '' : name;
    } catch { return ''; }
  };

  const languages = () => {
    const own = navigator.language || 'en';
    for (const tag of new Set([own, 'en', 'en-CA', 'en-GB', 'en-US', 'fr', 'fr-CA', 'es', 'de', 'pt-BR', 'zh-CN', 'iu', 'cr'])) {
      const option = new Option(nameOf(tag), tag);
      option.label = nameOf(tag);
      at('languages').append(option);
    }
    at('language').value = own;
  };

  const shownLanguage = () => {
    const name = nameOf(at('language').value);
    at('language-shown').textContent = name ? ` This one: ${name}.` : '';
  };

  let ownSlug = false;
  const slugOf = (name) => name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
    .replace(/[^a-z0-9]+/g, '-').slice(0, 63).replace(/^-+|-+$/g, '');
  const shownSlug = () => {
    at('slug-shown').textContent = `${location.host}/feed/${at('slug').value || '…'}/…`;
  };

  const count = () => {
    const [has, needs] = [[...at('password').value].length, at('password').minLength];
    at('password-count').textContent = has === 0 ? '' : has < needs ? ` ${needs - has} to go.` : ' Long enough.';
  };

  // What is wrong.

  const say = (field, message) => {
    at(`${field.id}-error`).textContent = message;
    if (message) field.setAttribute('aria-invalid', 'true'); else field.removeAttribute('aria-invalid');
  };
  const problem = (message) => { at('problem').textContent = message; };

  const wrong = (field) => {
    const value = field.value.trim();
    if (field.value === '' || (field.type !== 'password' && value === '')) return `${label(field)} is missing.`;
    if (field.id === 'slug' && !/^[a-z0-9][a-z0-9-]{0,61}[a-z0-9]$/.test(value)) {
      return 'Use 2 to 63 of a–z, 0–9 and -, with a letter or digit at both ends.';
    }
    if (field.id === 'email' && !/^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(value)) return 'Write an e-mail address such as name@example.org.';
    if (field.id === 'password' && [...field.value].length < field.minLength) {
      return `The password needs at least ${field.minLength} characters.`;
    }
    return '';
  };

  const toFirst = () => {
    const bad = fields.filter((field) => field.getAttribute('aria-invalid'));
    if (bad.length === 0) return;
    problem(bad.length === 1 ? 'One field must be put right.' : `${bad.length} fields must be put right.`);
    bad[0].focus();
  };

  const refused = (errors) => {
    for (const error of errors) {
      const path = error.field.join('.');
      const field = fields.find((one) => one.dataset.path === path);
      if (field) say(field, error.message.replace(path, label(field)));
      else if (path === 'token') problem('This set-up link was used, has ended, or was replaced by a newer one. Stop and start masthead serve: it prints a new link.');
      else problem(error.message);
    }
    toFirst();
  };

  // What is sent.

  const ask = async (query, input) => {
    const response = await fetch('/graphql', {
      method: 'POST',
      credentials: 'omit',
      headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json, application/json;q=0.9' },
      body: JSON.stringify({ query, variables: { input } }),
    });
    const answer = await response.json();
    if (answer.errors) throw new Error(answer.errors.map((error) => error.message).join(' '));
    return answer.data;
  };

  const input = () => {
    const all = { token: token(), office: {}, administrator: {} };
    for (const field of fields) {
      const [part, name] = field.dataset.path.split('.');
      all[part][name] = field.type === 'password' ? field.value : field.value.trim();
    }
    return all;
  };

  const SET_UP = 'mutation SetUp($input: SetUpOfficeInput!) { setUpOffice(input: $input) { office { name } userErrors { field message } } }';
  const SIGN_IN = 'mutation SignIn($input: SignInInput!) { signIn(input: $input) { session { accessToken accessTokenExpiresAt } userErrors { field message } } }';

  const setUp = async () => {
    const given = input();
    const { setUpOffice: founded } = await ask(SET_UP, given);
    if (founded.userErrors.length > 0) return refused(founded.userErrors);
    // It cannot be used again, so it need not stay in the history.
    history.replaceState(null, '', location.pathname);
    const who = { email: given.administrator.email, password: given.administrator.password, office: given.office.slug };
    const signedIn = await ask(SIGN_IN, who).catch(() => null);
    form.reset();
    done(founded.office.name, who.email, signedIn?.signIn?.session);
  };

  const done = (office, email, session) => {
    at('set-up').hidden = true;
    at('done').hidden = false;
    at('done-title').textContent = `${office} is set up`;
    document.title = `${office} is set up · Masthead`;
    at('token-part').hidden = !session;
    at('done-text').textContent = session ? `You are signed in as ${email}.`
      : `You are its administrator. Signing in did not work just now: do it with the mutation signIn, as ${email}.`;
    if (session) {
      at('token').value = session.accessToken;
      const end = new Date(session.accessTokenExpiresAt).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
      at('token-end').textContent = `It is good until ${end}.`;
    }
    at('done-title').focus();
  };

  const send = async (event) => {
    event.preventDefault();
    if (busy) return;
    problem('');
    for (const field of fields) say(field, wrong(field));
    if (fields.some(wrong)) return toFirst();
    busy = true;
    const [button, text] = [at('send'), at('send').textContent];
    button.setAttribute('aria-disabled', 'true');
    button.textContent = 'Setting up …';
    try {
      await setUp();
    } catch (error) {
      const reached = !(error instanceof TypeError || error instanceof SyntaxError);
      problem(reached ? error.message : 'The service does not answer. Is it still running? Nothing that you typed is lost: try again.');
    } finally {
      busy = false;
      button.removeAttribute('aria-disabled');
      button.textContent = text;
    }
  };

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(at('token').value);
      at('copied').textContent = 'Copied.';
    } catch {
      at('token').select();
      at('copied').textContent = 'It is selected: copy it with Ctrl+C.';
    }
  };

  zones();
  languages();
  shownLanguage();
  shownSlug();
  choose();
  form.addEventListener('submit', send);
  for (const field of fields) field.addEventListener('input', () => { if (field.getAttribute('aria-invalid')) say(field, wrong(field)); });
  at('name').addEventListener('input', () => {
    if (!ownSlug) at('slug').value = slugOf(at('name').value);
    shownSlug();
  });
  at('slug').addEventListener('input', () => { ownSlug = at('slug').value !== ''; shownSlug(); });
  at('language').addEventListener('input', shownLanguage);
  at('password').addEventListener('input', count);
  at('show').addEventListener('click', () => {
    const shown = at('password').type === 'password';
    at('password').type = shown ? 'text' : 'password';
    at('show').textContent = shown ? 'Hide' : 'Show';
    at('show').setAttribute('aria-label', `${at('show').textContent} the password`);
  });
  at('copy').addEventListener('click', copy);
  window.addEventListener('hashchange', choose);
})();
