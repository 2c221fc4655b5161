import { byRank } from '../../../estimators/bias/bias-estimator.ts';
import {
  type BiasEstimatorEntry,
  biasAdvice,
  diagnoseLog,
  type EstimatedBias,
  type LogDiagnosis,
  spreadByWeighting,
  triedOn,
  type Verdict,
  type WeightingSpread,
  weightingAdvice,
} from '../../../estimators/index.ts';
import type { Accounting } from '../../../src/data/accounting.ts';
import { type RelevanceByRank, relevanceByRank } from '../../../src/diagnostics/index.ts';
import { UsageError } from '../../../src/errors.ts';
import { lookup } from '../../../src/registry.ts';
import { noStageCache } from '../../engine/stage-cache.ts';
import type { Parts } from '../../parts/parts.ts';
import type { BiasConfig } from './bias-config.ts';
import { lackOf } from './bias-faults.ts';
import { type BiasLogs, biasLogs } from './bias-logs.ts';
import { estimateBias } from './prepare-bias.ts';

/** An estimator of bias, or a file of one. */
export interface BiasName {
  readonly name: string;
  readonly file?: string; // of `saved`
}

export const namedOrSaved = (words: string): BiasName => (words.endsWith('.json') ? { name: 'saved', file: words } : { name: words });

/** The bias by which weightings are judged. */
export interface JudgingBias {
  readonly name: string;
  readonly bias: EstimatedBias;
  readonly assumed: boolean; //        no estimate: 1 over the rank
}

/** All that is found of a log before a ranker is trained. */
export interface Diagnosed {
  readonly path: string;
  readonly diagnosis: LogDiagnosis;
  readonly contextNames: ReadonlyMap<number, string>;
  readonly judged: JudgingBias;
  readonly refused: ReadonlyMap<string, string>; // why estimators that were tried do not tell the bias
  readonly relevance: RelevanceByRank | null; // null where bias could not be told
  readonly spread: readonly WeightingSpread[];
  readonly bias: readonly Verdict[];
  readonly weighting: Verdict;
}

/** A log, and what is found of it. */
export interface DiagnosedLog {
  readonly found: Diagnosed;
  readonly logs: BiasLogs;
  readonly accounting: readonly Accounting[];
}

/**
 * What a log tells, which estimator of bias follows, and which weighting. @param path as it is called @param asked by which weightings are judged; null: by
 * the first that the log suffices for of those that fit nothing to relevance @throws UsageError for one that tells nothing of this log
 */
export async function diagnosedLog(parts: Parts, config: BiasConfig, path: string, asked: BiasName | null): Promise<DiagnosedLog> {
  if (asked !== null) {
    if (['oracle', 'given'].includes(asked.name))
      throw new UsageError(`--bias ${asked.name} is told, not found in a log; name an estimator, or a bias.json that one wrote`);
    const lack = lackOf(config, lookup<BiasEstimatorEntry>('bias estimator', parts.biasEstimators, asked.name).needs);
    if (lack !== null) throw new UsageError(`--bias ${asked.name} ${lack}`);
  }
  const { accounting, ofSeed } = await biasLogs(parts, config, noStageCache);
  const ofLog = await ofSeed('1');
  return { found: diagnosed(parts, config, path, ofLog, asked), logs: ofLog, accounting };
}

/** {@link diagnosedLog} of a log that was read. */
export function diagnosed(parts: Parts, config: BiasConfig, path: string, world: BiasLogs, asked: BiasName | null): Diagnosed {
  const { logs, contexts = new Map() } = world;
  const { train, randomised } = logs;
  const contextNames = new Map(Array.from(contexts, ([name, number]) => [number, name]));
  const diagnosis = diagnoseLog(train, randomised, config.log === null || config.data.path !== null);
  const estimate = (choice: BiasName) => estimateBias(parts, config, choice as never, world, '1');
  const { judged, refused } = judgingBias(asked, estimate, diagnosis);
  const spread = spreadByWeighting(parts.weightings, train, judged.bias);
  const bias = biasAdvice(diagnosis, refused, contextNames);
  const ips = spread.find(({ name }) => name === 'ips')?.spread ?? null;
  const follows = bias.find(({ verdict }) => verdict === 'take')?.name ?? null;
  const { examination } = judged.bias;
  return {
    ...{ path, diagnosis, judged, refused, spread, bias, contextNames },
    relevance:
      judged.assumed || examination === null ? null : relevanceByRank(diagnosis.clickThrough, examination, diagnosis.overlap.impressions),
    weighting: weightingAdvice(diagnosis, follows, ips && !judged.assumed && ips.clicks > 0 ? ips.effective / ips.clicks : null),
  };
}

/** The first that tells the bias of every rank, and why those before it did not; 1/rank where none does. */
function judgingBias(
  asked: BiasName | null,
  estimate: (choice: BiasName) => EstimatedBias,
  diagnosis: LogDiagnosis,
): { readonly judged: JudgingBias; readonly refused: ReadonlyMap<string, string> } {
  const positions = diagnosis.clickThrough.length;
  const refused = new Map<string, string>();
  const told: JudgingBias[] = asked === null ? [] : [{ name: asked.file ?? asked.name, bias: estimate(asked), assumed: false }];
  for (const name of triedOn(diagnosis))
    try {
      const bias = estimate({ name });
      const ranks = bias.examination?.length ?? 0;
      if (ranks < positions) refused.set(name, `tells of ${ranks} ranks, and the log shows ${positions}`);
      else told.push({ name, bias, assumed: false });
    } catch (fault) {
      if (!(fault instanceof UsageError)) throw fault;
      refused.set(name, fault.message);
    }
  const inverse = Float64Array.from({ length: positions }, (_, k) => 1 / (k + 1));
  return { judged: told[0] ?? { name: '1/rank', bias: byRank(inverse, 'given'), assumed: true }, refused };
}
