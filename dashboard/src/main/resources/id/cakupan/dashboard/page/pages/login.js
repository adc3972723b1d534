import { html, useState } from '../vendor/preact.js';
import { asProblem, useShared, view } from '../lib/app.js';
import { send } from '../lib/api.js';
import { address, kept } from '../lib/view.js';
import { useTitle } from '../parts/states.js';

/** Name and password of a local account. */
export function LoginPage() {
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
      const now = view.get();
      const here = window.location.pathname + window.location.search;
      window.location.assign(now.page === 'login' ? (now.query['next'] ?? address({ page: 'overview' }, kept(now))) : here);
    } catch (problem) {
      const { status } = asProblem(problem);
      setBusy(false);
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
