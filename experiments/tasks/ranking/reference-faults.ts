import { clicksTellDocuments } from '../../../click-models/index.ts';
import type { Fault } from '../../../src/schema-faults.ts';
import type { Parts } from '../../parts/parts.ts';
import type { RankingConfig } from './ranking-config.ts';
import { makeClickModel } from './simulate-logs.ts';
import { unlessUnfit } from './unless-unfit.ts';

/** A limit of estimators where clicks have none: where users click whatever stands there, no correction of clicks comes to relevance. */
export function referenceFaults(parts: Parts, { estimators, simulation }: RankingConfig): Fault[] {
  const model = unlessUnfit(() => makeClickModel(parts, simulation)); // unfit: a fault of its own
  if ('problem' in model || clicksTellDocuments(model)) return [];
  return estimators.flatMap(({ name }, i): Fault[] =>
    name === 'expected-relevance'
      ? [
          {
            path: ['estimators', i, 'name'],
            problem: `expected-relevance is what corrected clicks come to, and clicks of ${simulation.clickModel.name} say nothing of documents; use skyline, or another simulation.clickModel`,
          },
        ]
      : [],
  );
}
