// %% [markdown]
// # Which estimator for my log?
//
// You have a click log and no labels. Which estimator should learn your ranker? Nothing in the log says so directly: no click tells why the other
// documents were not clicked. What can be done honestly is
//
// 1. to **look** at what the log can identify at all,
// 2. to **test** what each estimator assumes,
// 3. to compare how well each one's idea of clicks **predicts held-out clicks**, knowing what this does not say, and
// 4. to **simulate** from what was fitted, on the very lists of the log, and see which estimator would be right if that were the truth.
//
// None of these is a proof. An online experiment is; this page is about what to put into it.

// %% The log
import {
  type ClickLog,
  ClickLogBuilder,
  clickSums,
  compact,
  createRng,
  type DataSplits,
  meanEstimate,
  pairedTTest,
  positionsOf,
  readClickLog,
  readSplits,
  sessionsOf,
} from 'counterrank';
import { clickModels, sampleCounts } from 'counterrank/click-models';
import { type Learned, randomisationPropensities } from 'counterrank/estimators';
import { isQuick, lineChart, show, study, table } from 'counterrank/experiments';

/** Your data: a folder with train.txt, vali.txt, test.txt and the clicks on them (README, "Your own click log"). null: a stand-in. */
const folder: string | null = null;

const small = { trainQueries: 60, validationQueries: 30, testQueries: 30, features: 8 };
const standIn = study('stand-in')
  .data({ synthetic: isQuick() ? small : { trainQueries: 200, validationQueries: 80, testQueries: 100 } })
  .simulation({
    sessions: isQuick() ? 1e5 : 4e5,
    validationSessions: isQuick() ? 3e4 : 1e5,
    randomisedSessions: 2e4,
    temperature: 0.5,
    listsPerQuery: 4,
  });

const { splits, logs } = folder === null ? await drawStandIn() : await readOwn(folder);
const log = logs.train;

/** Clicks of simulated users. From here on the page does not look at the labels or the truth, until the very end. */
async function drawStandIn() {
  const world = await standIn.simulate(7);
  const { train, heldOut, randomised } = world.logs;
  return { splits: world.splits, logs: { train: train.log, heldOut: heldOut?.log ?? null, randomised } };
}

async function readOwn(path: string) {
  const data = await readSplits(path);
  const read = async (name: string, set: DataSplits['train']) =>
    compact(await readClickLog(`${path}/${name}`, set));
  const heldOut = await read('clicks-validation.jsonl', data.validation);
  return {
    splits: data,
    logs: {
      train: await read('clicks-train.jsonl', data.train),
      heldOut,
      randomised: null as ClickLog | null,
    },
  };
}

// %% [markdown]
// ## 1. What can this log tell?
//
// Examination and attraction can be told apart only where the *same document* was shown at *different ranks*. If each query always shows one list,
// any fall of clicks by rank can be bias or relevance, and only a ranker's generalisation over features separates the two, weakly.

// %% What is in it
const K = positionsOf(log);
const { clicks } = clickSums(log);
const total = sessionsOf(log);

/** Ranks at which each pair of query and document was shown. */
const ranksOfPair = new Map<number, Set<number>>();
for (let l = 0; l < log.queries.length; l++)
  for (let i = log.offsets[l]; i < log.offsets[l + 1]; i++) {
    const ranks = ranksOfPair.get(log.docs[i]) ?? new Set<number>();
    ranksOfPair.set(log.docs[i], ranks.add(i - log.offsets[l]));
  }

/** Ranks hang together where a document was seen at both: propensities are known up to one factor per group (union-find). */
const group = Array.from({ length: K }, (_, k) => k);
const rootOf = (k: number): number => (group[k] === k ? k : rootOf(group[k]));
for (const ranks of ranksOfPair.values())
  for (const k of ranks) group[rootOf(k)] = rootOf(Math.min(...ranks));
const groups = new Set(group.map((_, k) => rootOf(k))).size;

let clickless = 0;
for (let row = 0; row < log.list.length; row++)
  if (!log.clicks.subarray(log.clickOffsets[row], log.clickOffsets[row + 1]).includes(1))
    clickless += log.count[row];

await show(
  table(
    Object.entries({
      sessions: total,
      queries: new Set(log.queries).size,
      'lists per query': log.queries.length / new Set(log.queries).size,
      'clicks per session': clicks.reduce((sum, count) => sum + count, 0) / total,
      'share of sessions without a click': clickless / total,
      'share of documents seen at several ranks':
        [...ranksOfPair.values()].filter((ranks) => ranks.size > 1).length / ranksOfPair.size,
      'groups of ranks': groups,
    }).map(([what, value]) => ({ what, value })),
  ),
  groups === 1
    ? 'All ranks hang together: propensities can be compared across all of them.'
    : `The ranks fall into ${groups} groups with no document in common: between groups, propensities rest on the ranker alone.`,
);

