import type { BiasChoice, WeightingEntry } from '../../../estimators/index.ts';
import { namedBias } from '../../../estimators/index.ts';
import { lookup } from '../../../src/registry.ts';
import type { Fault } from '../../../src/schema-faults.ts';
import type { Parts } from '../../parts/parts.ts';
import type { BiasConfig } from '../bias/bias-config.ts';
import { biasFaults } from '../bias/bias-faults.ts';
import type { RankingConfig } from '../ranking/ranking-config.ts';
import { type ChosenBias, rankingFaults } from '../ranking/ranking-faults.ts';
import { composed } from '../ranking/ranking-methods.ts';
import type { OwnLogConfig } from './own-log-config.ts';
import { byDocument } from './own-log-methods.ts';

/** Methods that see labels, or the ranker behind a simulated log: none that a log has. */
const unseen = new Set(['skyline', 'expected-relevance', 'production', 'random']);

/** The bias that a method corrects by, and where it stands in its entry; null of one that takes clicks as they are, or learns it with its ranker. */
function biasIn(parts: Parts, method: OwnLogConfig['estimators'][number]): { readonly key: string; readonly bias: ChosenBias } | null {
  const chosen = method as unknown as {
    readonly bias?: BiasChoice;
    readonly weighting?: { readonly name: string };
    readonly propensity?: BiasChoice | null;
  };
  if (method.name === composed)
    return lookup<WeightingEntry>('weighting', parts.weightings, chosen.weighting?.name ?? '').takes === 'none'
      ? null
      : { key: 'bias', bias: chosen.bias as ChosenBias };
  if (chosen.propensity == null) return null;
  return {
    key: 'propensity',
    bias: (typeof chosen.propensity === 'object' && 'name' in chosen.propensity
      ? chosen.propensity
      : namedBias(chosen.propensity)) as ChosenBias,
  };
}

/** Faults that no single value has: what a log lacks, and what methods ask for. */
export function ownLogFaults(parts: Parts, config: OwnLogConfig): Fault[] {
  const { log, data, split, evaluation } = config;
  const asIds = log !== null && data.path === null;
  const methods = config.estimators.flatMap((method, i): Fault[] => {
    const fault = (problem: string): Fault[] => [{ path: ['estimators', i, 'name'], problem }];
    if (unseen.has(method.name)) return fault(`${method.name} is told what a log does not have; leave it out`);
    if (asIds && method.name !== byDocument && (method.ranker ?? config.ranker).name !== 'embedding')
      return fault(
        `${method.name} learns from features, and documents of a log without data.path are ids; use ${byDocument}, set ranker: embedding, or name the data`,
      );
    return [];
  });
  const judged = evaluation.bias as unknown as ChosenBias;
  const biases = [
    ...config.estimators.flatMap((method, i) => {
      const found = biasIn(parts, method);
      return found === null ? [] : [{ path: ['estimators', i, found.key], bias: found.bias }];
    }),
    { path: ['evaluation', 'bias'], bias: judged },
  ];
  const lacking = biases.flatMap(({ path, bias }): Fault[] =>
    biasFaults(parts, { ...config, estimators: [bias] } as unknown as BiasConfig)
      .filter(({ path: [at] }) => at === 'estimators')
      .map(({ problem }) => ({ path, problem })),
  );
  const others = biasFaults(parts, { ...config, estimators: [] } as unknown as BiasConfig);
  const learners = config.estimators.filter(({ name }) => name !== byDocument && !unseen.has(name));
  const trained = rankingFaults(parts, asRanking({ ...config, estimators: learners }), false)
    .map((one) =>
      one.path[0] === 'estimators'
        ? { ...one, path: ['estimators', config.estimators.indexOf(learners[Number(one.path[1])]), ...one.path.slice(2)] }
        : one,
    )
    .filter((one) => !others.some(({ problem }) => problem === one.problem));
  const shares: Fault[] =
    split.validation + split.test < 0.95
      ? []
      : [{ path: ['split'], problem: 'leaves next to nothing to train on; lower validation or test' }];
  return [...methods, ...lacking, ...others, ...trained, ...shares];
}

/** The config as the learners of rankings read it. */
export const asRanking = (config: OwnLogConfig): RankingConfig =>
  ({
    ...config,
    evaluation: { ...config.evaluation, policy: 'order', safety: null, searchSessions: null, num: {} },
  }) as unknown as RankingConfig;
