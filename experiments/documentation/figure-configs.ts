/** Where the configs are that figures of method pages are made by. */
const configFolder = 'experiments/configs/figures';
export const configFile = (config: string): string => `${configFolder}/${config}.yaml`;

/** Means over seeds of a metric along a key that a sweep varies. */
export interface Curves {
  readonly metric: string | null; // null: the one that the page is about
  readonly along: string;
  readonly words: string; //         of the axis
  readonly logarithmic: boolean;
  readonly by?: string; //           the key whose values are the lines, of the method `of`; else methods are
  readonly of?: string | Readonly<Record<string, string>>; // one, or one for each value
  readonly intervals?: true; //      with 95 % t intervals over seeds
}

/** Means over seeds of columns by rank of a table of one run. */
export interface ByRank {
  readonly table: string;
  /** What is appended to the names of lines → the column, and that of the truth. */
  readonly columns: Readonly<Record<string, readonly [column: string, truth: string]>>;
  readonly within?: string; //       a column that tells several curves of a method apart
  readonly words: string; //         of the axis
  readonly intervals?: true;
}

export type Drawing = Curves | ByRank;

export interface FigureConfig {
  readonly drawing: Drawing;
  readonly shows: string; // below the figure, after the names of its lines
  readonly whole?: true; //  all lines in one figure, which all pages show
  readonly lines?: readonly string[]; // where values of a key are the lines: those
}

const bySessions = (metric: string | null) => ({ metric, along: 'simulation.sessions', words: 'sessions', logarithmic: true }) as const;
const ndcg = (users: string, seeds: number, beside = ''): FigureConfig => ({
  drawing: bySessions('ndcg@10'),
  shows: `NDCG@10 by true labels of 150 queries, users ${users}, mean of ${seeds} seeds${beside}`,
});
const byPower = { metric: 'auc', along: 'world.power', words: 'world.power', logarithmic: false, intervals: true } as const;
const relative = 'examination relative to rank 1';
const examination = (log: string): FigureConfig => ({
  drawing: { table: 'bias', columns: { '': ['estimated', 'true'] }, words: relative },
  shows: `100,000 sessions of position-based users${log}, one seed`,
});
const intervals = 'mean of 3 seeds with 95 % t intervals';
const examined = (users: string): FigureConfig => ({
  drawing: { table: 'examination', columns: { '': ['estimated', 'true'] }, words: relative, intervals: true },
  shows: `${relative}, fitted to 30,000 sessions of ${users}, ${intervals}`,
});

