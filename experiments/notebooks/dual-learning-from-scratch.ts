// %% [markdown]
// # The Dual Learning Algorithm from scratch
//
// Users click what they see, and they see what was ranked high. If θ_k is the probability that rank k is examined and γ_d the
// probability that document d attracts a click once examined, then P(click) = θ_k · γ_d: from clicks alone, the two look alike.
//
// Two facts break the tie:
//
// - dividing clicks by **θ** leaves relevance: a *ranker* learnt from clicks/θ is unbiased (inverse propensity scoring);
// - dividing clicks by **γ** leaves examination: a *propensity model* learnt from clicks/γ is unbiased just the same.
//
// Neither θ nor γ is known, but each model gives what the other one needs. Ai et al. (SIGIR 2018) train both at once, each on clicks
// weighted by the other's inverse. That is the whole algorithm, and here it is in thirty lines.

// %% What a learner is given
import {
  clickThroughByRank,
  type ListBatch,
  listBatches,
  listwiseSoftmax,
  normalisedLoss,
  positionsOf,
  scorerStepper,
  scoresShown,
  train,
  wholeBatch,
} from 'counterrank';
import {
  jointClickLoss,
  type Learn,
  type LoggedClicks,
  relativePropensities,
  scorerRanker,
  weightedLists,
} from 'counterrank/estimators';
import { isQuick, lineChart, ownMethod, show, study, table } from 'counterrank/experiments';

// %% [markdown]
// ## The algorithm
//
// A list is shown with clicks c. The ranker scores its documents with f, the propensity model has one logit g per rank.
//
// | | learns from | weights, constants of the step |
// |---|---|---|
// | ranker f | softmax cross-entropy of f with c · w | w_i = softmax(g)₁ / softmax(g)ᵢ = exp(g₁ − gᵢ) |
// | propensities g | softmax cross-entropy of g with c · v | v_i = softmax(f)₁ / softmax(f)ᵢ = exp(f₁ − fᵢ) |
//
// The library gives the ranker (`input.newScorer()`), the loss with its gradient (`listwiseSoftmax`), the optimiser and the training loop with
// early stopping (`train`). What remains is to fill two arrays of weights, and to take two steps.

// %% Every shown document of a batch, with the first of its list
function forEachShown(offsets: Uint32Array, visit: (i: number, first: number) => void): void {
  for (let list = 0; list + 1 < offsets.length; list++)
    for (let i = offsets[list]; i < offsets[list + 1]; i++) visit(i, offsets[list]);
}

// %% The algorithm
const fromScratch: Learn = (input) => {
  const clicksOf = (logged: LoggedClicks) => weightedLists(logged, (_, clicks) => clicks);
  const scorer = input.newScorer();
  const g = new Float32Array(positionsOf(input.train.log)); // propensity logits, one per rank
  const rankerOptimiser = input.newOptimiser(scorer.parameters.length);
  const propensityOptimiser = input.newOptimiser(g.length, 10); // ten times the ranker's learning rate
  const rankerStep = scorerStepper({ scorer, optimiser: rankerOptimiser, maximumGradientNorm: null, l2: 0 });
  const heldOut = input.heldOut && wholeBatch(input.heldOut.querySet, clicksOf(input.heldOut));
  const step = (batch: ListBatch) => {
    const { offsets, sessions, weights: clicks } = batch;
    const [w, v] = [new Float64Array(clicks.length), new Float64Array(clicks.length)];
    const [logits, logitSlope, gSlope] = [clicks, clicks, g].map(({ length }) => new Float32Array(length));
    const loss = rankerStep(batch, (f, fSlope) => {
      forEachShown(offsets, (i, first) => {
        w[i] = clicks[i] * Math.exp(g[0] - g[i - first]); // clicks over examination
        v[i] = clicks[i] * Math.exp(f[first] - f[i]); //     clicks over attraction
        logits[i] = g[i - first];
      });
      normalisedLoss(listwiseSoftmax, { offsets, sessions, weights: v }, 'weights', logits, logitSlope);
      return normalisedLoss(listwiseSoftmax, { offsets, sessions, weights: w }, 'weights', f, fSlope);
    });
    forEachShown(offsets, (i, first) => (gSlope[i - first] += logitSlope[i]));
    propensityOptimiser.step(g, gSlope);
    return loss;
  };
  const heldOutLoss = () => heldOut && jointClickLoss(input, heldOut, scoresShown(scorer, heldOut), g);
  const batches = listBatches(input.train.querySet, clicksOf(input.train), 'all', input.rng);
  const record = train({ parameters: [scorer.parameters, g], step, heldOutLoss }, batches, input.training);
  return { rank: scorerRanker(scorer), scorer, examination: relativePropensities(g), record };
};

