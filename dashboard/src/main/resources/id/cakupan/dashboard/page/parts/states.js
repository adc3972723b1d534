import { html, useEffect } from '../vendor/preact.js';
import { linkTo, useShared } from '../lib/app.js';

/**
 * Says why there is nothing to show: refused, unknown, or no answer.
 *
 * @param {{problem: {status: number, said?: (lang: 'id'|'en') => string}}} props
 */
export function Refused({ problem }) {
  const { texts } = useShared();
  const kind = problem.status === 0 ? 'offline' : problem.status === 404 ? 'missing' : problem.status === 403 ? 'forbidden'
    : problem.status === 401 ? 'login' : problem.status === 400 ? 'bad' : problem.status === 503 ? 'busy' : 'failed';
  const here = window.location.pathname + window.location.search;
  const said = problem.said?.(texts.lang) ?? '';
  return html`<section class="empty" role="alert">
    <h1>${texts.t('refused.' + kind)}</h1>
    <p>${texts.t('refused.' + kind + '.why')}</p>
    ${said !== '' && html`<p class="quiet">${texts.t('refused.said', { said })}</p>`}
    <p><a class="button" href=${kind === 'login' ? linkTo('login', { next: here }) : linkTo('overview')}>${texts.t(kind === 'login' ? 'page.login' : 'page.overview')}</a></p>
  </section>`;
}

/** Stands for what has not come yet. */
export function Waiting() {
  const { texts } = useShared();
  return html`<p class="loading" role="status">${texts.t('loading')}</p>`;
}

/**
 * A question put to the answer: the data, or what stands for it.
 *
 * @param {{problem: any, data: any, children: any}} props
 */
export function Answer({ problem, data, children }) {
  if (data !== null) {
    return children;
  }
  return problem === null ? html`<${Waiting} />` : html`<${Refused} problem=${problem} />`;
}

/**
 * Title of the page in the browser's tab and in print.
 *
 * @param {string} title
 */
export function useTitle(title) {
  const { texts } = useShared();
  useEffect(() => {
    document.title = title + ' · ' + texts.t('brand');
  }, [title, texts]);
}

/**
 * What a printed page needs to be understood alone: title, filters, day, when it was printed.
 *
 * @param {{title: string, filters?: string[]}} props
 */
export function PrintHead({ title, filters = [] }) {
  const { texts, view, status } = useShared();
  return html`<div class="print-head print-only">
    <p class="print-title">${texts.t('brand')} — ${title}</p>
    <p>${texts.t('asOf')} ${texts.day(view.query['asOf'] ?? status.asOf)} · ${filters.length === 0 ? texts.t('filters.none') : texts.t('filters.are', { filters: filters.join('; ') })} ·${' '}
      ${texts.t('printedAt')} <span class="printed-at"></span></p>
    ${status.simulated && html`<p><strong>${texts.t('simulated')}</strong></p>`}
  </div>`;
}