/** By name of the config. */
export const figureConfigs: Readonly<Record<string, FigureConfig>> = {
  estimators: ndcg('position-based', 3),
  affine: ndcg('with trust bias', 3),
  safe: ndcg('position-based', 2, ', 60 steps, which does not train them to the end'),
  weightings: ndcg('position-based', 3),
  losses: ndcg('position-based', 3),
  rankers: ndcg('position-based', 2),
  embedding: {
    drawing: bySessions('ndcg@10'),
    shows: 'NDCG@10 by true labels of the 60 queries that the log is of, users position-based, mean of 3 seeds',
  },
  'bias-estimators': examination(', of which 20,000 more were shuffled'),
  'rand-pair': examination(', and 20,000 with swaps'),
  'adjacent-swap': examination(', and 20,000 with swaps'),
  'fair-pairs': examination(', and 20,000 with swaps'),
  'trust-bias': {
    drawing: { table: 'affine-bias', columns: { ': α': ['alpha', 'true_alpha'], ': β': ['beta', 'true_beta'] }, words: 'α and β' },
    shows: 'P(click) = α · relevance + β in 1,000,000 sessions, one seed',
  },
  'contextual-network': {
    drawing: { table: 'bias-by-context', columns: { '': ['estimated', 'true'] }, within: 'context', words: relative },
    shows: `${relative} in each of two contexts, 100,000 sessions and 20,000 shuffled, one seed`,
  },
  propensities: {
    drawing: { ...bySessions('ndcg@10'), intervals: true },
    shows: `NDCG@10 of ips with these propensities by true labels of 150 queries, users position-based, ${intervals}`,
  },
  'click-models': {
    drawing: bySessions('perplexity'),
    shows: 'perplexity of clicks not seen, less is better, users dynamic Bayesian, mean of 3 seeds',
  },
  grid: examined('users who read a grid of five columns'),
  'carousel-cascade': examined('users of three carousels of five items'),
  pages: examined('users of three pages of five documents'),
  mixture: examined('users of whom half are position-based and half dynamic Bayesian'),
  'cascade-users': examined('informational users'),
  'contextual-position-based': {
    drawing: { table: 'parameters', columns: { '': ['value', 'true'] }, within: 'context', words: 'examination', intervals: true },
    shows: `examination relative to rank 1 of the first context, fitted to 30,000 sessions, ${intervals}`,
  },
  'implicit-recommenders': {
    drawing: { metric: 'auc', along: 'world.power', words: 'world.power', logarithmic: false },
    shows: 'AUC by true relevance of all pairs, exposure the rarer and more uneven the higher world.power, mean of 3 seeds',
  },
  'explicit-recommenders': {
    drawing: { metric: 'squared-error', along: 'world.users', words: 'users who rate', logarithmic: true, intervals: true },
    shows: 'squared error on random pairs, less is better, exposure told, mean of 5 seeds with 95 % t intervals',
  },
  'conversion-recommenders': {
    drawing: { metric: 'log-loss', along: 'world.correlation', words: 'world.correlation', logarithmic: false, intervals: true },
    shows: `log loss of conversion over all impressions, less is better, by how far interest and intent go together, ${intervals}`,
  },
  'implicit-exposures': {
    drawing: { ...byPower, by: 'exposure', of: 'ips' },
    lines: ['naive', 'popularity-power', 'expo-mf', 'oracle', 'ideal'],
    shows: `AUC by true relevance of all pairs, of ips with these exposures, the higher world.power the rarer, ${intervals}`,
  },
  'explicit-exposures': {
    drawing: {
      metric: 'squared-error',
      along: 'world.users',
      words: 'users who rate',
      logarithmic: true,
      by: 'exposure',
      of: 'ips',
      intervals: true,
    },
    lines: ['naive', 'naive-bayes', 'logistic', 'oracle', 'ideal'],
    shows: 'squared error on random pairs, less is better, of ips with these exposures, mean of 5 seeds with 95 % t intervals',
  },
  interventions: {
    drawing: {
      metric: 'log-error',
      along: 'simulation.randomisedSessions',
      words: 'randomised sessions',
      logarithmic: true,
      by: 'simulation.intervention',
      of: { shuffle: 'randomisation', 'adjacent-swap': 'adjacent-swap', 'fair-pairs': 'fair-pairs', 'rand-pair': 'rand-pair' },
      intervals: true,
    },
    lines: ['shuffle', 'adjacent-swap', 'fair-pairs', 'rand-pair'],
    whole: true,
    shows: 'mean over ranks of |ln(θ̂/θ)| by the estimator that each is for, less is better, mean of 5 seeds with 95 % t intervals',
  },
  optimisers: {
    drawing: {
      metric: 'ndcg@10',
      along: 'training.steps',
      words: 'steps of training',
      logarithmic: true,
      by: 'training.optimiser',
      of: 'ips',
      intervals: true,
    },
    lines: ['adagrad', 'adam', 'sgd'],
    whole: true,
    shows: `NDCG@10 by true labels of 150 queries of ips with each, learning rates as they are by default, ${intervals}`,
  },
  scalings: {
    drawing: { ...bySessions('ndcg@10'), by: 'data.scale', of: 'ips', intervals: true },
    lines: ['none', 'min-max', 'standardise', 'log-standardise'],
    whole: true,
    shows: `NDCG@10 by true labels of 150 queries of ips with each, 200 steps, features simulated, ${intervals}`,
  },
  'pair-losses': {
    drawing: { ...byPower, by: 'loss', of: 'ips' },
    lines: ['log', 'squared'],
    whole: true,
    shows: `AUC by true relevance of all pairs of ips with each, exposure the rarer the higher world.power, ${intervals}`,
  },
  'pair-models': {
    drawing: { metric: 'auc', along: 'world.featureNoise', words: 'world.featureNoise', logarithmic: false, intervals: true },
    whole: true,
    shows: `AUC by true relevance of all pairs of ips with each, features the noisier the higher world.featureNoise, ${intervals}; feature-mlp learnt nothing in 5 of 9 cases`,
  },
  metrics: {
    drawing: { ...bySessions(null), intervals: true },
    shows: `METRIC of 150 queries by the number of sessions learnt from, features and clicks simulated, ${intervals}`,
  },
};

/** A config that has a kind's methods, or one whose figures show the kind's metrics, or lines that tell of the methods that are named. */
export type FigureUse =
  | string
  | { readonly config: string; readonly of: 'metrics' | readonly string[]; readonly lines?: readonly string[] };

/** Of each kind that has figures; the first that has a method counts. */
export const figureKinds: Readonly<Record<string, readonly FigureUse[]>> = {
  estimators: ['estimators', 'affine', 'safe'],
  weightings: ['weightings', 'affine'],
  losses: ['losses'],
  rankers: ['rankers', 'embedding'],
  'bias-estimators': ['bias-estimators', 'rand-pair', 'adjacent-swap', 'fair-pairs', 'trust-bias', 'contextual-network', 'propensities'],
  'click-models': ['click-models', 'grid', 'carousel-cascade', 'pages', 'mixture', 'cascade-users', 'contextual-position-based'],
  'implicit-recommenders': ['implicit-recommenders'],
  'explicit-recommenders': ['explicit-recommenders'],
  'conversion-recommenders': ['conversion-recommenders'],
  'exposure-estimators': ['implicit-exposures', 'explicit-exposures'],
  interventions: ['interventions'],
  worlds: [
    { config: 'implicit-exposures', of: ['synthetic'], lines: ['naive', 'popularity-power', 'oracle', 'ideal'] },
    { config: 'explicit-recommenders', of: ['self-selected-ratings'], lines: ['naive', 'ips', 'ideal'] },
    { config: 'conversion-recommenders', of: ['entire-space'], lines: ['naive', 'escm2-ips', 'ideal'] },
  ],
  optimisers: ['optimisers'],
  scalings: ['scalings'],
  'pair-losses': ['pair-losses'],
  'pair-models': ['pair-models'],
  metrics: [{ config: 'metrics', of: 'metrics' }],
  measures: [{ config: 'metrics', of: 'metrics' }],
};
