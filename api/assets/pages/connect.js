'use strict';
// Where a platform sends the browser back to: the member who began connecting a channel says who they are, and finishes.
(() => {
  const at = (id) => document.getElementById(id);
  // Kept here and taken out of the address bar at once: it must not stay in the history.
  const address = location.href;
  const told = new URLSearchParams(location.search);
  history.replaceState(null, '', location.pathname);
  let busy = false;

  const show = (id, title) => {
    for (const section of document.querySelectorAll('section')) section.hidden = section.id !== id;
    document.title = `${title} · Masthead`;
  };

  const ask = async (query, input, token) => {
    const headers = { 'content-type': 'application/json', accept: 'application/graphql-response+json, application/json;q=0.9' };
    if (token) headers.authorization = `Bearer ${token}`;
    const response = await fetch('/graphql', { method: 'POST', credentials: 'omit', headers, body: JSON.stringify({ query, variables: { input } }) });
    const answer = await response.json();
    if (answer.errors) throw new Error(answer.errors.map((error) => error.message).join(' '));
    return answer.data;
  };

  const SIGN_IN = 'mutation SignIn($input: SignInInput!) { signIn(input: $input) { session { accessToken } userErrors { message } } }';
  const COMPLETE = 'mutation Complete($input: CompleteChannelAuthorizationInput!) { completeChannelAuthorization(input: $input) { authorization { state causeDetail } userErrors { message } } }';
  const messages = (errors) => errors.map((error) => error.message).join(' ');

  const finish = async () => {
    const who = { email: at('email').value.trim(), password: at('password').value };
    const office = at('office').value.trim();
    if (office) who.office = office;
    const { signIn } = await ask(SIGN_IN, who);
    if (!signIn.session) return messages(signIn.userErrors);
    const { completeChannelAuthorization: completed } = await ask(COMPLETE, { address }, signIn.session.accessToken);
    if (!completed.authorization) return messages(completed.userErrors);
    at('form').reset();
    const failed = completed.authorization.state === 'FAILED';
    at('done-title').textContent = failed ? 'The channel is not connected' : 'The channel is being connected';
    at('done-text').textContent = failed ? completed.authorization.causeDetail
      : 'A worker fetches the credential and tries it; that takes a few seconds. The channel’s credential says how it went. You can close this page.';
    show('done', at('done-title').textContent);
    at('done-title').focus();
    return '';
  };

  at('form').addEventListener('submit', async (event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    at('send').disabled = true;
    at('problem').textContent = '';
    try {
      at('problem').textContent = await finish();
    } catch (error) {
      at('problem').textContent = error.message || 'The service did not answer: try again.';
    }
    busy = false;
    at('send').disabled = false;
  });

  at('copy').addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(address);
      at('copied').textContent = 'Copied.';
    } catch {
      at('copied').textContent = address;
    }
  });

  if (!told.get('state')) return show('no-answer', 'There is no answer here');
  if (!told.get('code')) at('said').textContent = 'The platform says that the account did not agree. Finish, so that this is known.';
  show('ask', 'Finish connecting the channel');
  at('email').focus();
})();
