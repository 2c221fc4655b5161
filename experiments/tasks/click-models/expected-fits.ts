import { stat } from 'node:fs/promises';
import { filesOfLog } from '../../../src/data/log-store/store-info.ts';
import type { ExpectedWork } from '../../engine/task.ts';
import { expectedOf } from '../shared/expected-parts.ts';
import { clickModelSeconds } from '../shared/training-cost.ts';
import type { ClickModelsConfig } from './click-models-config.ts';

/** Bytes of a session in a log file, about; rows of a simulated list that differ in their clicks. */
const usual = { bytes: 120, rowsOfList: 100 };
/** Fits of these only count. */
const counted = ['truth', 'random-click', 'global-ctr', 'rank-ctr', 'document-ctr', 'document-rank-ctr'];

/** How long click models will be fitted, from how many rows the log has; resamples for intervals fit each again. */
export async function expectedFits(config: ClickModelsConfig): Promise<ExpectedWork | null> {
  const { estimators, evaluation, seeds, simulation } = config;
  const seconds = clickModelSeconds(await rowsOf(config), simulation.positions) * (1 + evaluation.resamples);
  const parts = estimators.filter(({ name }) => !counted.includes(name)).map(({ name }) => ({ what: name, seconds, lighter: null }));
  return expectedOf(parts, seeds.length);
}

async function rowsOf({ log, data, simulation, split }: ClickModelsConfig): Promise<number> {
  if (log === null) {
    const lists = (data.path === null ? data.synthetic.trainQueries : 10_000) * simulation.listsPerQuery;
    return split.share * Math.min(simulation.sessions, lists * usual.rowsOfList);
  }
  const sizes = await Promise.all((await filesOfLog(log.path).catch(() => [])).map((file) => stat(file).catch(() => null)));
  return (split.share * sizes.reduce((sum, one) => sum + (one?.size ?? 0), 0)) / usual.bytes;
}
