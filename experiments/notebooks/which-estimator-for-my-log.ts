// %% [markdown]
// # Which estimator for my log?
//
// You have a click log and no labels. Which estimator should learn your ranker? Nothing in the log says so directly: no click tells why the other
// documents were not clicked. What can be done honestly is to **look** at what the log can identify at all, to **test** what each estimator
// assumes, to compare how well each one's idea of clicks **predicts held-out clicks**, and to **simulate** from what was fitted, on the very lists of
// the log. None of these is a proof. An online experiment is; this page is about what to put into it.

// %% The log
import {
  type ClickLog,
  clickLogLikelihood,
  clickThroughByRank,
  createRng,
  type DataSplits,
  describeClickLog,
  meanEstimate,
  neighbourClickOdds,
  positionsOf,
  type QuerySet,
  readClickLog,
  readSplits,
} from 'counterrank';
import { clickModels } from 'counterrank/click-models';
import { type Learned, randomisationPropensities } from 'counterrank/estimators';
import { type GivenLogs, isQuick, lineChart, meanRows, show, study, table } from 'counterrank/experiments';
import { redrawClicks } from 'counterrank/simulators';

/** Your data: a folder with train.txt, vali.txt, test.txt and the clicks on them (docs/click-logs.md). null: a stand-in. */
const folder: string | null = null;
const standIn = study('stand-in')
  .data({ synthetic: isQuick() ? { trainQueries: 60, features: 8 } : { trainQueries: 200 } })
  .simulation({ sessions: isQuick() ? 1e5 : 4e5, validationSessions: 1e5, randomisedSessions: 2e4 })
  .simulation({ temperature: 0.5, listsPerQuery: 4 });

/** From here on the page does not look at labels or the truth, until the very end. */
const { splits, logs } = folder === null ? await drawStandIn() : await readOwn(folder);
const K = positionsOf(logs.train);

async function drawStandIn(): Promise<{ splits: DataSplits; logs: GivenLogs }> {
  const { splits, logs } = await standIn.simulate(7);
  return { splits, logs: { ...logs, train: logs.train.log, heldOut: logs.heldOut?.log ?? null } };
}

async function readOwn(path: string): Promise<{ splits: DataSplits; logs: GivenLogs }> {
  const splits = await readSplits(path);
  const clicks = (name: string, set: QuerySet) => readClickLog(`${path}/clicks-${name}.jsonl`, set);
  const [train, heldOut] = [await clicks('train', splits.train), await clicks('vali', splits.validation)];
  return { splits, logs: { train, heldOut } };
}

// %% [markdown]
// ## 1. What can this log tell?
//
// Examination and attraction can be told apart only where the *same document* was shown at *different ranks*. If each query always shows one list,
// any fall of clicks by rank can be bias or relevance, and only a ranker's generalisation over features separates the two, weakly. Ranks that share
// no documents, not even through others, fall into groups: between groups, propensities rest on the ranker alone. Below, *clickless* is the share of
// sessions without a click, *atSeveralRanks* that of documents shown at more than one rank.

// %% What is in it
await show(table(Object.entries(describeClickLog(logs.train)).map(([what, value]) => ({ what, value }))));

// %% Click-through by rank
const relative = (rates: Float64Array) => rates.map((rate) => rate / rates[0]);
const randomised = logs.randomised ? randomisationPropensities(logs.randomised).bias.examination : null;
const curves = {
  'as logged': relative(clickThroughByRank(logs.train)),
  ...(logs.randomised ? { 'in random order': relative(clickThroughByRank(logs.randomised)) } : {}),
};
const axes = { title: 'Click-through rate over that of rank 1', x: 'rank', y: 'relative rate', logY: true };
await show(lineChart(curves, axes));

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
// One assumption leaves a mark. If examination depends on the rank alone, then **within one list** clicks at two ranks are independent: the list fixes
// documents and ranks, so nothing else varies. Users who stop at a click lower the odds of a click further down; users who come in moods raise them.

// %% Are clicks at neighbouring ranks independent within a list?
const odds = neighbourClickOdds(logs.train).map((ratio, k) => ({ ranks: `${k + 1} and ${k + 2}`, ...ratio }));
await show(
  table(odds, 'Odds ratio of clicks, pooled over lists (Mantel–Haenszel); 95 % intervals. 1: independent.'),
  `${odds.filter(({ lower, upper }) => lower > 1 || upper < 1).length} of ${odds.length} intervals exclude 1; by chance ${(0.05 * odds.length).toFixed(1)} would.`,
);

// %% [markdown]
// Far below 1 speaks against position-based examination, and so against all the corrections of the table: that is the mark of the cascade. Near 1
// is *consistent* with it, but trust bias passes the same test, and so does examination that differs between queries.
//
// ## 3. How well do they predict held-out clicks?
//
// A ranker f and propensities θ together say where in its list a click falls: softmax(f + log θ). Held-out queries tell how well: the log-likelihood of
// a click, queries being the unit of the interval. `naive` has θ = 1 by its own account. One more row, rank alone, knows no document at all.

