import { bernoulli, createRng, type Decoded, integer, make, openProbability, optional, strictObject } from 'counterrank';
import {
  column,
  declareTable,
  defineTask,
  figure,
  finding,
  type Learnt,
  lineChart,
  noteRule,
  rowsOf,
  studySchemas,
  type TaskEntry,
} from 'counterrank/experiments';

/** What a method makes of the flips it sees (1: heads): the probability of heads that it expects. */
type Guess = (flips: readonly number[], bias: number) => number;

const heads = (flips: readonly number[]): number => flips.reduce((sum, flip) => sum + flip, 0);
const none = strictObject({});
const doubtOptions = strictObject({ doubt: optional(openProbability(), 0.1) });

const methods = {
  fair: { description: 'every coin is fair: 1/2', options: none, create: (): Guess => () => 1 / 2 },
  share: {
    description: 'the rule of succession, (heads + 1) / (flips + 2)',
    options: none,
    create: (): Guess => (flips) => (heads(flips) + 1) / (flips.length + 2),
  },
  majority: {
    description: 'what came up more often comes up again, but for a doubt',
    options: doubtOptions,
    create:
      ({ doubt }: Decoded<typeof doubtOptions>): Guess =>
      (flips) =>
        2 * heads(flips) >= flips.length ? 1 - doubt : doubt,
  },
  truth: { description: 'the bias that the flips are drawn with', reference: true, options: none, create: (): Guess => (_, bias) => bias },
};

const schemas = studySchemas({
  task: 'coin-flip',
  methods,
  settings: { flips: optional(integer(2), 100), bias: optional(openProbability(), 0.7) },
  evaluation: optional(strictObject({ learntShare: optional(openProbability(), 0.5) }), {}), // of the flips; metrics are over the others
  standard: { baseline: 'fair', estimators: ['fair', 'share', 'majority', 'truth'] },
});
type CoinConfig = Decoded<typeof schemas.run>;

const estimates = declareTable('estimates', 'probability of heads, as a method has it after every flip that it sees', {
  step: column('integer', 'flips seen'),
  p: column('number', 'as the method has it', { unit: 'probability', series: 'estimate/p' }),
  true: column('number', 'that the flips are drawn with', { unit: 'probability' }),
});

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const estimatesFigure = figure(
  estimates,
  { title: 'Estimates', note: 'Probability of heads after every flip, mean over runs and seeds.' },
  (title, series) => {
    const [first] = series;
    if (first === undefined) return null;
    const at = (key: 'p' | 'true') => first.rows.map((_, i) => mean(series.flatMap(({ rows }) => rows[i]?.[key] ?? [])));
    return lineChart({ estimate: at('p'), truth: at('true') }, { title, x: 'flips seen', y: 'P(heads)' });
  },
);

const wrongSide = noteRule(estimates, 'leant to the wrong side on the way', ({ p, true: bias }) => (p - 1 / 2) * (bias - 1 / 2) < 0);

const off = 0.15;
const offFinding = finding(
  estimates,
  { words: `estimate off by more than ${off}`, sentence: (labels, fault) => `the estimate of ${labels.join(', ')} is ${fault}` },
  (series) => {
    const error = mean(series.flatMap(({ rows }) => rows.slice(-1).map(({ p, true: bias }) => Math.abs(p - bias))));
    return error > off ? `off by ${error.toFixed(2)}` : null;
  },
);

/** The flips of a seed: those that methods see, and those that they are measured on. */
function draw({ flips, bias, evaluation: { learntShare } }: CoinConfig, seed: string) {
  const rng = createRng(`coin-flip/${seed}`).fork('flips');
  const all = Array.from({ length: flips }, () => Number(bernoulli(bias, rng)));
  const seen = Math.round(learntShare * flips);
  return { learnt: all.slice(0, seen), others: all.slice(seen) };
}

const coinFlip = defineTask<CoinConfig>({
  name: 'coin-flip',
  description: 'the bias of a coin, learnt from some of its flips',
  ...schemas,
  faults: ({ flips, evaluation: { learntShare } }) => {
    const seen = Math.round(learntShare * flips);
    return seen > 0 && seen < flips
      ? []
      : [{ path: ['evaluation', 'learntShare'], problem: `leaves no flip of ${flips} to learn from, or none to measure on` }];
  },
  examples: [{ task: 'coin-flip', seeds: 2, flips: 40, estimators: ['fair', 'share', { name: 'majority', doubt: 0.2 }, 'truth'] }],
  methods,
  metrics: () => [
    { label: 'log-loss', description: '−ln of the probability of what came up', unit: 'flip', lowerIsBetter: true },
    { label: 'accuracy', description: '1 where the likelier side came up, 1/2 where none is likelier', unit: 'flip', lowerIsBetter: false },
  ],
  tables: [estimates],
  views: [estimatesFigure],
  notes: [wrongSide],
  findings: [offFinding],
  axis: { key: 'bias', words: 'bias', title: 'P(heads)' },
  lead: ({ flips, bias }) => `${flips} flips of a coin with P(heads) = ${bias}`,
  progressWords: () => ({ data: 'a coin', world: 'flips' }),
  prepare: async (config) => ({
    seed(seed) {
      const { learnt, others } = draw(config, seed);
      return {
        units: {},
        learn({ label: _label, ...choice }): Learnt {
          const guess = make('method', methods, choice as Omit<CoinConfig['estimators'][number], 'label'>);
          const p = guess(learnt, config.bias);
          return {
            evaluate: () => [
              Float64Array.from(others, (flip) => -Math.log(flip === 1 ? p : 1 - p)),
              Float64Array.from(others, (flip) => (p === 1 / 2 ? 1 / 2 : Number(flip === Number(p > 1 / 2)))),
            ],
            rows: [
              rowsOf(
                estimates,
                learnt.map((_, i) => ({ step: i + 1, p: guess(learnt.slice(0, i + 1), config.bias), true: config.bias })),
              ),
            ],
          };
        },
      };
    },
  }),
});

export const tasks = {
  'coin-flip': { description: coinFlip.description, create: () => coinFlip },
} satisfies Readonly<Record<string, TaskEntry>>;
