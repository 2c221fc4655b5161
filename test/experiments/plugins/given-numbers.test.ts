import { checkEntries, pluginExports } from '../../../experiments/catalogue/check-plugin.ts';
import type { PartKey } from '../../../experiments/catalogue/part-kinds.ts';
import { strictObject } from '../../../src/schema.ts';

/** What a plugin's entry makes, through the checks that a catalogue puts around it. */
function made(kind: PartKey, of: unknown): never {
  const exports = pluginExports({ [kind]: { mine: { description: 'mine', options: strictObject({}), create: () => of } } }, 'mine.js');
  const { mine } = checkEntries({ path: 'mine.js', sha256: '', texts: new Map(), exports }, kind, []);
  return (mine as unknown as { create(): never }).create();
}

const learned = { rank: () => new Float32Array(3), scorer: null, examination: null, record: null };
const learn = (changes: object) => (made('estimators', () => ({ ...learned, ...changes })) as () => typeof learned)();
const set = { labels: new Float32Array(3) };

test.each<[string, object, string]>([
  ['a share that is none', { clippedShare: Number.NaN }, 'clippedShare must be a share, from 0 to 1, or absent, got NaN'],
  ['a share above 1', { clippedShare: 1.5 }, 'got 1.5'],
  [
    'examination that is undefined',
    { examination: Float64Array.of(1, Number.NaN) },
    'examination must be finite numbers of at least 0, got NaN at position 2',
  ],
  [
    'a source that is none',
    { examinationSource: 'guessed' },
    'examinationSource must be one of oracle, randomisation, logged, given, learnt',
  ],
  ['examination as a list', { examination: [1, 1] }, 'examination must be a Float64Array, or null'],
])('an estimator that gives %s is refused, with its plugin and name', (_, changes, problem) => {
  expect(() => learn(changes)).toThrow(/^plugin mine\.js: estimator "mine": create\(\)\(\)\./);
  expect(() => learn(changes)).toThrow(problem);
});

test.each<[string, unknown, string]>([
  ['too few scores', new Float32Array(2), 'rank() must have 3 scores, one per document, got 2'],
  ['scores that are NaN', Float32Array.of(1, Number.NaN, 0), 'rank() must be numbers, which have a rank; score 2 of 3 is NaN'],
  ['a list', [1, 2, 3], 'rank() must be a Float32Array'],
])('a ranker that gives %s is refused, with its plugin and name', (_, scores, problem) => {
  const { rank } = learn({ rank: () => scores }) as { rank(set: object): unknown };
  expect(() => rank(set)).toThrow(`plugin mine.js: estimator "mine": create()().${problem}`);
});

test('what is right goes through, of a class too', () => {
  class Learnt {
    readonly scorer = null;
    readonly examination = Float64Array.of(1, 0.5);
    readonly record = null;
    readonly #scores = Float32Array.of(1, 2, 3);
    rank() {
      return this.#scores;
    }
  }
  const { rank, examination } = (made('estimators', () => new Learnt()) as () => { rank(set: object): unknown; examination: unknown })();
  expect([rank(set), examination]).toEqual([Float32Array.of(1, 2, 3), Float64Array.of(1, 0.5)]);
});
