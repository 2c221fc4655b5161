import { runSeed } from '../../../experiments/engine/run-seed.ts';
import type { Task } from '../../../experiments/engine/task.ts';
import { checkRows, column, rowsOf, table } from '../../../experiments/tables/table.ts';
import { UsageError } from '../../../src/errors.ts';

const guesses = table('guesses', 'what was guessed', { guess: column('number', 'a guess') });
const config = {
  seeds: ['7'],
  estimators: [
    { name: 'a', label: 'a' },
    { name: 'b', label: 'b' },
  ],
};

/** Runs a task whose two methods measure what is given, of two metrics over three flips and over everything. */
function run(ofMethods: readonly unknown[], guess = 0.5) {
  const metrics = [
    { label: 'loss', unit: 'flip' },
    { label: 'regret', unit: 'all' },
  ];
  const task = { name: 'coins', tables: [guesses], metrics: () => metrics, progressWords: () => ({ data: '', world: '' }) };
  let m = 0;
  const learn = () => ({ evaluate: () => ofMethods[m++], rows: [rowsOf(guesses, [{ guess }])] });
  const prepared = { seed: () => ({ units: { flip: ['x', 'y', 'z'] }, learn }) };
  return runSeed(task as unknown as Task, config as never, prepared as never, 0, () => {});
}
test('the word Infinity is a text like others', () => {
  const named = table('names', 'how things are called', { name: column('text', 'a name') });
  expect(() => checkRows(rowsOf(named, [{ name: 'Infinity' }, { name: 'NaN' }]))).not.toThrow();
});

const three = Float64Array.of(1, Number.NaN, 3);
const one = Float64Array.of(1);

test('values of declared units are taken, undefined ones too', async () => {
  const { outcome } = await run([
    [three, one],
    [three, one],
  ]);
  expect(outcome.values).toEqual([
    [three, one],
    [three, one],
  ]);
});

test.each([
  ['nothing', undefined, 'evaluate must give 2 lists of values, one for each metric, got undefined'],
  ['a metric too few', [three], 'evaluate must give 2 lists of values, one for each metric, got 1'],
  ['plain numbers', [[1, 2, 3], one], 'the values of loss must be a Float64Array'],
  ['a unit too few', [Float64Array.of(1, 2), one], 'loss has 2 values, for 3 (one per flip)'],
  ['many values over everything', [three, three], 'regret has 3 values, for 1 (one per all)'],
  ['an infinite one', [Float64Array.of(1, 2, Number.NEGATIVE_INFINITY), one], 'value 3 of loss is -Infinity; what is undefined is NaN'],
])('%s is refused, with task, method and seed', async (_, second, said) => {
  await expect(run([[three, one], second])).rejects.toThrow(`task coins, b, seed 7: ${said}`);
});

test('a metric that is undefined for every unit is told with its method and seed', async () => {
  const none = Float64Array.of(Number.NaN, Number.NaN, Number.NaN);
  await expect(
    run([
      [three, one],
      [none, one],
    ]),
  ).rejects.toThrow('task coins, b, seed 7: loss is undefined: each of its 3 values (one per flip) is NaN; leave the metric out');
});

test.each([Number.NaN, Number.POSITIVE_INFINITY])('%s is no value of a column that is always there', async (guess) => {
  await expect(
    run(
      [
        [three, one],
        [three, one],
      ],
      guess,
    ),
  ).rejects.toThrow(`table "guesses", row 1: guess must be of type number, got ${guess}`);
});

/** A task whose methods, by label, are refused by what a log tells, or measure. */
function refusing(reasons: Readonly<Record<string, string | undefined>>, thrown?: UsageError) {
  const task = {
    name: 'coins',
    tables: [],
    metrics: () => [{ label: 'regret', unit: 'all' }],
    progressWords: () => ({ data: '', world: '' }),
  };
  const learn = ({ label }: { label: string }) => {
    if (thrown !== undefined) throw thrown;
    const undefinedBecause = reasons[label];
    return {
      evaluate: () => [Float64Array.of(undefinedBecause === undefined ? 1 : Number.NaN)],
      ...(undefinedBecause && { undefinedBecause }),
    };
  };
  return runSeed(task as unknown as Task, config as never, { seed: () => ({ units: {}, learn }) } as never, 0, () => {});
}

test('a method that a log tells nothing is left out with its reason, and a run of such methods alone is refused', async () => {
  const { outcome } = await refusing({ b: 'no clicks' });
  expect(outcome.leftOut).toEqual(['b with seed 7 is left out: no clicks']);
  expect(outcome.values).toEqual([[one], [Float64Array.of(Number.NaN)]]);
  await expect(refusing({ a: 'too few', b: 'no clicks' })).rejects.toThrow(/no method has a value: a with seed 7 is left out: too few; b/);
});

test('what a method is refused for while it learns says which it is', async () => {
  await expect(refusing({}, new UsageError('weights below 0'))).rejects.toThrow('weights below 0 (method a, seed 7)');
});
