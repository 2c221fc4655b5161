import { clickModels } from '../click-models/index.ts';
import { estimators } from '../estimators/index.ts';
import { exposureEstimators } from '../estimators/recommendation/exposure/index.ts';
import { conversionRecommenders, explicitRecommenders, implicitRecommenders } from '../estimators/recommendation/index.ts';
import { interactionReaders } from '../src/data/interactions/interaction-readers.ts';
import { scalingMethods } from '../src/data/scale-features.ts';
import { sessionLogFormats } from '../src/data/session-logs/session-log-formats.ts';
import { optimisers } from '../src/learners/optimisers.ts';
import { losses } from '../src/losses/index.ts';
import { pairLosses } from '../src/losses/pair-loss.ts';
import { goldMetrics } from '../src/meta-evaluation/index.ts';
import { measures, metrics } from '../src/metrics/index.ts';
import { pairModels } from '../src/models/pair-models.ts';
import { scorers } from '../src/models/scorers.ts';
import type { Described } from '../src/registry.ts';
import { sessionMetrics } from '../src/session-metrics/index.ts';
import { pairTests } from '../src/stats/discriminative-power.ts';
import { fixedPredictions } from './tasks/bias-variance/predictions.ts';
import { conversionWorlds } from './tasks/conversions/conversion-worlds.ts';
import { explicitWorlds } from './tasks/explicit-feedback/explicit-worlds.ts';
import { implicitWorlds } from './tasks/implicit-feedback/implicit-worlds.ts';
import { estimableMetrics, metricEstimators } from './tasks/recommendation/estimable-metrics.ts';
import { pooledMetrics } from './tasks/recommendation/recommendation-metrics.ts';

export interface MethodGroup {
  readonly kind: string; // with the config key that chooses one
  readonly methods: readonly { readonly name: string; readonly description: string }[];
}

/** Every registered method of every kind: what `counterrank list` and the README's table show. */
export function methodGroups(): MethodGroup[] {
  const group = (kind: string, registry: Readonly<Record<string, Described>>): MethodGroup => ({
    kind,
    methods: Object.entries(registry).map(([name, { description }]) => ({ name, description })),
  });
  const scalings = Object.fromEntries(Object.entries(scalingMethods).map(([name, description]) => [name, { description }]));
  const num = { description: 'NUM, normalised U-measure, of simulated search sessions: reported when evaluation.searchSessions is set' };
  return [
    group('Estimators (estimators)', estimators),
    group('Click models (simulation.clickModel)', clickModels),
    group('Rankers (ranker)', scorers),
    group('Losses (training.loss)', losses),
    group('Optimisers (training.optimiser)', optimisers),
    group('Metrics (evaluation.metrics, @k for a cutoff)', { ...metrics, num }),
    group('Session metrics (evaluate-sessions)', sessionMetrics),
    group('Search-session logs (evaluate-sessions --log-format)', sessionLogFormats),
    group('Measures of TREC runs, in ir_measures notation (evaluate --qrels; evaluation.metrics takes all but diversity)', measures),
    group('Gold metrics (meta-evaluate --gold)', goldMetrics),
    group('Tests of pairs of systems (meta-evaluate --pair-test)', pairTests),
    group('Scalings (data.scale)', scalings),
    group('Recommenders from clicks (task: implicit-feedback, estimators)', implicitRecommenders),
    group('Recommenders from observed values (task: explicit-feedback, estimators)', explicitRecommenders),
    group('Recommenders of conversions (task: conversions, estimators)', conversionRecommenders),
    group('Exposure estimators (exposure)', exposureEstimators),
    group('Recommendation worlds (world)', { ...implicitWorlds, ...explicitWorlds, ...conversionWorlds }),
    group('Interaction data (world.reader)', interactionReaders),
    group('Models of pairs (model)', pairModels),
    group('Losses of pairs (loss)', pairLosses),
    group('Metrics over pairs (evaluation.metrics of recommendation)', pooledMetrics),
    group('Predictions beside those of estimators (bias-variance --predictions)', fixedPredictions),
    group('Estimates of metrics from held-out data (snips-dcg@5 in evaluation.metrics of recommendation)', metricEstimators),
    group('What they estimate (behind snips- or dr-)', estimableMetrics),
  ];
}
