import { readStudy } from '../../../experiments/catalogue/read-study.ts';
import { unusedLines } from '../../../experiments/commands/tell-unused.ts';

const linesOf = async (...all: readonly string[][]) =>
  unusedLines(await Promise.all(all.map((overrides) => readStudy('quickstart', overrides))));
const trees = 'ranker=gradient-boosted-trees';
const rate = 'training.optimiser.learningRate=0.5';

test('nothing is said of what is read, nor of defaults', async () => {
  expect(await linesOf([])).toEqual([]);
  expect(await linesOf([trees, 'estimators=[naive]'])).toEqual([]);
  expect(await linesOf(['ranker=mlp', rate, 'training.loss=list-mle', 'estimators=[naive, regression-em]'])).toEqual([]);
});

test('an optimiser moves no trees, but what dual learning learns beside them', async () => {
  const note =
    'note: training.optimiser is read by nothing: gradient-boosted-trees are grown and move by no optimiser; ranker.learningRate shrinks each';
  expect(await linesOf([trees, rate, 'estimators=[naive, ips, skyline]'])).toEqual([note]);
  for (const reader of ['dual-learning', '{bias: dual-learning, weighting: ips}', '{weighting: naive, ranker: linear}'])
    expect(await linesOf([trees, rate, `estimators=[naive, ${reader}]`])).toEqual([]);
});

test.each([
  [['ranker=mlp', 'estimators=[{name: naive, ranker: linear}, production]'], /^note: ranker is read by nothing: every method/],
  [
    ['training.loss=list-mle', 'estimators=[{name: naive, loss: prop-dcg}, regression-em]'],
    /^note: training.loss is read by nothing: every method/,
  ],
  [
    ['training.steps=7', 'baseline=production', 'estimators=[production, random]'],
    /^note: training.steps is read by nothing: no method here trains/,
  ],
  [['training.patience=3', 'simulation.validationSessions=0'], /^note: training.patience is read by nothing: nothing is held out/],
])('%j is told in one line', async (overrides, line) => {
  const lines = await linesOf(overrides);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(line);
});

test('of several runs, what none of them reads', async () => {
  const optimised = [rate, 'estimators=[naive]'];
  expect(await linesOf([...optimised, trees], [...optimised, 'ranker=linear'])).toEqual([]);
  expect(await linesOf([...optimised, trees], [...optimised, trees, 'seeds=2'])).toHaveLength(1);
});
