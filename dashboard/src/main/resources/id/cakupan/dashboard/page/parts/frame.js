import { html, useEffect, useRef, useState } from '../vendor/preact.js';
import { addressWith, linkTo, spoken, stream, useShared } from '../lib/app.js';
import { send } from '../lib/api.js';
import { useCell } from '../lib/cells.js';
import { freshness } from '../lib/freshness.js';
import { Patterns } from './figures.js';
import { Explain, ExplainDialog } from './explain.js';

const TICK_MS = 1_000;
/** Older than that, the age of the figures is said in words. */
const AGE_SHOWN_MS = 90_000;
/** More records than that waiting are said beside live figures; fewer are under way at any time. */
const WAITING_SHOWN = 50;

/** @type {{page: import('../lib/view.js').PageName, only?: string}[]} */
const MENU = [
  { page: 'overview' },
  { page: 'districts' },
  { page: 'contractors' },
  { page: 'projects' },
  { page: 'fundings' },
  { page: 'hires', only: 'known' },
  { page: 'decisions', only: 'known' },
  { page: 'help' },
];

/**
 * @param {import('../lib/texts.js').Texts} texts
 * @param {string} state
 * @param {import('../lib/types.js').Status} status
 */
function why(texts, state, status) {
  return state === 'rebuilding' && status.loaded === 1 && status.behind !== null
    ? texts.t('fresh.behind.why', { behind: texts.number(status.behind) })
    : texts.t('fresh.' + state + '.why', { loaded: texts.percent(status.loaded) });
}

/** @returns {{state: import('../lib/freshness.js').Freshness, now: number}} */
export function useFreshness() {
  const { view, status } = useShared();
  const link = useCell(stream.link);
  const paused = useCell(stream.paused);
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = window.setInterval(() => setNow(Date.now()), TICK_MS);
    return () => window.clearInterval(timer);
  }, []);
  const quiet = ['help', 'login', 'missing'].includes(view.page);
  const state = freshness({
    fixed: view.query['asOf'] !== undefined,
    daily: status.publicMode || quiet,
    paused,
    connected: link.connected || (quiet && link.lostAt === null),
    everConnected: link.everConnected,
    lostAt: link.lostAt,
    heardAt: link.heardAt,
    serverState: status.state,
    now: Math.max(now, Date.now()),
  });
  return { state, now: Math.max(now, Date.now()) + stream.offset.get() };
}

/**
 * Header, menu, state of the figures, footer; what is between them is the page.
 *
 * @param {{children: any}} props
 */
export function Frame({ children }) {
  const { view, texts, status } = useShared();
  const { state, now } = useFreshness();
  const main = html`<main id="main" tabindex="-1" class=${state === 'offline' ? 'main main-old' : 'main'}>${children}</main>`;
  return html`<div class=${'frame frame-' + view.page}>
    <a class="skip" href="#main" onClick=${skip}>${texts.t('skip')}</a>
    <${Patterns} />
    ${status.simulated && html`<aside class="ribbon" aria-label=${texts.t('simulated.label')}>${texts.t('simulated')}</aside>`}
    ${view.page === 'kiosk' ? html`<header><${Fresh} state=${state} now=${now} /></header>` : html`<${Header} state=${state} now=${now} />`}
    ${main}
    ${view.page !== 'kiosk' && html`<${Footer} />`}
    <${ExplainDialog} />
    <${Said} state=${state} />
  </div>`;
}

/** @param {MouseEvent} e */
function skip(e) {
  e.preventDefault();
  document.getElementById('main')?.focus();
}

/** @param {{state: string, now: number}} props */
function Header({ state, now }) {
  const { view, texts, status } = useShared();
  const known = status.me.role !== 'public';
  const menu = useRef(/** @type {HTMLElement|null} */ (null));
  useEffect(() => {
    const now = menu.current?.querySelector('[aria-current]');
    if (now instanceof HTMLElement && menu.current !== null) {
      menu.current.scrollLeft = now.offsetLeft - menu.current.clientWidth / 3;
    }
  }, [view.page]);
  return html`<header class="top">
    <div class="top-row">
      <a class="brand" href=${linkTo('overview')}><svg viewBox="0 0 32 32" aria-hidden="true"><path d="M4 20a12 12 0 0 1 24 0z" /><rect x="2" y="22" width="28" height="3.5" rx="1.75" /></svg>${texts.t('brand')}</a>
      <nav aria-label=${texts.t('menu')} class="menu" ref=${menu}><ul>
        ${MENU.filter((item) => item.only === undefined || known).map((item) => html`<li key=${item.page}>
          <a href=${linkTo(item.page)} aria-current=${view.page === item.page ? 'page' : undefined}>${texts.t('page.' + item.page)}</a></li>`)}
      </ul></nav>
      <${Tools} />
    </div>
    <${Fresh} state=${state} now=${now} />
  </header>`;
}

