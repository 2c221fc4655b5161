import type { RankIntervals } from '../../estimators/index.ts';
import type { InterventionChoice } from '../../simulators/index.ts';
import { UsageError } from '../../src/errors.ts';
import type { BenchLine } from './bench-line.ts';
import { draw, estimate, type Name, theta } from './bias.ts';

interface Covered {
  readonly name: Name;
  readonly chosen?: object;
  readonly intervention?: InterventionChoice;
  readonly contexts?: boolean; // lists in turn of one of two contexts, in which users look alike
  readonly share?: number; //     of the logs, of the slow
  readonly most?: number; //      queries, of the slow
}

const covered: readonly Covered[] = [
  { name: 'pivot-one' },
  { name: 'adjacent-chain' },
  { name: 'all-pairs' },
  { name: 'all-pairs', chosen: { by: 'context' }, contexts: true },
  { name: 'contextual-network', contexts: true, share: 0.5 },
  { name: 'randomisation', intervention: { name: 'shuffle' } },
  { name: 'rand-pair', intervention: { name: 'rand-pair' } },
  { name: 'adjacent-swap', intervention: { name: 'adjacent-swap' } },
  { name: 'fair-pairs', intervention: { name: 'fair-pairs' } },
  { name: 'click-model', chosen: { bootstrap: 20 }, share: 0.3, most: 20 },
  { name: 'regression-em', chosen: { relevance: 'features', bootstrap: 10 }, share: 0.15, most: 20 },
  { name: 'dual-learning', chosen: { bootstrap: 10 }, share: 0.15, most: 20 },
];

/** Shares of the intervals of 95 % of ranks 2 … 10, over logs of 10⁴ sessions, that hold θ_k/θ_1. */
export function benchBiasCoverage(logs = 100): BenchLine[] {
  return [1, 20, 200].flatMap((queries) =>
    covered
      .filter(({ most = queries }) => queries <= most)
      .map(({ name, chosen = {}, intervention = null, contexts = false, share = 1 }): BenchLine => {
        const intervals = { held: 0, asked: 0 };
        let told = 0;
        for (let seed = 0; seed < Math.ceil(share * logs); seed++) {
          const drawn = draw(intervention, 1e4, `coverage ${seed}`, queries);
          const log = contexts ? { ...drawn.log, contexts: drawn.log.queries.map((_, l) => l % 2) } : drawn.log;
          const found = toldBy(name, { ...drawn, log }, chosen);
          if (found === null) continue;
          told++;
          for (let k = 1; k < theta.length; k++, intervals.asked++)
            if (found.lower[k] <= theta[k] && theta[k] <= found.upper[k]) intervals.held++;
        }
        const words = [name, ...Object.values(chosen)].join(' ');
        return {
          name: `intervals that hold the truth, 10,000 sessions, queries: ${queries}, logs: ${told}, ${words}`,
          value: intervals.held / intervals.asked,
          unit: '',
        };
      }),
  );
}

/** null where a log does not tell the bias, or not how sure that is. */
function toldBy(...asked: Parameters<typeof estimate>): RankIntervals | null {
  try {
    return estimate(...asked).intervals ?? null;
  } catch (error) {
    if (error instanceof UsageError) return null;
    throw error;
  }
}
