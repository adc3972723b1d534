import { html, useEffect, useMemo, useRef, useState } from '../vendor/preact.js';
import { change, useBeside, useDay, useShared } from '../lib/app.js';
import { queryOf } from '../lib/api.js';
import { dayTicks, linesOf, planned, ratioAxis, stepOn } from '../lib/steps.js';
import { daysBetween, NONE, plusDays } from '../lib/texts.js';
import { Explain } from './explain.js';

/**
 * @typedef {import('../lib/types.js').Timeline} Timeline
 * @typedef {import('../lib/steps.js').Step} Step
 */

const AHEAD_DAYS = 60;
const DEFAULT_DAYS = 180;
const RANGES = [30, 90, 180, 365];
const HEIGHT = 300;
const EDGE = { top: 16, right: 20, bottom: 30, left: 52 };
const REFRESH_MS = 5_000;

/**
 * The trend of a group: as now known, as then reported, the path to the target, the known future; also as a table.
 *
 * @param {{level: string, id: string}} props
 */
export function Trend({ level, id }) {
  const { view, texts, status } = useShared();
  const [asTable, setAsTable] = useState(false);
  const today = view.query['asOf'] ?? status.asOf;
  const fixed = view.query['asOf'] ?? null;
  // Nothing is told of the future of a fixed day, nor to the public.
  const to = view.query['to'] ?? (today === null || fixed !== null || status.publicMode ? today : plusDays(today, AHEAD_DAYS));
  const from = view.query['from'] ?? (today === null ? null : plusDays(today, -DEFAULT_DAYS));
  const path = from === null || to === null ? null
    : '/groups/' + level + '/' + encodeURIComponent(id) + '/timeline'
      + queryOf({ from, to });
  const { data, problem } = useBeside(path, REFRESH_MS);
  /** @type {Timeline|null} */
  const timeline = data;
  const some = timeline !== null && (timeline.points.length > 0 || timeline.reported.length > 0);
  /** @param {KeyboardEvent} e */
  const keys = (e) => {
    if (e.key.toLowerCase() === 't' && !e.ctrlKey && !e.metaKey && !e.altKey) {
      e.preventDefault();
      setAsTable(!asTable);
    }
  };
  return html`<section class="trend" aria-labelledby="trend-title" onKeyDown=${keys}>
    <div class="section-head">
      <h2 id="trend-title">${texts.t('trend')} <${Explain} about="trend" /></h2>
      ${today !== null && html`<${Ranges} today=${today} from=${from ?? ''} first=${timeline?.firstKnown ?? timeline?.reportedFrom ?? null} />`}
      <button type="button" class="button button-small" aria-pressed=${asTable} aria-keyshortcuts="t" onClick=${() => setAsTable(!asTable)}>
        ${texts.t(asTable ? 'trend.asChart' : 'trend.asTable')} <kbd aria-hidden="true">T</kbd></button>
    </div>
    ${timeline === null && problem === null && html`<p class="loading chart-space">${texts.t('loading')}</p>`}
    ${timeline === null && problem !== null && html`<p class="empty-line">${texts.t(problem.status === 404 ? 'trend.suppressed' : 'trend.failed')}</p>`}
    ${timeline !== null && !some && html`<p class="empty-line">${texts.t('trend.none')}</p>`}
    ${timeline !== null && some && from !== null && to !== null && html`
      ${asTable ? html`<${TrendTable} timeline=${timeline} from=${from} to=${to} />` : html`<${Chart} timeline=${timeline} from=${from} to=${to} />`}
      ${!status.historyReady && html`<p class="quiet">${texts.t('trend.historyLoading')}</p>`}
      ${timeline.points.length > 0 && html`<div class="trend-extra">
        ${fixed === null && html`<${Ahead} timeline=${timeline} />`}
        <${Months} months=${timeline.months.filter((each) => fixed === null || each.month < fixed.slice(0, 7))} />
      </div>`}`}
  </section>`;
}

/** @param {{today: string, from: string, first: string|null}} props */
function Ranges({ today, from, first }) {
  const { texts, view } = useShared();
  /** @param {string|null} start */
  const pick = (start) => change({ from: start, to: null }, { replace: true });
  const all = first ?? plusDays(today, -3650);
  return html`<div class="ranges" role="group" aria-label=${texts.t('range')}>
    ${RANGES.map((days) => {
      const start = plusDays(today, -days);
      return html`<button key=${days} type="button" class="chip" aria-pressed=${from === start && view.query['to'] === undefined}
        onClick=${() => pick(days === DEFAULT_DAYS ? null : start)}>${texts.t('range.days', { days })}</button>`;
    })}
    <button type="button" class="chip" aria-pressed=${from === all} onClick=${() => pick(all)}>${texts.t('range.all')}</button>
  </div>`;
}