// %% [markdown]
// ## Does it find the bias?
//
// One simulated world first: a production ranker that has seen 1 % of the labels orders the lists, users examine ranks as in eye tracking and
// click what attracts them. The learner sees lists and clicks, nothing else; the truth is kept for the picture.

// %% One world
const comparison = study('dual learning from scratch')
  .data(
    isQuick() ? { synthetic: { trainQueries: 80, validationQueries: 30, testQueries: 40, features: 8 } } : {},
  )
  .simulation({
    sessions: isQuick() ? 1e5 : 1e6,
    clickModel: 'position-based',
    temperature: 0.5,
    listsPerQuery: 4,
  })
  .training({ steps: isQuick() ? 80 : 1000 })
  .evaluation({ metrics: ['ndcg@10'], searchSessions: null });

const world = await comparison.simulate(1);
const learned = world.learn(fromScratch);
const rates = clickThroughByRank(world.logs.train.log); // bias and relevance in one
await show(
  lineChart(
    {
      true: world.truth?.propensities ?? [],
      'from scratch': learned.examination ?? [],
      'what clicks say': rates.map((rate) => rate / rates[0]),
    },
    { title: 'Examination over that of rank 1', x: 'rank', y: 'propensity', logY: true },
  ),
);

// %% [markdown]
// The raw click-through rate falls faster than examination does, because the production ranker put better documents higher. Dual learning
// has to tell the two apart, and can only do so as well as its ranker can express relevance.
//
// ## Is it the algorithm of the library?
//
// The library's `dual-learning` adds guards to the same idea: it notices when propensities drift, and can cap its weights. Where no guard acts the two
// should do the same arithmetic, up to rounding: the library adds up the weights of all lists before it takes the softmax over ranks, which is the same
// for all of them. The ranker's bias is left out: a listwise loss does not see it, so rounding alone moves it.

// %% The same numbers
const builtIn = world.learn({ name: 'dual-learning', relativePropensityRate: 10 });
const parts = [
  {
    part: 'ranker',
    ours: learned.scorer?.parameters.slice(0, -1) ?? [],
    library: builtIn.scorer?.parameters ?? [],
  },
  { part: 'propensities', ours: learned.examination ?? [], library: builtIn.examination ?? [] },
];
const differences = parts.map(({ part, ours, library }) => ({
  part,
  parameters: ours.length,
  'largest difference': Math.max(...Array.from(ours, (value, i) => Math.abs(value - library[i]))),
}));
await show(
  table(differences, 'From scratch against the library, after training on the same clicks.'),
  `The library says of its training: ${builtIn.record?.status.state}.`,
);

// %% [markdown]
// ## Does it pay?
//
// One world is an anecdote. Ten seeds draw ten production rankers and ten click logs; the test is paired by seed.

// %% Ten worlds
const result = await comparison
  .estimators(
    'production',
    'naive',
    'ips',
    'dual-learning',
    'skyline',
    ownMethod('from scratch', fromScratch),
  )
  .seeds(isQuick() ? 2 : 10)
  .run();
await show(result.table(), result.metricPicture('ndcg@10'), result.propensityPicture('from scratch'));
await show(result.findings().join('\n'));

// %% [markdown]
// ## What to remember
//
// - `ips` was told the true propensities; dual learning was told nothing. What it gives up for that is the difference between their rows.
// - The skyline learns from labels, with the same linear ranker: no method that learns from clicks can be expected to beat it by much.
// - All of this holds for position-based clicks. Users who stop at a click, or who trust high ranks, break P(click) = θ_k · γ_d, and then both
//   divisions above divide by the wrong thing. `which-estimator-for-my-log.ts` shows how to look for that in a log of your own.
