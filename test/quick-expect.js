/**
 * Jest makes two hundred functions and the trace of an Error at every call of `expect`, some thirty microseconds: in tests that look at every
 * number of a table that is most of their time. Here what plainly holds passes without; all else, and whatever fails, is Jest's own.
 */
const full = globalThis.expect;
const numbers = (a, b) => typeof a === 'number' && typeof b === 'number';

/** Matchers that hold of numbers, texts and truth values by a comparison: true where Jest's would pass too. */
const plainly = {
  toBe: (actual, [expected]) => Object.is(actual, expected),
  toEqual: (actual, [expected]) => typeof expected !== 'object' && typeof expected !== 'function' && Object.is(actual, expected),
  toStrictEqual: (actual, [expected]) => typeof expected !== 'object' && typeof expected !== 'function' && Object.is(actual, expected),
  toBeNull: (actual, values) => actual === null && values.length === 0,
  toBeDefined: (actual, values) => actual !== undefined && values.length === 0,
  toBeUndefined: (actual, values) => actual === undefined && values.length === 0,
  toBeLessThan: (actual, [expected]) => numbers(actual, expected) && actual < expected,
  toBeLessThanOrEqual: (actual, [expected]) => numbers(actual, expected) && actual <= expected,
  toBeGreaterThan: (actual, [expected]) => numbers(actual, expected) && actual > expected,
  toBeGreaterThanOrEqual: (actual, [expected]) => numbers(actual, expected) && actual >= expected,
  toBeCloseTo: (actual, [expected, digits = 2]) => numbers(actual, expected) && Math.abs(expected - actual) < 10 ** -digits / 2,
};

class Expectation {
  #actual;

  constructor(actual) {
    this.#actual = actual;
  }

  static matcher(name) {
    const passes = plainly[name];
    return function matcher(...values) {
      if (passes?.(this.#actual, values)) return undefined;
      try {
        return full(this.#actual)[name](...values);
      } catch (error) {
        if (error instanceof Error) Error.captureStackTrace(error, matcher); // it is the test's, not this file's
        throw error;
      }
    };
  }

  /** `not`, `resolves` and `rejects`. */
  static turn(name) {
    return {
      get: function turn() {
        return full(this.#actual)[name];
      },
    };
  }
}

for (const [name, value] of Object.entries(full(null)))
  if (typeof value === 'function') Object.defineProperty(Expectation.prototype, name, { value: Expectation.matcher(name) });
  else Object.defineProperty(Expectation.prototype, name, Expectation.turn(name));

const expect = (actual, ...rest) => (rest.length > 0 ? full(actual, ...rest) : new Expectation(actual));
globalThis.expect = Object.assign(expect, full);
