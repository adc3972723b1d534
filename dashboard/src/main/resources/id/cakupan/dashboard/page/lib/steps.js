import { daysBetween, plusDays } from './texts.js';

/**
 * Arithmetic of the trend: step functions over days, the path to the target, ticks.
 *
 * @typedef {{day: string, workers: number, covered: number, ratio: number|null}} Step holds until the next one
 */

/**
 * Steps of the ratio between two days; the first starts on `from`.
 *
 * @param {{day: string, workers: number, coveredWorkers: number}[]} points in order of days
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
      ratio: point.workers > 0 ? point.coveredWorkers / point.workers : null,
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
