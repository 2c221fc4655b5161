import { estimableMetrics, metricEstimators } from '../../estimators/recommendation/estimable-metrics.ts';
import { pooledMetrics } from '../../estimators/recommendation/recommendation-metrics.ts';
import { interventions } from '../../simulators/index.ts';
import { biasSources, type Sourced } from '../../src/bias-source.ts';
import { scalingMethods } from '../../src/data/scale-features.ts';
import { sessionLogFormats } from '../../src/data/session-logs/session-log-formats.ts';
import { pairLosses } from '../../src/losses/pair-loss.ts';
import { goldMetrics } from '../../src/meta-evaluation/index.ts';
import { measures } from '../../src/metrics/index.ts';
import type { Described } from '../../src/registry.ts';
import type { GenericSchema } from '../../src/schema.ts';
import { sessionMetrics } from '../../src/session-metrics/index.ts';
import { pairTests } from '../../src/stats/discriminative-power.ts';
import { fixedPredictions } from '../tasks/bias-variance/predictions.ts';
import { clickScores } from '../tasks/click-models/scores.ts';
import { conversionWorlds } from '../tasks/conversions/conversion-worlds.ts';
import { explicitWorlds } from '../tasks/explicit-feedback/explicit-worlds.ts';
import { implicitWorlds } from '../tasks/implicit-feedback/implicit-worlds.ts';
import { builtIn, type Catalogue } from './catalogue.ts';
import { type PartKey, partKinds } from './part-kinds.ts';

/** The methods of a kind. */
export interface MethodGroup {
  readonly kind: string; // with the config key that chooses one
  readonly slug: string; // of its pages' folder: bias-estimators
  readonly methods: readonly ListedMethod[];
}

export interface ListedMethod {
  readonly name: string;
  readonly description: string;
  readonly options: GenericSchema | null; // null: it has none
}

/** What every entry of every registry has, as far as pages ask for it. */
type Optioned = Described & { readonly options?: GenericSchema };

/** With the one source of what a method weighs by, where it has one. */
const describe = ({ description, source }: Described & Sourced): string =>
  source === undefined ? description : `${description}; ${biasSources[source]}`;

/** Every registered method of every kind: what `counterrank list` and the pages in docs/methods show. */
export function methodGroups({ parts, tasks }: Catalogue = builtIn()): MethodGroup[] {
  const group = (slug: string, kind: string, registry: Readonly<Record<string, Optioned>>): MethodGroup => ({
    kind,
    slug,
    methods: Object.entries(registry).map(([name, entry]) => ({ name, description: describe(entry), options: entry.options ?? null })),
  });
  const of = (key: PartKey, more: Readonly<Record<string, Described>> = {}) =>
    group(
      key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
      partKinds[key].title,
      { ...(key === 'tasks' ? tasks : parts[key]), ...more },
    );
  const scalings = Object.fromEntries(Object.entries(scalingMethods).map(([name, description]) => [name, { description }]));
  const registered = new Set<unknown>(Object.values(parts).flatMap((registry) => Object.values(registry)));
  const num = { description: 'NUM, normalised U-measure, of simulated search sessions: reported when evaluation.searchSessions is set' };
  return [
    of('tasks'),
    of('estimators'),
    of('biasEstimators'),
    of('weightings'),
    group('interventions', 'Interventions of randomised sessions (simulation.intervention)', interventions),
    of('clickModels'),
    of('rankers'),
    of('losses'),
    of('optimisers'),
    of('metrics', { num }),
    group('session-metrics', 'Session metrics (evaluate-sessions)', sessionMetrics),
    group('session-log-formats', 'Search-session logs (evaluate-sessions --log-format)', sessionLogFormats),
    group(
      'measures',
      'Measures of TREC runs, in ir_measures notation (evaluate --qrels; evaluation.metrics takes all but diversity)',
      measures,
    ),
    group('gold-metrics', 'Gold metrics (meta-evaluate --gold)', goldMetrics),
    group('pair-tests', 'Tests of pairs of systems (meta-evaluate --pair-test)', pairTests),
    group('scalings', 'Scalings (data.scale)', scalings),
    of('implicitRecommenders'),
    of('explicitRecommenders'),
    of('conversionRecommenders'),
    of('exposureEstimators'),
    group('worlds', 'Recommendation worlds (world)', { ...implicitWorlds(parts), ...explicitWorlds(parts), ...conversionWorlds }),
    of('readers'),
    of('pairModels'),
    ...Object.entries(tasks).flatMap(([name, { methods }]) => {
      const own = Object.fromEntries(Object.entries(methods).filter(([, method]) => !registered.has(method))); // those of parts are above
      return Object.keys(own).length === 0 ? [] : [group(`methods-of-${name}`, `Methods of ${name} (task: ${name}, estimators)`, own)];
    }),
    group('click-scores', 'Scores of click models (evaluation.metrics of task: click-models)', clickScores),
    group('pair-losses', 'Losses of pairs (loss)', pairLosses),
    group('pooled-metrics', 'Metrics over pairs (evaluation.metrics of recommendation)', pooledMetrics),
    group('predictions', 'Predictions beside those of estimators (bias-variance --predictions)', fixedPredictions),
    group(
      'metric-estimators',
      'Estimates of metrics from held-out data (snips-dcg@5 in evaluation.metrics of recommendation)',
      metricEstimators,
    ),
    group('estimable-metrics', 'What they estimate (behind snips- or dr-)', estimableMetrics),
  ];
}