function Tools() {
  const { view, texts, status } = useShared();
  const themes = /** @type {const} */ (['auto', 'light', 'dark']);
  const next = themes[(themes.indexOf(view.theme) + 1) % themes.length] ?? 'auto';
  const other = view.lang === 'id' ? 'en' : 'id';
  const leave = async () => {
    await send('DELETE', '/session').catch(() => undefined);
    window.location.assign(linkTo('login'));
  };
  return html`<div class="tools">
    <a class="tool" href=${addressWith({ lang: other === 'id' ? null : other })} lang=${other} hreflang=${other} data-replace
      aria-label=${other === 'id' ? 'ID: Bahasa Indonesia' : 'EN: English'}><span class="narrow-only">${other.toUpperCase()}</span><span class="wide-only">${other === 'id' ? 'Bahasa Indonesia' : 'English'}</span></a>
    <a class="tool" href=${addressWith({ theme: next === 'auto' ? null : next })} data-replace
      aria-label=${texts.t('theme.switch', { now: texts.t('theme.' + view.theme), next: texts.t('theme.' + next) })}>
      <span class="wide-only">${texts.t('theme')}: </span><span class="narrow-only" aria-hidden="true">◐ </span>${texts.t('theme.' + view.theme)}</a>
    ${status.me.role !== 'public' && status.me.name !== '' && status.loginPossible
      && html`<button type="button" class="tool" title=${status.me.name} onClick=${leave}>${texts.t('logout')}<span class="wide-only"> (${status.me.name})</span></button>`}
    ${status.me.role === 'public' && status.loginPossible && html`<a class="tool" href=${linkTo('login')}>${texts.t('page.login')}</a>`}
  </div>`;
}

/**
 * How fresh the figures are, in words, with the sign of pause.
 *
 * @param {{state: string, now: number}} props
 */
function Fresh({ state, now }) {
  const { view, texts, status } = useShared();
  const paused = useCell(stream.paused);
  const link = useCell(stream.link);
  const asOf = view.query['asOf'] ?? status.asOf;
  const age = status.recordedThrough === null ? null : now - Date.parse(status.recordedThrough);
  // A page without figures has nothing of which to say how fresh it is.
  if (view.page === 'login' || (state === 'daily' && !status.publicMode)) {
    return null;
  }
  const since = state === 'offline' || state === 'reconnecting' ? link.lostAt : null;
  return html`<div class=${'fresh fresh-' + state}>
    <p class="fresh-state"><span class="fresh-mark" aria-hidden="true"></span><strong>${texts.t('fresh.' + state)}</strong>
      ${' '}<span class="fresh-why">${since === null ? why(texts, state, status)
        : texts.t('fresh.' + state + '.why', { time: texts.time(since) })}</span>
      ${state === 'live' && (status.behind ?? 0) > WAITING_SHOWN && html`<span class="fresh-waiting"> · ${texts.t('fresh.waiting', { n: status.behind ?? 0 })}</span>`}</p>
    <p class="fresh-asof">${texts.t('asOf')} <time datetime=${asOf ?? ''}>${texts.day(asOf)}</time></p>
    ${state !== 'fixed' && html`<p class="fresh-age">${texts.t('recordedThrough')} <time datetime=${status.recordedThrough ?? ''}>${texts.moment(status.recordedThrough)}</time>
      ${age !== null && age > AGE_SHOWN_MS && html` <span class="quiet">(${ageText(age, texts)})</span>`}${' '}<${Explain} about="recordedThrough" /></p>`}
    ${(state === 'live' || paused) && html`<button type="button" class="button button-small" aria-pressed=${paused}
      onClick=${() => stream.paused.set(!stream.paused.get())}>${texts.t(paused ? 'resume' : 'pause')}</button>`}
    ${state === 'fixed' && html`<a class="button button-small" href=${addressWith({ asOf: null })}>${texts.t('toLive')}</a>`}
  </div>`;
}

/**
 * @param {number} ms
 * @param {import('../lib/texts.js').Texts} texts
 */
export function ageText(ms, texts) {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 60) {
    return texts.t('age.minutes', { n: minutes });
  }
  const hours = Math.round(minutes / 60);
  return hours < 48 ? texts.t('age.hours', { n: hours }) : texts.t('age.days', { n: Math.round(hours / 24) });
}

function Footer() {
  const { texts, status } = useShared();
  return html`<footer class="foot">
    <p>${texts.t('foot.what')}</p>
    <p><a href=${linkTo('help')}>${texts.t('page.help')}</a> · <a href=${linkTo('kiosk')}>${texts.t('page.kiosk')}</a> ·${' '}
      <a href="/api/v1/openapi.json" data-plain>${texts.t('foot.api')}</a> · ${texts.t('foot.zone', { zone: status.zone })} ·${' '}
      ${texts.t('foot.version', { version: status.version })}</p>
  </footer>`;
}

/**
 * Says changes of state to assistive technology, and what parts of the page want said.
 *
 * @param {{state: string}} props
 */
function Said({ state }) {
  const { texts } = useShared();
  const message = useCell(spoken);
  return html`<div class="visually-hidden" role="status" aria-live="polite">${state === 'live' || state === 'connecting' ? '' : texts.t('fresh.' + state)} ${message}</div>`;
}
