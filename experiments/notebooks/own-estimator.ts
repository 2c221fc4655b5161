// %% [markdown]
// # Your own estimator, in a comparison table
//
// An estimator is a function: it gets a click log and the queries, and gives back a ranker. This page writes one, puts it beside the
// library's in a table over ten seeds, and then asks the question that matters more than the first table: **for which users does it work?**
//
// The idea is an old one. Users read from the top, so *what lies above the last click was seen*. A document that was seen and not
// clicked is less attractive than one that was never seen. So instead of dividing clicks by a probability of examination, count how often a
// document was really in view:
//
// > attraction(document in its list) = clicks on it / sessions whose last click was at its rank or below
//
// For users who stop at the first click (the cascade model, Craswell et al. 2008) this is the maximum-likelihood estimate. For users who may
// go on after a click it is the approximation that Guo et al. (2009) train the dependent click model with. A session without a click counts as
// one in which everything was seen, as both models say.

// %% The estimator
import { type ClickLog, clickSums } from 'counterrank';
import { type Learn, learnWeighted } from 'counterrank/estimators';
import { isQuick, ownMethod, type StudyResult, show, study, table } from 'counterrank/experiments';

/** Sessions in which each shown document was at or above the last click; all of a list's sessions without a click. */
function sessionsInView(log: ClickLog): Float64Array {
  const inView = new Float64Array(log.docs.length);
  for (let row = 0; row < log.list.length; row++) {
    const clicks = log.clicks.subarray(log.clickOffsets[row], log.clickOffsets[row + 1]);
    const last = clicks.lastIndexOf(1);
    const depth = last < 0 ? clicks.length : last + 1;
    for (let k = 0; k < depth; k++) inView[log.offsets[log.list[row]] + k] += log.count[row];
  }
  return inView;
}

const seenAbove: Learn = (input) => ({
  ...learnWeighted(
    input,
    ({ log }, clicks, sessions) => {
      const inView = sessionsInView(log);
      const ofList = sessions(); // sessions that were shown the list, per shown document
      return clicks.map((count, i) => (inView[i] > 0 ? (ofList[i] * count) / inView[i] : 0));
    },
    'sessions',
  ),
  examination: null, // it needs no propensities, and estimates none
});

// %% [markdown]
// `learnWeighted` is what the library's own estimators are made of: it trains a fresh ranker on lists whose documents have weights, with early
// stopping on held-out clicks that are weighted the same way. `clicks` are summed over sessions, so a billion sessions cost what a thousand do.
// An estimator cannot import a simulator, and so cannot peek at the truth.
//
// ## First test: does it do what it promises?
//
// If users behave as the cascade model says, clicks divided by sessions in view must be the attraction they were drawn with.
// No ranker is needed to check that.

// %% The weights against the truth
const small = { trainQueries: 60, validationQueries: 20, testQueries: 40, features: 8 };
const base = study('own estimator')
  .data(isQuick() ? { synthetic: small } : { synthetic: { trainQueries: 200, validationQueries: 80 } })
  .simulation({ sessions: isQuick() ? 1e5 : 1e6, temperature: 0.5, listsPerQuery: 4 })
  .training({ steps: isQuick() ? 60 : 400 })
  .evaluation({ metrics: ['ndcg@10'], searchSessions: null });

const cascade = await base.simulation({ clickModel: 'cascade' }).simulate(1);
const { log } = cascade.logs.train;
const inView = sessionsInView(log);
const { clicks } = clickSums(log);
const scores = Array.from(log.docs, (doc, i) => {
  const attraction = cascade.truth?.train.attraction[doc] ?? Number.NaN;
  return {
    n: inView[i],
    error: (clicks[i] / inView[i] - attraction) / Math.sqrt((attraction * (1 - attraction)) / inView[i]),
  };
}).filter(({ n, error }) => n >= 30 && Number.isFinite(error));
const within = scores.filter(({ error }) => Math.abs(error) < 1.96).length;
await show(
  table(
    Object.entries({
      'documents seen 30 times or more': scores.length,
      'mean error, in standard errors': scores.reduce((sum, { error }) => sum + error, 0) / scores.length,
      'share within 1.96': within / scores.length,
    }).map(([what, value]) => ({ what, value })),
  ),
  'If the estimate is right, about 95 % of the errors are within 1.96 standard errors, and their mean is near 0.',
);

// %% [markdown]
// ## Second test: three kinds of users
//
// Position-based users examine ranks whatever they click; cascade users stop at the first click; dependent-click users go on after a click with
// probability 0.6. `ips` is told the true examination of each kind, so it is the method to catch; `naive` is the one to beat.

// %% A study for each kind of users
const kinds = ['position-based', 'cascade', 'dependent-click'] as const;
const studies: StudyResult[] = [];
for (const kind of kinds)
  studies.push(
    await base
      .simulation({ clickModel: kind })
      .estimators('naive', 'ips', 'dual-learning', ownMethod('seen-above', seenAbove), 'skyline')
      .seeds(isQuick() ? 2 : 10)
      .run(),
  );
for (const [i, result] of studies.entries()) await show(`${kinds[i]} users`, result.table());

// %% [markdown]
// ## The answer in one table
//
// Differences in ndcg@10 from `naive` over the same seeds, with 95 % intervals.

// %% All kinds of users side by side
const methods = ['ips', 'dual-learning', 'seen-above', 'skyline'];
const signed = (value: number) => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(4)}`;
await show(
  table(
    methods.map((method) => ({
      method,
      ...Object.fromEntries(
        studies.map((result, i) => {
          const { value, lower, upper } = result.compare(method, 'naive', 'ndcg@10').difference;
          return [kinds[i], `${signed(value)} [${signed(lower)}, ${signed(upper)}]`];
        }),
      ),
    })),
    'Mean difference in ndcg@10 from naive, 95 % t interval over seeds; not corrected for there being several.',
  ),
);

// %% [markdown]
// ## What to remember
//
// - An estimator is as good as its idea of the user. Read the table by column: an interval below 0 means that the correction does harm there.
// - "Seen above the last click" leaves out whoever read on and clicked nothing more. Where users may read on after a click, documents far down are
//   counted almost only when they were clicked, so their attraction is overestimated. In the cascade nobody reads on, and the count is exact.
// - One simulated world proves nothing about real users. Before you use a method on a log, ask which kind of users the log looks like:
//   `which-estimator-for-my-log.ts`.
// - To keep an estimator, with options in configs and a place in `counterrank list`, move it to a file of its own: docs/own-method.md.
