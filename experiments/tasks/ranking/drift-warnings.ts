import { type RunResult, rowsIn } from '../../tables/run-result.ts';
import { training } from '../shared/training.ts';

/** One line per method whose propensities drifted: in how many seeds, and what happened in the first of them. */
export function driftWarnings(result: RunResult): string[] {
  const { seeds, methods } = result;
  return methods.flatMap((method) => {
    const drifted = rowsIn(result, training).filter((row) => row.method === method && row.state === 'propensities-drifted');
    const where = seeds.length === 1 ? '' : ` in ${drifted.length} of ${seeds.length} seeds`;
    return drifted.length === 0 ? [] : [`${method}: propensities drifted${where}, so training was stopped: ${drifted[0].message}`];
  });
}