/** @param {{timeline: Timeline, from: string, to: string}} props */
function Chart({ timeline, from, to }) {
  const { texts } = useShared();
  const box = useRef(/** @type {HTMLElement|null} */ (null));
  const [width, setWidth] = useState(720);
  const [cursor, setCursor] = useState(/** @type {string|null} */ (null));
  useEffect(() => {
    const element = box.current;
    if (element === null) {
      return undefined;
    }
    const measure = () => setWidth(Math.max(260, Math.round(element.clientWidth)));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const lines = useMemo(() => linesOf(timeline, from, to), [timeline, from, to]);
  const span = Math.max(1, daysBetween(from, to));
  const inner = { width: width - EDGE.left - EDGE.right, height: HEIGHT - EDGE.top - EDGE.bottom };
  const { low, high, ticks } = ratioAxis(lines.ratios);
  const x = (/** @type {string} */ day) => EDGE.left + (daysBetween(from, day) / span) * inner.width;
  const y = (/** @type {number} */ ratio) => EDGE.top + (1 - (ratio - low) / Math.max(1e-9, high - low)) * inner.height;
  const today = timeline.today;
  const shown = cursor ?? (today < from ? from : today > to ? to : today);
  const stops = lines.stops;

  /** @param {KeyboardEvent} e */
  const keys = (e) => {
    const next = moved(e.key, stops, shown);
    if (next !== null) {
      e.preventDefault();
      setCursor(next);
    }
  };
  /** @param {PointerEvent} e */
  const point = (e) => {
    const bounds = /** @type {Element} */ (e.currentTarget).getBoundingClientRect();
    const share = ((e.clientX - bounds.left) / bounds.width * width - EDGE.left) / inner.width;
    setCursor(plusDays(from, Math.max(0, Math.min(span, Math.round(share * span)))));
  };
  const readout = readoutOf(lines, timeline, shown, texts);
  const path = lines.path;
  const future = today < to && today >= from;
  const atEdge = today <= to && x(today) > width - 70;
  const dot = (stepOn(lines.known, shown) ?? (shown <= lines.reportedTo ? stepOn(lines.reported, shown) : null))?.ratio ?? null;
  const day = useDay();
  return html`<div class="chart" ref=${box}>
    <p class="readout"><strong>${readout.day}</strong>${readout.parts.map((part) => html`<span key=${part.kind} class=${'read read-' + part.kind}>${part.text}</span>`)}</p>
    <svg class="chart-svg" viewBox=${'0 0 ' + width + ' ' + HEIGHT} height=${HEIGHT} tabindex="0" role="slider"
      aria-label=${texts.t('trend.chart')} aria-valuemin="0" aria-valuemax=${span} aria-valuenow=${daysBetween(from, shown)}
      aria-valuetext=${readout.day + ': ' + readout.parts.map((part) => part.text).join('; ')}
      onKeyDown=${keys} onPointerMove=${point} onPointerDown=${point}>
      ${future && html`<rect class="chart-future" x=${x(today)} y=${EDGE.top} width=${x(to) - x(today)} height=${inner.height} />`}
      ${ticks.map((tick) => html`<g key=${tick}><line class="grid" x1=${EDGE.left} x2=${width - EDGE.right} y1=${y(tick)} y2=${y(tick)} />
        <text class="tick" x=${EDGE.left - 8} y=${y(tick) + 4} text-anchor="end">${texts.percent(tick)}</text></g>`)}
      ${dayTicks(from, to, Math.max(2, Math.floor(inner.width / 90))).map((day) => html`<g key=${day}>
        <line class="grid-tick" x1=${x(day)} x2=${x(day)} y1=${HEIGHT - EDGE.bottom} y2=${HEIGHT - EDGE.bottom + 5} />
        <text class="tick" x=${x(day)} y=${HEIGHT - 8} text-anchor=${x(day) > width - 50 ? 'end' : x(day) < EDGE.left + 20 ? 'start' : 'middle'}>${span > 400 ? texts.month(day.slice(0, 7)) : texts.dayTick(day)}</text></g>`)}
      ${path !== null && html`<polyline class="line-path" points=${path.map((each) => x(each.day).toFixed(1) + ',' + y(each.ratio).toFixed(1)).join(' ')} />`}
      <path class="line-reported" d=${stepPath(lines.reported, lines.reportedTo, x, y)} />
      <path class="line-known" d=${stepPath(lines.known, today < to ? today : to, x, y)} />
      ${future && html`<path class="line-ahead" d=${stepPath(stepsAfter(lines.known, today), to, x, y)} />`}
      ${today >= from && today <= to && html`<line class="today" x1=${x(today)} x2=${x(today)} y1=${EDGE.top - 6} y2=${HEIGHT - EDGE.bottom} />
        <text class="tick today-label" x=${x(today) + (atEdge ? 0 : 5)} text-anchor=${atEdge ? 'end' : 'start'} y=${EDGE.top - 6}>${day === null ? texts.t('today') : texts.dayTick(today)}</text>`}
      ${cursor !== null && html`<line class="cursor" x1=${x(shown)} x2=${x(shown)} y1=${EDGE.top} y2=${HEIGHT - EDGE.bottom} />`}
      ${dot !== null && html`<circle class="cursor-dot" cx=${x(shown)} cy=${y(dot)} r="4.5" />`}
    </svg>
    <ul class="line-key">
      ${[['known', 'trend.known'], ['ahead', 'trend.ahead'], ['reported', 'trend.reported'], ['path', 'trend.path']]
        .filter(([kind]) => (kind !== 'path' || path !== null) && (kind !== 'reported' || lines.reported.length > 0)
          && (kind !== 'known' || lines.known.length > 0) && (kind !== 'ahead' || (future && lines.known.length > 0)))
        .map(([kind, label]) => html`<li key=${kind}><svg width="28" height="10" aria-hidden="true"><line class=${'line-' + kind} x1="1" x2="27" y1="5" y2="5" /></svg>${texts.t(label ?? '')}</li>`)}
    </ul>
    <p class="quiet no-print">${texts.t('trend.keys')}</p>
  </div>`;
}

/**
 * @param {Step[]} steps
 * @param {string} day
 * @returns {Step[]} the steps from that day on, the first one starting there
 */
function stepsAfter(steps, day) {
  const first = stepOn(steps, day);
  const later = steps.filter((step) => step.day > day);
  return first === null ? later : [{ ...first, day }, ...later];
}

/**
 * @param {Step[]} steps
 * @param {string} end day until which the last one is drawn
 * @param {(day: string) => number} x
 * @param {(ratio: number) => number} y
 */
function stepPath(steps, end, x, y) {
  let d = '';
  let open = false;
  for (let i = 0; i < steps.length; i++) {
    const step = steps[i];
    if (step === undefined || step.day > end) {
      break;
    }
    if (step.ratio === null) {
      open = false;
      continue;
    }
    const next = steps[i + 1]?.day ?? end;
    const at = y(step.ratio).toFixed(1);
    d += open ? 'V' + at : 'M' + x(step.day).toFixed(1) + ',' + at;
    d += 'H' + x(next < end ? next : end).toFixed(1);
    open = true;
  }
  return d;
}

/**
 * Where a key moves the cursor to, or null when it is no key of the chart.
 *
 * @param {string} key
 * @param {string[]} stops
 * @param {string} now
 * @returns {string|null}
 */
function moved(key, stops, now) {
  const first = stops[0] ?? now;
  const last = stops[stops.length - 1] ?? now;
  const before = stops.filter((day) => day < now);
  const after = stops.filter((day) => day > now);
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return before[before.length - 1] ?? first;
    case 'ArrowRight':
    case 'ArrowUp':
      return after[0] ?? last;
    case 'PageDown':
      return before[Math.max(0, before.length - 10)] ?? first;
    case 'PageUp':
      return after[Math.min(9, after.length - 1)] ?? last;
    case 'Home':
      return first;
    case 'End':
      return last;
    default:
      return null;
  }
}

/**
 * @param {ReturnType<typeof linesOf>} lines
 * @param {Timeline} timeline
 * @param {string} day
 * @param {import('../lib/texts.js').Texts} texts
 */
function readoutOf(lines, timeline, day, texts) {
  const known = stepOn(lines.known, day);
  const reported = day <= lines.reportedTo ? stepOn(lines.reported, day) : null;
  const path = planned(timeline.path, day);
  const parts = [];
  if (lines.known.length > 0) {
    parts.push({
      kind: 'known',
      text: known === null || known.workers === 0 ? texts.t('trend.read.none')
        : texts.t(day > timeline.today ? 'trend.read.ahead' : 'trend.read.known', { ratio: texts.percent(known.ratio), n: known.covered ?? NONE, d: known.workers ?? NONE }),
    });
    if (reported !== null && reported.ratio !== null) {
      parts.push({ kind: 'reported', text: texts.t('trend.read.reported', { ratio: texts.percent(reported.ratio) }) });
    }
  } else {
    parts.push({ kind: 'reported', text: reportedAlone(reported, texts) });
  }
  if (path !== null) {
    parts.push({ kind: 'path', text: texts.t('trend.read.path', { ratio: texts.percent(path) }) });
  }
  return { day: texts.day(day), parts };
}

/**
 * What was reported for a day, where it is all that is told.
 *
 * @param {Step|null} reported
 * @param {import('../lib/texts.js').Texts} texts
 * @returns {string}
 */
function reportedAlone(reported, texts) {
  if (reported === null) {
    return texts.t('trend.read.unreported');
  }
  if (reported.workers === 0) {
    return texts.t('trend.read.none');
  }
  return reported.ratio === null ? texts.t('trend.read.withheld')
    : texts.t('trend.read.known', { ratio: texts.percent(reported.ratio), n: reported.covered ?? NONE, d: reported.workers ?? NONE });
}

/** @param {{timeline: Timeline, from: string, to: string}} props */
function TrendTable({ timeline, from, to }) {
  const { texts } = useShared();
  const lines = useMemo(() => linesOf(timeline, from, to), [timeline, from, to]);
  return html`<div class="scroll-box" tabindex="0" role="region" aria-label=${texts.t('trend.table')}><table class="plain">
    <caption class="visually-hidden">${texts.t('trend.table')}</caption>
    <thead><tr><th scope="col">${texts.t('column.day')}</th><th scope="col" class="num">${texts.t('workers')}</th><th scope="col" class="num">${texts.t('covered')}</th>
      ${lines.known.length > 0 && html`<th scope="col" class="num">${texts.t('trend.known')}</th>`}<th scope="col" class="num">${texts.t('trend.reported')}</th><th scope="col" class="num">${texts.t('trend.path')}</th></tr></thead>
    <tbody>${lines.stops.map((day) => {
      const known = stepOn(lines.known, day);
      const reported = day <= lines.reportedTo ? stepOn(lines.reported, day) : null;
      return html`<tr key=${day}><th scope="row">${texts.dayShort(day)}${day > timeline.today ? ' *' : ''}</th>
        <td class="num">${texts.number((known ?? reported)?.workers)}</td><td class="num">${texts.number((known ?? reported)?.covered)}</td>
        ${lines.known.length > 0 && html`<td class="num">${texts.percent(known?.ratio)}</td>`}<td class="num">${texts.percent(reported?.ratio)}</td>
        <td class="num">${texts.percent(planned(timeline.path, day))}</td></tr>`;
    })}</tbody>
  </table>${to > timeline.today && html`<p class="quiet">${texts.t('trend.star')}</p>`}</div>`;
}

/** @param {{timeline: Timeline}} props */
function Ahead({ timeline }) {
  const { texts } = useShared();
  return html`<div class="panel"><h3>${texts.t('ahead')} <${Explain} about="ahead" /></h3>
    ${timeline.changesAhead.length === 0 ? html`<p class="quiet">${texts.t('ahead.none')}</p>`
      : html`<ul class="ahead">${timeline.changesAhead.slice(0, 6).map((each) => html`<li key=${each.day}>
        <time datetime=${each.day}>${texts.dayShort(each.day)}</time>
        <span>${texts.t('ahead.line', { covered: texts.change(each.coveredWorkers), workers: texts.change(each.workers) })}</span></li>`)}</ul>
        ${timeline.changesAhead.length > 6 && html`<p class="quiet">${texts.t('ahead.more', { n: timeline.changesAhead.length - 6 })}</p>`}`}
  </div>`;
}

/** @param {{months: Timeline['months']}} props those to choose the last ones from */
function Months({ months: all }) {
  const { texts } = useShared();
  const months = all.slice(-6);
  return html`<div class="panel"><h3>${texts.t('months')} <${Explain} about="personDays" /></h3>
    ${months.length === 0 ? html`<p class="quiet">${texts.t('months.none')}</p>` : html`<table class="plain">
      <thead><tr><th scope="col">${texts.t('column.month')}</th><th scope="col" class="num">${texts.t('months.covered')}</th><th scope="col" class="num">${texts.t('months.all')}</th><th scope="col" class="num">${texts.t('column.ratio')}</th></tr></thead>
      <tbody>${months.map((each) => html`<tr key=${each.month}><th scope="row">${texts.month(each.month)}</th><td class="num">${texts.number(each.coveredWorkerDays)}</td>
        <td class="num">${texts.number(each.workerDays)}</td><td class="num">${each.workerDays === 0 ? NONE : texts.percent(each.coveredWorkerDays / each.workerDays)}</td></tr>`)}</tbody></table>`}
  </div>`;
}
