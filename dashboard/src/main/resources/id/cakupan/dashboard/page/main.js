import { html, render, useEffect, useLayoutEffect, useMemo, useRef } from './vendor/preact.js';
import { go, Share, stream, view } from './lib/app.js';
import { get, whenLoginNeeded } from './lib/api.js';
import { cell, useCell } from './lib/cells.js';
import { NONE, textsOf, wordsOf } from './lib/texts.js';
import { Frame } from './parts/frame.js';
import { Refused } from './parts/states.js';
import { DecisionsPage } from './pages/decisions.js';
import { GroupPage } from './pages/group.js';
import { GroupsPage } from './pages/groups.js';
import { HelpPage } from './pages/help.js';
import { HiresPage } from './pages/hires.js';
import { KioskPage } from './pages/kiosk.js';
import { LoginPage } from './pages/login.js';
import { OverviewPage } from './pages/overview.js';

/** @typedef {import('./lib/types.js').Status} Status */

const DEFAULT_ZONE = 'Asia/Jakarta';
const RETRY_MS = 2_000;
const HIDDEN_MS = 60_000;

/** @type {Status} */
const UNKNOWN = {
  state: 'live', asOf: null, zone: DEFAULT_ZONE, serverTime: new Date().toISOString(), recordedThrough: null,
  updatedAt: null, pipelineSeenAt: null, loaded: 0, behind: null, historyReady: false,
  historyFrom: null, simulated: false,
  publicMode: false, cities: [], me: { name: '', role: 'public', contractorId: null, mayDecide: false },
  loginPossible: true, version: NONE,
};

/** The words of the language that is shown; another one replaces them once it is there. */
const words = cell(/** @type {{lang: 'id'|'en', words: import('./lib/texts.js').Words}|null} */ (null));

const refused = cell(/** @type {any} */ (null));

/** Whether one logs in somewhere else than on this page, such as at a proxy before it; null while nobody has to. */
const elsewhere = cell(/** @type {boolean|null} */ (null));

whenLoginNeeded((problem) => {
  if (elsewhere.get() !== null) {
    return;
  }
  const before = stream.status.get();
  elsewhere.set(before === null ? problem.body.title === undefined : !before.loginPossible);
  stream.forget();
  refused.set(problem);
});

/** @param {import('./lib/view.js').PageName} page */
function pageOf(page) {
  switch (page) {
    case 'overview':
      return OverviewPage;
    case 'districts':
    case 'contractors':
    case 'projects':
    case 'fundings':
      return GroupsPage;
    case 'group':
      return GroupPage;
    case 'hires':
      return HiresPage;
    case 'decisions':
      return DecisionsPage;
    case 'help':
      return HelpPage;
    case 'kiosk':
      return KioskPage;
    case 'login':
      return LoginPage;
    default:
      return Missing;
  }
}

function Missing() {
  return html`<${Refused} problem=${{ status: 404 }} />`;
}

function App() {
  const shown = useCell(view);
  const status = useCell(stream.status);
  const problem = useCell(refused);
  const loginElsewhere = useCell(elsewhere);
  const zone = status?.zone ?? DEFAULT_ZONE;
  const spokenNow = useCell(words);
  const texts = useMemo(() => spokenNow === null ? null : textsOf(spokenNow.lang, zone, spokenNow.words), [spokenNow, zone]);
  const place = shown.page + '/' + shown.level + '/' + shown.id;
  const first = useRef(true);

  useLayoutEffect(() => {
    wordsOf(shown.lang).then((found) => {
      if (view.get().lang === shown.lang) {
        words.set({ lang: shown.lang, words: found });
        document.documentElement.lang = shown.lang;
      }
    });
    document.documentElement.dataset['theme'] = shown.theme;
  }, [shown.lang, shown.theme]);

  useEffect(() => {
    if (first.current) {
      first.current = false;
      return;
    }
    window.scrollTo(0, 0);
    document.getElementById('main')?.focus({ preventScroll: true });
  }, [place]);

  const known = status ?? (loginElsewhere === true ? { ...UNKNOWN, loginPossible: false } : UNKNOWN);
  const login = shown.page === 'login' || problem?.status === 401;
  const live = shown.query['asOf'] === undefined && !known.publicMode;
  if (texts === null) {
    return null;
  }
  if (status === null && !login && problem === null) {
    return html`<p class="loading" role="status">${texts.t('loading')}</p>`;
  }
  const shared = { view: login ? { ...shown, page: 'login' } : shown, texts, status: known, live };
  const Page = login ? LoginPage : pageOf(shown.page);
  return html`<${Share} value=${shared}><${Frame}>
    ${problem !== null && !login ? html`<${Refused} problem=${problem} />` : html`<${Page} key=${place} />`}
  <//><//>`;
}

async function readStatus() {
  try {
    stream.accept(await get('/status'));
    refused.set(null);
  } catch (e) {
    refused.set(e);
    if (/** @type {any} */ (e).status !== 401) {
      window.setTimeout(readStatus, RETRY_MS);
    }
  }
}

/** @param {MouseEvent} e */
function followLink(e) {
  const link = e.target instanceof Element ? e.target.closest('a[href]') : null;
  if (!(link instanceof HTMLAnchorElement) || e.defaultPrevented || e.button !== 0 || e.metaKey || e.ctrlKey || e.shiftKey || e.altKey) {
    return;
  }
  const inPage = link.origin === window.location.origin && link.target === '' && !link.hasAttribute('download')
    && link.dataset['plain'] === undefined && !link.pathname.startsWith('/api/');
  if (inPage) {
    e.preventDefault();
    go(link.pathname + link.search, { replace: link.dataset['replace'] !== undefined });
  }
}

/** Another account has other figures: a page of the one before must not stay. */
function startAnewFor(/** @type {Status|null} */ before) {
  const now = stream.status.get();
  const changed = before !== null && now !== null
    && (now.me.name !== before.me.name || now.me.role !== before.me.role || now.me.contractorId !== before.me.contractorId);
  if (changed) {
    window.location.reload();
  }
  return now ?? before;
}

let account = stream.status.get();
stream.status.watch(() => {
  account = startAnewFor(account);
});

let hidden = 0;
document.addEventListener('click', followLink);
document.addEventListener('visibilitychange', () => {
  window.clearTimeout(hidden);
  if (document.hidden) {
    hidden = window.setTimeout(stream.sleep, HIDDEN_MS);
  } else {
    stream.wake();
  }
});
window.addEventListener('beforeprint', () => {
  const now = words.get();
  if (now === null) {
    return;
  }
  const texts = textsOf(now.lang, stream.status.get()?.zone ?? DEFAULT_ZONE, now.words);
  for (const place of document.querySelectorAll('.printed-at')) {
    place.textContent = texts.moment(Date.now() + stream.offset.get());
  }
});
window.addEventListener('pagehide', () => stream.sleep());
window.addEventListener('pageshow', () => stream.wake());
window.addEventListener('popstate', () => go(window.location.pathname + window.location.search, { replace: true }));

readStatus();
const root = document.getElementById('page');
if (root !== null) {
  render(html`<${App} />`, root);
}
