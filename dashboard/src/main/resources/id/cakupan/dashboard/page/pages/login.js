import { html, useState } from '../vendor/preact.js';
import { asProblem, useShared, view } from '../lib/app.js';
import { send } from '../lib/api.js';
import { address, kept } from '../lib/view.js';
import { useTitle } from '../parts/states.js';

/** Name and password of a local account, or the way to where one logs in instead. */
export function LoginPage() {
  const { status } = useShared();
  const [impossible, setImpossible] = useState(!status.loginPossible);
  return impossible ? html`<${Elsewhere} />` : html`<${Form} onImpossible=${() => setImpossible(true)} />`;
}

/** Loading the page again leads through the proxy, which asks for the login and comes back here. */
function Elsewhere() {
  const { texts } = useShared();
  useTitle(texts.t('page.login'));
  return html`<section class="empty">
    <h1>${texts.t('login.elsewhere')}</h1>
    <p>${texts.t('login.elsewhere.why')}</p>
    <p><button type="button" class="button button-accent" onClick=${again}>${texts.t('login.again')}</button></p>
  </section>`;
}

function again() {
  const now = view.get();
  if (now.page === 'login') {
    window.location.assign(afterLogin());
  } else {
    window.location.reload();
  }
}

/** @returns {string} address to go to once logged in */
function afterLogin() {
  const now = view.get();
  const here = window.location.pathname + window.location.search;
  return now.page === 'login' ? (now.query['next'] ?? address({ page: 'overview' }, kept(now))) : here;
}

/** @param {{onImpossible: () => void}} props */
function Form({ onImpossible }) {
  const { texts } = useShared();
  const [failed, setFailed] = useState('');
  const [busy, setBusy] = useState(false);
  useTitle(texts.t('page.login'));
  /** @param {SubmitEvent} e */
  const submit = async (e) => {
    e.preventDefault();
    const form = new FormData(/** @type {HTMLFormElement} */ (e.currentTarget));
    setBusy(true);
    try {
      await send('POST', '/session', { name: form.get('name'), password: form.get('password') });
      window.location.assign(afterLogin());
    } catch (problem) {
      const { status } = asProblem(problem);
      setBusy(false);
      if (status === 404) {
        onImpossible();
        return;
      }
      setFailed(texts.t(status === 401 ? 'login.wrong' : status === 429 ? 'login.later' : status === 0 ? 'refused.offline.why' : 'login.failed'));
    }
  };
  return html`<div class="page page-login"><form class="form card" onSubmit=${submit}>
    <h1 class="title">${texts.t('login.title')}</h1>
    <label class="field">${texts.t('login.name')}<input name="name" autocomplete="username" required maxlength="100" autocapitalize="none" spellcheck=${false} /></label>
    <label class="field">${texts.t('login.password')}<input name="password" type="password" autocomplete="current-password" required maxlength="200" /></label>
    ${failed !== '' && html`<p class="form-error" role="alert">${failed}</p>`}
    <p><button type="submit" class="button button-accent" disabled=${busy}>${texts.t('login.submit')}</button></p>
    <p class="quiet">${texts.t('login.note')}</p>
  </form></div>`;
}
