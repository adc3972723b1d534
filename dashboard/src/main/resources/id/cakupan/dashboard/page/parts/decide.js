import { html, useEffect, useRef, useState } from '../vendor/preact.js';
import { asProblem, spoken, useShared } from '../lib/app.js';
import { send } from '../lib/api.js';
import { plusDays } from '../lib/texts.js';

/** @typedef {import('../lib/types.js').Hire} Hire */

const BECAUSE = ['REGISTRATION_UNDER_WAY', 'PAYMENT_UNDER_WAY', 'DATA_BEING_CORRECTED', 'WORKER_LEAVING', 'DISPUTED', 'OTHER'];
const DEFAULT_DAYS = 14;
const NOTE_LENGTH = 200;

/**
 * Acknowledges or silences one alert, with a reason, a note and a day on which it ends by itself.
 *
 * @param {{hire: Hire, onClose: () => void}} props
 */
export function DecideDialog({ hire, onClose }) {
  const { texts, status } = useShared();
  const dialog = useRef(/** @type {HTMLDialogElement|null} */ (null));
  const [failed, setFailed] = useState('');
  const [busy, setBusy] = useState(false);
  const today = status.asOf ?? new Date().toISOString().slice(0, 10);
  useEffect(() => {
    if (dialog.current !== null && !dialog.current.open) {
      dialog.current.showModal();
    }
  }, []);
  /** @param {SubmitEvent} e */
  const submit = async (e) => {
    e.preventDefault();
    const form = new FormData(/** @type {HTMLFormElement} */ (e.currentTarget));
    const note = String(form.get('note') ?? '').trim();
    setBusy(true);
    try {
      await send('POST', '/decisions', {
        kind: form.get('kind'), key: hire.key, reason: form.get('reason'), note: note === '' ? null : note, until: form.get('until'),
      });
      spoken.set(texts.t('acknowledge.done'));
      dialog.current?.close();
    } catch (problem) {
      setBusy(false);
      setFailed(texts.t('acknowledge.failed') + ' ' + asProblem(problem).said(texts.lang));
    }
  };
  return html`<dialog ref=${dialog} class="sheet" aria-labelledby="decide-title" onClose=${onClose}>
    <form class="sheet-body form" onSubmit=${submit}>
      <h2 id="decide-title">${texts.t('acknowledge.title')}</h2>
      <p>${hire.project.name ?? hire.project.id}<br /><span class="quiet">${hire.contractor.name ?? hire.contractor.id} · <code class="token">${hire.worker}</code></span></p>
      <fieldset><legend>${texts.t('acknowledge.kind')}</legend>
        <label class="choice"><input type="radio" name="kind" value="ACKNOWLEDGED" checked /> <span><strong>${texts.t('decision.acknowledged')}</strong> — ${texts.t('acknowledge.kind.acknowledged')}</span></label>
        ${(status.me.maySilence ?? status.me.role === 'official') && html`<label class="choice"><input type="radio" name="kind" value="SILENCED" /> <span><strong>${texts.t('decision.silenced')}</strong> — ${texts.t('acknowledge.kind.silenced')}</span></label>`}
      </fieldset>
      <label class="field">${texts.t('acknowledge.reason')}<select name="reason" required>${BECAUSE.map((each) => html`<option key=${each} value=${each}>${texts.t('because.' + each)}</option>`)}</select></label>
      <label class="field">${texts.t('acknowledge.note')}<textarea name="note" rows="3" maxlength=${NOTE_LENGTH} aria-describedby="note-hint"></textarea></label>
      <p class="quiet" id="note-hint">${texts.t('acknowledge.note.hint')}</p>
      <label class="field">${texts.t('acknowledge.until')}<input type="date" name="until" required min=${plusDays(today, 1)} value=${plusDays(today, DEFAULT_DAYS)} /></label>
      ${failed !== '' && html`<p class="form-error" role="alert">${failed}</p>`}
      <p class="sheet-actions"><button type="button" class="button" onClick=${() => dialog.current?.close()}>${texts.t('cancel')}</button>
        <button type="submit" class="button button-accent" disabled=${busy}>${texts.t('acknowledge.submit')}</button></p>
    </form>
  </dialog>`;
}