// %% Held-out click likelihood
const settings = study('my log')
  .data(splits)
  .data({ scale: 'none' }) // the stand-in's features are scaled already; 'standardise' for a log of your own
  .training({ steps: isQuick() ? 60 : 500 })
  .evaluation({ metrics: ['ndcg@10'], searchSessions: null });
const mine = await settings.onLogs(logs);
function mapValues<A, B>(of: Record<string, A>, f: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(of).map(([name, value]) => [name, f(value)]));
}

const learners: Record<string, Learned> = {
  naive: mine.learn('naive'),
  'dual-learning': mine.learn('dual-learning'),
  ...(randomised ? { ips: mine.learn({ name: 'ips', propensity: [...randomised] }) } : {}),
};
const every = new Float64Array(K).fill(1);
const accounts = mapValues(learners, ({ rank, examination }) => ({
  scores: rank(splits.validation),
  theta: examination ?? every,
}));
const blind = {
  scores: new Float32Array(splits.validation.labels.length),
  theta: clickThroughByRank(logs.train),
};
const perClick = mapValues({ 'rank alone': blind, ...accounts }, ({ scores, theta }) =>
  clickLogLikelihood(logs.heldOut ?? logs.train, scores, theta),
);
await show(table(meanRows(perClick, 'naive'), 'Per click, over held-out queries; 95 % t intervals.'));

// %% [markdown]
// **What this says:** which account of clicks fits better, bias included. **What it does not say:** which ranker is better. Held-out clicks fell under the
// same logged order, so a model may win by describing the bias well and the documents badly; published comparisons on real logs found the best
// click fit and the best ranking in different models. Take it as a veto: an account that predicts worse than rank alone deserves no trust.
//
// ## 4. If the fitted account were the truth, who would be right?
//
// Fit attraction and examination to the log, then draw new clicks on **the very lists of the log, with as many sessions each**, ten times. Now the truth
// is known, and estimators can be ranked by what they recover of it. One account of users would be circular: a method that shares the account's
// assumption wins in its own world. So the same attraction is also given to users of another kind, and what counts is *how much a method loses in the
// world it was not made for*. (The fitted attraction is a function that this kind of ranker can express exactly: read the differences.)

// %% Ten logs of each kind of users
const theta =
  randomised ?? (learners['dual-learning'].examination ?? every).map((value) => Math.min(1, value));
const ips = { name: 'ips' as const, propensity: [...theta] };
const pointwise = await settings.training({ loss: 'pointwise-sigmoid' }).onLogs(logs); // σ(score) is attraction
const { rank } = pointwise.learn(ips);
const attractionOf = (set: QuerySet) => Float64Array.from(rank(set), (score) => 1 / (1 + Math.exp(-score)));
/** A grade y has the gain 2^y − 1, so that ndcg rewards attraction itself. */
const gradesOf = (set: QuerySet) => Float32Array.from(attractionOf(set), (share) => Math.log2(1 + share));
const relabel = (set: QuerySet) => ({ ...set, labels: gradesOf(set) });
const [train, validation, test] = [splits.train, splits.validation, splits.test].map(relabel);

const users = {
  'position-based': clickModels['position-based'].create({ examination: ips.propensity, eta: 1 }, K),
  'dependent-click': clickModels['dependent-click'].create({ continuation: 0.5 }, K),
};
const methods = { naive: 'naive', 'dual-learning': 'dual-learning', ips } as const;
const means: Record<string, Record<string, number>> = {}; // of users and method
for (const [kind, clickModel] of Object.entries(users)) {
  const found: Record<string, number[]> = mapValues(methods, () => []);
  for (let seed = 1; seed <= (isQuick() ? 2 : 10); seed++) {
    const rng = createRng(`${kind} ${seed}`);
    const redraw = (log: ClickLog, set: QuerySet) => redrawClicks(log, clickModel, attractionOf(set), rng);
    const heldOut = logs.heldOut ? redraw(logs.heldOut, validation) : null;
    const world = await settings
      .data({ train, validation, test })
      .onLogs({ train: redraw(logs.train, train), heldOut });
    for (const [name, method] of Object.entries(methods))
      found[name].push(meanEstimate(world.evaluate(world.learn(method))['ndcg@10']).value);
  }
  means[kind] = mapValues(found, (values) => meanEstimate(values).value);
  const caption = `${kind} users: ndcg@10 by the fitted attraction, over seeds; 95 % t intervals.`;
  await show(table(meanRows(found, 'naive'), caption));
}

// %% What to put into an online experiment
const regrets = Object.keys(methods).map((method) => {
  const losses = mapValues(means, (of) => Math.max(...Object.values(of)) - of[method]);
  return { method, ...losses, worst: Math.max(...Object.values(losses)) };
});
await show(
  table(regrets, 'Regret: what a method loses in ndcg@10 against the best one of the same users.'),
  `Smallest worst regret: ${regrets.reduce((a, b) => (a.worst <= b.worst ? a : b)).method}. This holds for these accounts of users only.`,
);

// %% For the stand-in only: were we right? For a log of your own, only an online experiment tells, with naive in it
const truth = mapValues(learners, (one) => mine.evaluate(one)['ndcg@10']);
if (folder === null)
  await show(table(meanRows(truth, 'naive'), 'ndcg@10 by true labels, over test queries.'));
