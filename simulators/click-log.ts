import { type ClickModel, checkNoPager, sampleCounts } from '../click-models/index.ts';
import type { ClickLog } from '../src/data/click-log.ts';
import { ClickLogBuilder } from '../src/data/click-log-builder.ts';
import { growingFloat64 } from '../src/data/growing-array.ts';
import type { QuerySet } from '../src/data/query-set.ts';
import { UsageError } from '../src/errors.ts';
import { multinomial } from '../src/random/multinomial.ts';
import type { Rng } from '../src/random/rng.ts';
import { type DocumentProbabilities, shownOf } from './document-probabilities.ts';
import { sampleOneByOne } from './sample-one-by-one.ts';
import { type ListPolicy, type ShownLists, shownLists } from './shown-lists.ts';
import { type SimulationTruth, truthOf } from './truth.ts';

/** What a click log is drawn from: queries, users, logging policy, and how many sessions. */
export interface ClickSimulation extends ListPolicy, DocumentProbabilities {
  readonly querySet: QuerySet;
  readonly clickModel: ClickModel;
  /** Several logging policies in place of the one beside it, each with its share of the sessions (over their sum); lists say which they are of. */
  readonly policies?: readonly (Omit<ListPolicy, 'positions'> & { readonly share: number })[];
  readonly sessions: number; //         whole, 1 … 2⁵³; each of a query drawn uniformly, and of one of its lists
  /** counted (default): binomial splitting, cost by distinct rows; one-by-one: every session walked, the reference it is tested against. */
  readonly sampling?: keyof typeof samplers;
}

const samplers = { counted: sampleCounts, 'one-by-one': sampleOneByOne };

/** Weights of the lists of all policies, one policy after the other: every query weighs `listsPerQuery` in a policy, and that comes to its share. */
function sharedWeights(shown: readonly ShownLists[], policies: NonNullable<ClickSimulation['policies']>): Float64Array {
  const all = growingFloat64();
  for (const [p, { weights }] of shown.entries()) {
    const { share, listsPerQuery = 1 } = policies[p];
    for (const weight of weights) all.push((weight * share) / listsPerQuery);
  }
  return all.trimmed();
}

/**
 * A click log drawn from a click model, and apart from it the truth it was drawn from. The log is compact: lists are distinct and have
 * at least one session, rows are distinct. The streams `lists`, `sessions` and `clicks` of `rng` draw what their names say,
 * so that the two ways of sampling share lists and sessions per list.
 * Where the click model tells contexts apart, every session is in one of them, each as likely, and lists are distinct by context too.
 * @returns and the context of each list of the log, null where the model knows one
 * @throws UsageError on values out of range, or lists longer than the model has parameters for
 */
export function simulateClickLog(
  simulation: ClickSimulation,
  rng: Rng,
): { log: ClickLog; truth: SimulationTruth; contexts: Uint32Array | null } {
  const { querySet, attraction, satisfaction, clickModel, sessions, sampling = 'counted' } = simulation;
  if (!(Number.isInteger(sessions) && sessions >= 1 && sessions <= 2 ** 53))
    throw new UsageError(`sessions must be a whole number in [1, 2^53], got ${sessions}`);
  if (attraction.length !== querySet.labels.length)
    throw new UsageError(`expected ${querySet.labels.length} attraction probabilities, one per document, got ${attraction.length}`);
  if (satisfaction !== undefined && satisfaction.length !== querySet.labels.length)
    throw new UsageError(`expected ${querySet.labels.length} satisfaction probabilities, one per document, got ${satisfaction.length}`);
  checkNoPager(clickModel);
  const policies = simulation.policies ?? [{ ...simulation, share: 1 }];
  const badShare = policies.findIndex(({ share }) => !(share > 0 && share < Infinity));
  if (badShare >= 0)
    throw new UsageError(`the share of logging policy ${badShare} must be finite and above 0, got ${policies[badShare].share}`);
  const shown = policies.map((policy, p) =>
    shownLists(querySet, { ...policy, positions: simulation.positions }, rng.fork(p === 0 ? 'lists' : `lists ${p}`)),
  );
  const weights = shown.length === 1 ? shown[0].weights : sharedWeights(shown, policies);
  if (weights.length === 0) throw new UsageError('no query has documents to show: nobody can click');
  const sessionsPerList = multinomial(sessions, weights, rng.fork('sessions'));
  const clickStream = rng.fork('clicks');
  const several = policies.length > 1; // then a list is of one of them, else of an intervention
  const builder = new ClickLogBuilder(clickModel.contexts, several ? policies.length : shown[0].policies);
  const each = new Float64Array(clickModel.contexts).fill(1);
  const contextStream = rng.fork('contexts');
  const contexts: number[] = [];
  let drawn = 0; // lists of the policies before
  for (const [p, { lists, policies: kinds }] of shown.entries()) {
    for (let l = 0; l < lists.length; l++) {
      const docs = lists.items.values.subarray(lists.offsets.values[l], lists.offsets.values[l + 1]);
      const documents = shownOf(simulation, docs);
      const n = sessionsPerList[drawn + l];
      for (const [context, count] of (each.length === 1 ? [n] : multinomial(n, each, contextStream)).entries()) {
        if (count === 0) continue;
        const key = lists.keys.values[l];
        const list = builder.addList(Math.floor(key / kinds), docs, context, several ? p : key % kinds);
        contexts[list] = context;
        samplers[sampling](clickModel, { ...documents, context }, count, clickStream, (clicks, rows) => builder.addRow(list, clicks, rows));
      }
    }
    drawn += lists.length;
  }
  const log = builder.build();
  const ofList = each.length === 1 ? null : Uint32Array.from(contexts);
  return { log, truth: truthOf(clickModel, simulation, log, ofList), contexts: ofList };
}
