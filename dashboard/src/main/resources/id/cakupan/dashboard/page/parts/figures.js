import { html, useEffect, useRef, useState } from '../vendor/preact.js';
import { useShared } from '../lib/app.js';
import { NONE } from '../lib/texts.js';

/** @typedef {import('../lib/types.js').Row} Row */

const MARK_MS = 2_500;

/**
 * Text of a figure, marked for a moment when it changes.
 *
 * @param {{text: string, of?: string}} props of: what the figure belongs to; another one is no change
 */
export function Figure({ text, of = '' }) {
  const before = useRef({ text, of });
  const [marked, setMarked] = useState(0);
  useEffect(() => {
    const changed = before.current.of === of && before.current.text !== text;
    before.current = { text, of };
    if (!changed) {
      setMarked(0);
      return undefined;
    }
    setMarked((/** @type {number} */ n) => n + 1);
    const timer = window.setTimeout(() => setMarked(0), MARK_MS);
    return () => window.clearTimeout(timer);
  }, [text, of]);
  return html`<span key=${marked} class=${marked > 0 ? 'figure changed' : 'figure'}>${text}</span>`;
}

/**
 * Covered, covered by grace and uncovered as one bar, with a tick at the target. The text beside it says the same.
 *
 * @param {{row: Row, tall?: boolean, target?: number|null}} props
 */
export function Bar({ row, tall = false, target = row.target?.ratio ?? row.cityTarget ?? null }) {
  const { texts } = useShared();
  if (row.suppressed || row.workers === null || row.coveredWorkers === null || row.workers === 0) {
    return html`<span class="bar bar-none" aria-hidden="true"></span>`;
  }
  const grace = (row.coveredByGrace ?? 0) / row.workers;
  const covered = row.coveredWorkers / row.workers;
  const firm = covered - grace;
  const uncovered = row.uncoveredWorkers ?? row.workers - row.coveredWorkers;
  const label = (row.coveredByGrace === null ? texts.t('bar.label.public', { covered: row.coveredWorkers, uncovered })
    : texts.t('bar.label', { covered: row.coveredWorkers - row.coveredByGrace, grace: row.coveredByGrace, uncovered })) + (target === null ? '' : '; ' + texts.t('bar.target', { ratio: texts.percent(target) }));
  const percent = (/** @type {number} */ share) => (share * 100).toFixed(3) + '%';
  return html`<svg class=${tall ? 'bar bar-tall' : 'bar'} role="img" aria-label=${label}>
    <rect class="bar-all" width="100%" height="100%" />
    <rect class="bar-open" x=${percent(covered)} width=${percent(1 - covered)} height="100%" fill="url(#dots)" />
    <rect class="bar-firm" width=${percent(firm)} height="100%" />
    <rect class="bar-grace" x=${percent(firm)} width=${percent(grace)} height="100%" fill="url(#hatch)" />
    ${target !== null && html`<line class="bar-tick-halo" x1=${percent(target)} x2=${percent(target)} y1="0" y2="100%" />
    <line class="bar-tick" x1=${percent(target)} x2=${percent(target)} y1="0" y2="100%" />`}
  </svg>`;
}

/** Patterns that the bars share. */
export function Patterns() {
  return html`<svg class="patterns" width="0" height="0" aria-hidden="true" focusable="false"><defs>
    <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect class="hatch-ground" width="6" height="6" /><rect class="hatch-line" width="3" height="6" />
    </pattern>
    <pattern id="dots" width="6" height="6" patternUnits="userSpaceOnUse">
      <circle class="dot" cx="3" cy="3" r="0.9" />
    </pattern>
  </defs></svg>`;
}

/**
 * What the parts of the bars mean.
 *
 * @param {{tick?: string|null}} props tick: key of what the upright line means, null where there is none
 */
export function BarKey({ tick = 'bar.tickAny' }) {
  const { texts, status } = useShared();
  const part = (/** @type {string} */ kind, /** @type {string} */ label) => html`<li>
    <svg class="bar-sample" aria-hidden="true"><rect class="bar-all" width="100%" height="100%" />
      ${kind === 'firm' && html`<rect class="bar-firm" width="100%" height="100%" />`}
      ${kind === 'grace' && html`<rect class="bar-grace" width="100%" height="100%" fill="url(#hatch)" />`}
      ${kind === 'open' && html`<rect class="bar-open" width="100%" height="100%" fill="url(#dots)" />`}
      ${kind === 'tick' && html`<line class="bar-tick" x1="50%" x2="50%" y1="0" y2="100%" />`}
    </svg>${texts.t(label)}</li>`;
  return html`<ul class="bar-key">${part('firm', 'bar.firm')}${!status.publicMode && part('grace', 'bar.grace')}${part('open', 'bar.open')}${tick !== null && part('tick', tick)}</ul>`;
}

/**
 * Name of a group, in words where it has none.
 *
 * @param {{level: string, id: string, name: string|null}} group
 * @param {import('../lib/texts.js').Texts} texts
 * @returns {string}
 */
export function nameOf(group, texts) {
  if (group.level === 'funding') {
    const kind = group.id.slice(group.id.indexOf(':') + 1);
    return texts.has('funding.' + kind) ? texts.t('funding.' + kind) : (group.name ?? group.id);
  }
  if (group.id === 'UNASSIGNED') {
    return texts.t('unassigned');
  }
  return group.name ?? group.id;
}

/**
 * Why a group has no ratio, or null when it has one.
 *
 * @param {Row} row
 * @param {import('../lib/texts.js').Texts} texts
 * @returns {string|null}
 */
export function whyNoRatio(row, texts) {
  if (row.suppressed) {
    return row.workers === null ? texts.t('suppressed.why') : texts.t('coverage.' + (row.coverage ?? 'HIDDEN'), { n: row.workers });
  }
  return row.workers === 0 ? texts.t('noWorkers.why') : null;
}

/**
 * How many of how many are covered, as far as it is told.
 *
 * @param {Row} row
 * @param {import('../lib/texts.js').Texts} texts
 * @returns {string}
 */
export function coveredOf(row, texts) {
  if (row.workers === null) {
    return NONE;
  }
  if (!row.suppressed) {
    return texts.t('nOfD', { n: row.coveredWorkers ?? NONE, d: row.workers });
  }
  return row.coverage === 'FEW_COVERED' ? texts.t('nOfD', { n: texts.t('few'), d: row.workers }) : texts.t('nWorkers', { n: row.workers });
}

/**
 * How many are uncovered, as far as it is told.
 *
 * @param {Row} row
 * @param {import('../lib/texts.js').Texts} texts
 * @returns {string}
 */
export function uncoveredOf(row, texts) {
  return row.suppressed && row.coverage === 'FEW_UNCOVERED' ? texts.t('few') : texts.number(row.uncoveredWorkers);
}