// %% Click-through by rank
function clickThrough(of: ClickLog): Float64Array {
  const sums = clickSums(of);
  const [clicked, shown] = [new Float64Array(K), new Float64Array(K)];
  for (let l = 0; l < of.queries.length; l++)
    for (let i = of.offsets[l]; i < of.offsets[l + 1]; i++) {
      clicked[i - of.offsets[l]] += sums.clicks[i];
      shown[i - of.offsets[l]] += sums.sessions[l];
    }
  return clicked.map((count, k) => count / shown[k]);
}
const relative = (values: Float64Array) => values.map((value) => value / values[0]);
const randomised = logs.randomised ? randomisationPropensities(logs.randomised) : null;
await show(
  lineChart(
    {
      'as logged': relative(clickThrough(log)),
      ...(logs.randomised ? { 'shown in random order': relative(clickThrough(logs.randomised)) } : {}),
    },
    { title: 'Click-through rate over that of rank 1', x: 'rank', y: 'relative rate', logY: true },
  ),
);

// %% [markdown]
// Sessions in random order are worth more than any method below: there, every rank has the same documents on average, so the curve *is* examination,
// if examination depends on the rank alone. A gap between the curves is how much the logged order owes to relevance. Without such sessions
// there is only the first curve, which is bias and relevance in one.
//
// ## 2. What do the estimators assume, and can it be tested?
//
// | estimator | assumes | fails when |
// |---|---|---|
// | `naive` | nothing about bias: clicks are relevance | the logged order decides what is seen; always, to some degree |
// | `ips`, `clipped-ips` | clicks = examination(rank) × attraction, and the examination you give is right | users stop at clicks, or trust high ranks |
// | `dual-learning` | the same, and that the ranker can express relevance ratios | as `ips`; also with one list per query, or an over-flexible ranker |
// | `affine` | trust bias whose α and β are known | they are not |
//
// One assumption leaves a mark that can be looked for. If examination depends on the rank alone, then **within one list** clicks at two ranks are
// independent: the list fixes documents and ranks, so nothing else varies. Users who stop at a click make a click at one rank lower
// the odds of a click further down; users who come in moods (some read all, some nothing) raise them. The Mantel–Haenszel odds ratio pools the
// 2 × 2 tables of all lists for ranks k and k + 1; its interval is from the variance of Robins, Breslow & Greenland (1986).

// %% Are clicks at neighbouring ranks independent within a list?
function oddsRatio(k: number): { ratio: number; lower: number; upper: number } {
  const tables = Array.from(log.queries, () => [0, 0, 0, 0]); // both, only k, only k + 1, neither
  for (let row = 0; row < log.list.length; row++) {
    const of = log.clicks.subarray(log.clickOffsets[row], log.clickOffsets[row + 1]);
    if (of.length > k + 1) tables[log.list[row]][(1 - of[k]) * 2 + (1 - of[k + 1])] += log.count[row];
  }
  let [r, s, pr, psqr, qs] = [0, 0, 0, 0, 0];
  for (const [both, first, second, neither] of tables) {
    const n = both + first + second + neither;
    if (n === 0) continue;
    const [ri, si, pi] = [(both * neither) / n, (first * second) / n, (both + neither) / n];
    r += ri;
    s += si;
    pr += pi * ri;
    psqr += pi * si + (1 - pi) * ri;
    qs += (1 - pi) * si;
  }
  const deviation = Math.sqrt(pr / (2 * r * r) + psqr / (2 * r * s) + qs / (2 * s * s));
  return {
    ratio: r / s,
    lower: (r / s) * Math.exp(-1.96 * deviation),
    upper: (r / s) * Math.exp(1.96 * deviation),
  };
}
const ratios = Array.from({ length: K - 1 }, (_, k) => ({ ranks: `${k + 1} and ${k + 2}`, ...oddsRatio(k) }));
const apart = ratios.filter(({ lower, upper }) => lower > 1 || upper < 1).length;
await show(
  table(
    ratios,
    'Odds ratio of clicks at two neighbouring ranks within a list, with its 95 % interval. 1: independent.',
  ),
  `${apart} of ${ratios.length} intervals exclude 1. By chance alone about ${(0.05 * ratios.length).toFixed(1)} would.`,
);

// %% [markdown]
// Far below 1 speaks against position-based examination, and so against all the corrections of the table: that is the mark of the cascade. Near 1
// is *consistent* with it, but trust bias passes the same test, and so does examination that differs between queries.
//
// ## 3. How well do they predict held-out clicks?
//
// A ranker f and propensities θ together say where in its list a click falls: softmax(f + log θ). Held-out queries tell how well: the log-likelihood
// of a click, per click, with queries as the unit of the interval. `naive` has θ = 1 by its own account. One more row, rank alone,
// knows no document at all.

