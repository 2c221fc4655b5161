import { type ClickModel, checkNoPager, fewestResamples, fitFault, fromFeatures, tellsContexts } from '../../../click-models/index.ts';
import { UsageError } from '../../../src/errors.ts';
import { make } from '../../../src/registry.ts';
import type { Fault } from '../../../src/schema-faults.ts';
import type { Parts } from '../../parts/parts.ts';
import { syntheticFaults } from '../ranking/ranking-faults.ts';
import { makeClickModel } from '../ranking/simulate-logs.ts';
import { hiddenFaults } from '../shared/hidden-faults.ts';
import { metricNames } from './click-model-metrics.ts';
import type { ClickModelMethod, ClickModelsConfig } from './click-models-config.ts';
import { isScore } from './scores.ts';
import { drawConfig } from './study-log.ts';

/** What an estimator's entry says of its model, made for lists of K documents. */
export function madeModel(parts: Pick<Parts, 'clickModels'>, method: ClickModelMethod, positions: number): ClickModel {
  return make('click model', parts.clickModels, modelChoice(method) as never, positions);
}

/** The model of an entry, with its options. */
export function modelChoice({ label: _label, fit: _fit, ...choice }: ClickModelMethod) {
  return choice;
}

/** Faults that no single value has: what the values say together. */
export function clickModelFaults(parts: Parts, config: ClickModelsConfig): Fault[] {
  const users = config.log === null ? simulatedUsers(parts, config) : null;
  const simulated = users !== null && 'contexts' in users ? users.contexts : 1;
  return [
    ...config.estimators.flatMap((method, i) => methodFault(parts, config, method, i, simulated) ?? []),
    ...(users !== null && 'problem' in users ? [users] : []),
    ...(config.log === null ? syntheticFaults(config.data) : []),
    ...layerFaults(config),
    ...splitFaults(config),
    ...metricFaults(config),
    ...resampleFaults(config),
  ];
}

/** Layers that no memory holds. */
function layerFaults({ data: { path, synthetic }, estimators }: ClickModelsConfig): Fault[] {
  const inputs = path === null ? synthetic.features : 1; // how many data from files have is not known yet
  return estimators.flatMap((method, i) =>
    method.name === 'truth' ? [] : hiddenFaults(['estimators', i, 'fit'], inputs, method.fit.hidden),
  );
}

/** The click model of a simulation, or what is wrong with it. */
function simulatedUsers(parts: Parts, config: ClickModelsConfig): ClickModel | Fault {
  try {
    return makeClickModel(parts, drawConfig(config).simulation);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { path: ['simulation', 'clickModel'], problem: error.message };
  }
}

/** @param simulated contexts of a simulated log */
function methodFault(
  parts: Parts,
  { log, simulation, evaluation: { resamples } }: ClickModelsConfig,
  method: ClickModelMethod,
  i: number,
  simulated: number,
): Fault | null {
  const fault = (problem: string, key = 'name'): Fault => ({ path: ['estimators', i, key], problem });
  if (method.name === 'truth') return log === null ? null : fault('truth is known of a simulated log only; leave it out, or set log: null');
  try {
    const model = madeModel(parts, method, log === null ? simulation.positions : 1); // how long the lists of a file are is not known yet
    if (log === null) checkNoPager(model);
    const { contexts } = model;
    const together = fitFault(method.fit, model);
    if (together !== null) return fault(together, 'fit');
    const [ofFeatures] = fromFeatures(method.fit);
    if (ofFeatures !== undefined && log !== null)
      return fault(`${ofFeatures} from features needs documents with features, and a log has none of its own; use hash`, 'fit');
    if (method.fit.method === 'gradient' && resamples > 0)
      return fault('intervals of parameters are of fits by em or counting; set evaluation.resamples: 0', 'fit');
    if (!tellsContexts(model)) return null;
    const own = `${method.name} ${contexts === 1 ? 'knows one context' : `tells ${contexts} contexts apart`}`;
    if (contexts === 1)
      return log === null && simulated > 1 ? fault(`${own}, and the simulated log has ${simulated}; give it as many`) : null;
    if (log !== null) return log.context === null ? fault(`${own}; name the column of the context in log.context`) : null;
    if (simulated === 1) return fault(`${own}, and the simulated log has one; leave it out, or simulate with contextual-position-based`);
    return contexts < simulated ? fault(`${own}, and the simulated log has ${simulated}; give it more`) : null;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return fault(error.message);
  }
}

function splitFaults({ log, seeds, split: { by, unseen } }: ClickModelsConfig): Fault[] {
  const fault = (key: string, problem: string): Fault[] => [{ path: ['split', key], problem }];
  if (by === 'time' && log === null) return fault('by', 'time: the sessions of a simulated log have no order; use session or query');
  if (by === 'time' && seeds.length > 1) return fault('by', `time: the split is the same with each of ${seeds.length} seeds; set seeds: 1`);
  if (by === 'query' && unseen === 'drop')
    return fault('unseen', 'drop: split by query every test document is unseen, so that nothing would be left; use prior');
  return [];
}

/** Of few draws an interval would be what chance makes it, and may not even hold the estimate. */
function resampleFaults({ evaluation: { resamples } }: ClickModelsConfig): Fault[] {
  if (resamples === 0 || resamples >= fewestResamples) return [];
  const problem = `must be 0, for no intervals, or at least ${fewestResamples}, for ends of 95 % intervals; got ${resamples}`;
  return [{ path: ['evaluation', 'resamples'], problem }];
}

function metricFaults(config: ClickModelsConfig): Fault[] {
  const names = metricNames(config);
  const fault = (problem: string): Fault[] => [{ path: ['evaluation', 'metrics'], problem }];
  if (names.length === 0) return fault('must name at least one metric, or be null for the usual ones');
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) return fault(`"${twice}" is named twice`);
  const ofLabels = config.log === null ? undefined : names.find((name) => !isScore(name));
  return ofLabels === undefined ? [] : fault(`${ofLabels} needs labels, which a click log does not have; leave it out`);
}
