import { html, useEffect, useRef } from '../vendor/preact.js';
import { useShared } from '../lib/app.js';
import { cell, useCell } from '../lib/cells.js';

/** The figure that is being explained, by its key in the messages; empty for none. */
const explained = cell('');

/**
 * A small button behind a figure that opens what it means and how it is computed.
 *
 * @param {{about: string}} props key in the messages, below `explain.`
 */
export function Explain({ about }) {
  const { texts } = useShared();
  const title = texts.t('explain.' + about + '.title');
  return html`<button type="button" class="explain" aria-haspopup="dialog" aria-label=${texts.t('explain.open', { title })}
    onClick=${() => explained.set(about)}><span aria-hidden="true">?</span></button>`;
}

/** The dialog of the explanation; Escape closes it and the focus returns to the button. */
export function ExplainDialog() {
  const { texts } = useShared();
  const about = useCell(explained);
  const dialog = useRef(/** @type {HTMLDialogElement|null} */ (null));
  useEffect(() => {
    if (about !== '' && dialog.current !== null && !dialog.current.open) {
      dialog.current.showModal();
    }
  }, [about]);
  const close = () => dialog.current?.close();
  return html`<dialog ref=${dialog} class="sheet" aria-labelledby="explained-title" onClose=${() => explained.set('')}
    onClick=${(/** @type {MouseEvent} */ e) => e.target === dialog.current && close()}>
    ${about !== '' && html`<div class="sheet-body">
      <h2 id="explained-title">${texts.t('explain.' + about + '.title')}</h2>
      <p>${texts.t('explain.' + about + '.text')}</p>
      ${texts.has('explain.' + about + '.formula') && html`<p class="formula">${texts.t('explain.' + about + '.formula')}</p>`}
      <p class="sheet-actions"><button type="button" class="button" autofocus onClick=${close}>${texts.t('close')}</button></p>
    </div>`}
  </dialog>`;
}