// %% Held-out click likelihood
const settings = study('my log')
  .data(splits)
  .data({ scale: 'none' }) // the stand-in's features are scaled already; 'standardise' for a log of your own
  .training({ steps: isQuick() ? 60 : 500 })
  .evaluation({ metrics: ['ndcg@10'], searchSessions: null });
const mine = await settings.onLogs(logs);
const given = randomised ? [...randomised.bias.examination] : null;
const learners = {
  naive: mine.learn('naive'),
  'dual-learning': mine.learn('dual-learning'),
  ...(given ? { ips: mine.learn({ name: 'ips', propensity: given }) } : {}),
} satisfies Record<string, Learned>;

/** Log-likelihood of the clicks of each held-out query, and how many clicks it has. */
function clickLikelihood(
  scores: Float32Array,
  theta: ArrayLike<number>,
  heldOut: ClickLog,
): { sum: number; clicks: number }[] {
  const sums = clickSums(heldOut);
  const perQuery = Array.from(splits.validation.queryIds, () => ({ sum: 0, clicks: 0 }));
  for (let l = 0; l < heldOut.queries.length; l++) {
    const [start, end] = [heldOut.offsets[l], heldOut.offsets[l + 1]];
    const logits = Array.from(
      { length: end - start },
      (_, k) => scores[heldOut.docs[start + k]] + Math.log(theta[k]),
    );
    const highest = Math.max(...logits);
    const logSum = highest + Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit - highest), 0));
    const query = perQuery[heldOut.queries[l]];
    for (let k = 0; k < logits.length; k++) {
      query.sum += sums.clicks[start + k] * (logits[k] - logSum);
      query.clicks += sums.clicks[start + k];
    }
  }
  return perQuery.filter((query) => query.clicks > 0);
}

const flat = new Float64Array(K).fill(1);
const nothing = new Float32Array(splits.validation.labels.length);
const models: Record<string, [Float32Array, ArrayLike<number>]> = {
  'rank alone': [nothing, clickThrough(log)],
  ...Object.fromEntries(
    Object.entries<Learned>(learners).map(([name, { rank, examination }]) => [
      name,
      [rank(splits.validation), examination ?? flat],
    ]),
  ),
};
const heldOutLog = logs.heldOut ?? log;
const likelihoods = Object.entries(models).map(([model, [scores, theta]]) => {
  const queries = clickLikelihood(scores, theta, heldOutLog);
  const perClick = queries.map(({ sum, clicks: n }) => sum / n);
  return { model, perClick, mean: meanEstimate(perClick) };
});
const naivePerClick = likelihoods.find(({ model }) => model === 'naive')?.perClick ?? [];
await show(
  table(
    likelihoods.map(({ model, perClick, mean }) => {
      const { difference } = pairedTTest(perClick, naivePerClick);
      const against =
        model === 'naive'
          ? {}
          : { 'above naive by': difference.value, from: difference.lower, to: difference.upper };
      return { model, 'log-likelihood per click': mean.value, queries: perClick.length, ...against };
    }),
    'Mean over held-out queries; differences are paired by query, with 95 % t intervals.',
  ),
);

// %% [markdown]
// **What this says:** which account of clicks fits better, bias included. **What it does not say:** which ranker is better. Held-out clicks fell under the
// same logged order, so a model may win by describing the bias well and the documents badly; published comparisons on real logs found the best
// click fit and the best ranking in different models. Take it as a veto: an account that predicts clicks worse than rank alone deserves no trust.
//
// ## 4. If the fitted account were the truth, who would be right?
//
// Fit attraction and examination to the log, then draw new clicks on **the very lists of the log, with as many sessions each**, ten times. Now the truth
// is known, and estimators can be ranked by what they recover of it. One account of users would be circular: a method that shares the account's
// assumption wins in its own world. So the same attraction is also given to users of another kind, and what counts is *how much a method loses in the
// world it was not made for*. (The fitted attraction is a function that this kind of ranker can express exactly, so all values are high: read the
// differences.)

// %% The fitted world
/** IPS with the pointwise loss: σ(score) is attraction, relative to an examination of 1 at rank 1. */
const theta =
  given ?? [...(learners['dual-learning'].examination ?? flat)].map((value) => Math.min(1, value));
const fitted = await settings
  .training({ loss: 'pointwise-sigmoid', steps: isQuick() ? 60 : 500 })
  .onLogs(logs);
