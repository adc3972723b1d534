import { daysBetween, plusDays } from './texts.js';

/**
 * Arithmetic of the trend: step functions over days, the path to the target, ticks.
 *
 * @typedef {{day: string, workers: number|null, covered: number|null, ratio: number|null}} Step holds until the next one; null: withheld
 */

/**
 * Steps of the ratio between two days; the first starts on `from`.
 *
 * @param {{day: string, workers: number|null, coveredWorkers: number|null}[]} points in order of days
 * @param {string} from
 * @param {string} to
 * @returns {Step[]}
 */
export function stepsOf(points, from, to) {
  /** @type {Step[]} */
  const steps = [];
  for (const point of points) {
    if (point.day > to) {
      break;
    }
    const step = {
      day: point.day < from ? from : point.day,
      workers: point.workers,
      covered: point.coveredWorkers,
      ratio: point.workers !== null && point.coveredWorkers !== null && point.workers > 0 ? point.coveredWorkers / point.workers : null,
    };
    const last = steps[steps.length - 1];
    if (last !== undefined && last.day === step.day) {
      steps[steps.length - 1] = step;
    } else {
      steps.push(step);
    }
  }
  return steps;
}

/**
 * The step that holds on a day.
 *
 * @param {Step[]} steps
 * @param {string} day
 * @returns {Step|null}
 */
export function stepOn(steps, day) {
  let found = null;
  for (const step of steps) {
    if (step.day > day) {
      break;
    }
    found = step;
  }
  return found;
}

/**
 * Where the target stands on a day: on the straight line from the baseline, level after its last day, null before.
 *
 * @param {{baselineRatio: number|null, baselineOn: string|null, ratio: number, dueOn: string}|null} path
 * @param {string} day
 * @returns {number|null}
 */
export function planned(path, day) {
  if (path === null || path.baselineRatio === null || path.baselineOn === null) {
    return null;
  }
  const length = daysBetween(path.baselineOn, path.dueOn);
  const passed = daysBetween(path.baselineOn, day);
  if (passed < 0 || length <= 0) {
    return null;
  }
  return passed >= length ? path.ratio : path.baselineRatio + ((path.ratio - path.baselineRatio) * passed) / length;
}

/**
 * The lines of a chart between two days, and the days at which something changes.
 *
 * @param {import('./types.js').Timeline} timeline of which only the reported days may be told
 * @param {string} from
 * @param {string} to
 */
export function linesOf(timeline, from, to) {
  const known = stepsOf(timeline.points.map((p) => ({ day: p.from, workers: p.workers, coveredWorkers: p.coveredWorkers })), from, to);
  const reportedTo = timeline.reportedTo === null ? from : timeline.reportedTo < to ? timeline.reportedTo : to;
  const reported = timeline.reportedFrom === null ? [] : stepsOf(timeline.reported, from, reportedTo);
  const path = pathWithin(timeline.path, from, to);
  const days = new Set([from, to, ...known.map((step) => step.day), ...reported.map((step) => step.day)]);
  if (timeline.today >= from && timeline.today <= to) {
    days.add(timeline.today);
  }
  const ratios = [...known, ...reported].map((step) => step.ratio).filter((ratio) => ratio !== null);
  if (path !== null) {
    ratios.push(...path.map((each) => each.ratio));
  }
  return { known, reported, reportedTo, path, ratios, stops: [...days].sort() };
}

/**
 * The part of the path to the target that lies between two days.
 *
 * @param {import('./types.js').Path|null} path
 * @param {string} from
 * @param {string} to
 */
function pathWithin(path, from, to) {
  if (path === null || path.baselineOn === null) {
    return null;
  }
  const first = path.baselineOn > from ? path.baselineOn : from;
  const days = [first, path.dueOn, to].filter((day) => day >= first && day <= to);
  const corners = days.map((day) => ({ day, ratio: planned(path, day) ?? path.ratio }));
  return corners.length < 2 ? null : corners;
}

/**
 * Round bounds and ticks that hold all ratios, at least ten percentage points apart.
 *
 * @param {number[]} ratios
 * @returns {{low: number, high: number, ticks: number[]}}
 */
export function ratioAxis(ratios) {
  const least = ratios.length === 0 ? 0 : Math.min(...ratios);
  const most = ratios.length === 0 ? 1 : Math.max(...ratios);
  const wanted = Math.max(most - least, 0.08);
  const size = [0.02, 0.05, 0.1, 0.2, 0.25].find((each) => wanted / each <= 5) ?? 0.25;
  let low = Math.max(0, Math.floor(least / size + 1e-9) * size);
  let high = Math.min(1, Math.ceil(most / size - 1e-9) * size);
  if (high - low < 2 * size) {
    low = Math.max(0, low - size);
    high = Math.min(1, high + size);
  }
  const ticks = [];
  for (let i = 0; low + i * size <= high + 1e-9; i++) {
    ticks.push(Number((low + i * size).toFixed(4)));
  }
  return { low, high: ticks[ticks.length - 1] ?? high, ticks };
}

/**
 * Days at which a time axis is labelled: days, weeks, months or years apart, at most `most` of them.
 *
 * @param {string} from
 * @param {string} to
 * @param {number} most
 * @returns {string[]}
 */
export function dayTicks(from, to, most) {
  const span = Math.max(1, daysBetween(from, to));
  const months = [1, 2, 3, 6, 12, 24, 60].find((each) => span / (each * 30.4) <= most) ?? 120;
  if (span > 75) {
    const ticks = [];
    let year = Number(from.slice(0, 4));
    let month = Math.ceil((Number(from.slice(5, 7)) - 1) / months) * months;
    for (;;) {
      const day = dayOf(year + Math.floor(month / 12), (month % 12) + 1);
      if (day > to) {
        return ticks;
      }
      if (day >= from) {
        ticks.push(day);
      }
      month += months;
      if (month >= 1200) {
        year += 100;
        month -= 1200;
      }
    }
  }
  const days = [1, 2, 7, 14, 28].find((each) => span / each <= most) ?? 28;
  const ticks = [];
  for (let day = from; day <= to; day = plusDays(day, days)) {
    ticks.push(day);
  }
  return ticks;
}

/**
 * @param {number} year
 * @param {number} month 1..12
 */
function dayOf(year, month) {
  return String(year).padStart(4, '0') + '-' + String(month).padStart(2, '0') + '-01';
}
