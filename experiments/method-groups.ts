import { clickModels } from '../click-models/index.ts';
import { estimators } from '../estimators/index.ts';
import { scalingMethods } from '../src/data/scale-features.ts';
import { optimisers } from '../src/learners/optimisers.ts';
import { losses } from '../src/losses/index.ts';
import { measures, metrics } from '../src/metrics/index.ts';
import { scorers } from '../src/models/scorers.ts';
import type { Described } from '../src/registry.ts';

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
    group('Measures of TREC runs, in ir_measures notation (evaluate --qrels; evaluation.metrics takes them too)', measures),
    group('Scalings (data.scale)', scalings),
  ];
}