const ranker = fitted.learn({ name: 'ips', propensity: theta }).rank;
const attractionOf = (set: DataSplits['train']) =>
  Float64Array.from(ranker(set), (score) => 1 / (1 + Math.exp(-score)));

/** The queries, with the fitted attraction as labels: a grade y has the gain 2^y − 1, so that ndcg rewards attraction itself. */
const relabelled = Object.fromEntries(
  Object.entries(splits).map(([part, set]) => [
    part,
    { ...set, labels: Float32Array.from(attractionOf(set), (attraction) => Math.log2(1 + attraction)) },
  ]),
) as unknown as DataSplits;

const users = {
  'position-based': clickModels['position-based'].create({ examination: theta, eta: 1 }, K),
  'dependent-click': clickModels['dependent-click'].create({ continuation: 0.5 }, K),
};

/** New clicks of some users on the lists of a log, each with the sessions that it had. */
function redraw(of: ClickLog, set: DataSplits['train'], kind: keyof typeof users, seed: string): ClickLog {
  const builder = new ClickLogBuilder();
  const rng = createRng(seed);
  const attraction = attractionOf(set);
  const shownTo = clickSums(of).sessions;
  for (let l = 0; l < of.queries.length; l++) {
    const docs = of.docs.subarray(of.offsets[l], of.offsets[l + 1]);
    const list = builder.addList(of.queries[l], docs);
    const shown = Float64Array.from(docs, (doc) => attraction[doc]);
    sampleCounts(users[kind], shown, shownTo[l], rng, (pattern, count) =>
      builder.addRow(list, pattern, count),
    );
  }
  return builder.build();
}

// %% Ten logs of each kind of users
const methods = {
  naive: 'naive',
  'dual-learning': 'dual-learning',
  ips: { name: 'ips', propensity: theta },
} as const;
const names = Object.keys(methods) as (keyof typeof methods)[];
const seeds = Array.from({ length: isQuick() ? 2 : 10 }, (_, i) => `${i + 1}`);
const found: Record<string, Record<string, number[]>> = {};
for (const kind of Object.keys(users) as (keyof typeof users)[]) {
  found[kind] = Object.fromEntries(names.map((name) => [name, []]));
  for (const seed of seeds) {
    const train = redraw(log, splits.train, kind, `train ${seed}`);
    const heldOut = logs.heldOut && redraw(logs.heldOut, splits.validation, kind, `held out ${seed}`);
    const world = await settings.data(relabelled).onLogs({ train, heldOut });
    for (const name of names) {
      const values = world.evaluate(world.learn(methods[name]))['ndcg@10'];
      found[kind][name].push(values.reduce((sum, value) => sum + value, 0) / values.length);
    }
  }
}
await show(
  table(
    Object.entries(found).flatMap(([kind, values]) =>
      names.map((name) => {
        const { value, lower, upper } = meanEstimate(values[name]);
        const difference = name === 'naive' ? null : pairedTTest(values[name], values.naive).difference;
        return {
          'users and method': `${kind} · ${name}`,
          'ndcg@10': value,
          from: lower,
          to: upper,
          'above naive by': difference?.value ?? null,
          'interval from': difference?.lower ?? null,
          'interval to': difference?.upper ?? null,
        };
      }),
    ),
    'Against the fitted attraction on the test queries, over seeds, with 95 % t intervals; differences are paired by seed.',
  ),
);

// %% What to put into an online experiment
const worlds = Object.keys(found);
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const regret = names.map((name) => ({
  method: name,
  ...Object.fromEntries(
    worlds.map((kind) => [
      kind,
      Math.max(...names.map((other) => mean(found[kind][other]))) - mean(found[kind][name]),
    ]),
  ),
}));
const worst = (row: (typeof regret)[number]) =>
  Math.max(...worlds.map((kind) => Number(row[kind as keyof typeof row])));
await show(
  table(
    regret.map((row) => ({ ...row, worst: worst(row) })),
    'Regret: what a method loses in ndcg@10 against the best one of the same users.',
  ),
  `Smallest worst regret: ${regret.reduce((a, b) => (worst(a) <= worst(b) ? a : b)).method}. This holds for these accounts of users only, and says nothing of users who behave otherwise.`,
);

// %% [markdown]
// ## For the stand-in only: the truth
//
// A log of your own has no such cell. The stand-in's labels show whether this page would have led astray.

// %% Were we right?
if (folder === null)
  await show(
    table(
      Object.entries<Learned>(learners).map(([method, learned]) => {
        const { value, lower, upper } = meanEstimate(mine.evaluate(learned)['ndcg@10']);
        return { method, 'ndcg@10 by the true labels': value, from: lower, to: upper };
      }),
      'One log: intervals are over test queries.',
    ),
  );
else await show('There are no labels: put the candidates into an online experiment, with naive among them.');
