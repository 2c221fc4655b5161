import { clickModelLabelsName, nothingToTell, weightingAdvice } from '../../../estimators/index.ts';
import { UsageError } from '../../../src/errors.ts';
import type { BiasName, Diagnosed } from '../bias/diagnosed.ts';
import { byDocument } from './own-log-methods.ts';

/** One decision, and what of the log it follows from. */
export interface Reason {
  readonly about: string;
  readonly choice: string;
  readonly why: string;
}

/** What to learn from a log by, as a config says it. */
export interface Recommendation {
  readonly estimator: object;
  readonly judge: object; // the bias by which test clicks are corrected
  readonly naive: object; // what it is compared with
  readonly corrects: boolean; // whether it is another than that
  readonly reasons: readonly Reason[];
}

/** What the user wants otherwise. */
export interface Wanted {
  readonly bias: BiasName | null;
  readonly weighting: string | null;
}

export const recommendedLabel = 'recommended';

/**
 * Which estimator of bias and which weighting follow from what a log can tell, with the reasons. Documents that are ids have a relevance each, which
 * needs no weighting. Where nothing tells the bias, clicks are taken as they are: better told than a bias that is made up.
 * @param asIds whether documents have no features @param learns whether a ranker is learnt all the same, from ids alone @throws UsageError for a log without a click
 */
export function recommendation(
  found: Diagnosed,
  { asIds, learns }: { readonly asIds: boolean; readonly learns: boolean },
  { bias: wanted, weighting: weigh }: Wanted,
): Recommendation {
  const { diagnosis, spread } = found;
  if (!(diagnosis.log.clicksPerSession > 0)) throw new UsageError(`${nothingToTell(diagnosis)}: nothing to learn from`);
  const taken = found.bias.find(({ verdict }) => verdict === 'take') ?? null;
  const byModel = (clickModel: string) => (asIds && learns ? { clickModel, given: 'list' } : { clickModel }); // weights of clicks ask for its mean over lists
  const bias = wanted ?? (taken === null ? null : taken.model === undefined ? { name: taken.name } : byModel(taken.model));
  const name = wanted?.name ?? taken?.name ?? null;
  const ips = spread.find((one) => one.name === 'ips')?.spread ?? null;
  const effective = ips && !found.judged.assumed && ips.clicks > 0 ? ips.effective / ips.clicks : null;
  const advised = weightingAdvice(diagnosis, name, effective);
  const weighting = weigh ?? (advised.clip === undefined ? advised.name : { name: advised.name, clip: advised.clip });
  const weightingName = weigh ?? advised.name;
  const asked = 'asked for';
  const ofBias: Reason =
    name === null
      ? {
          ...{ about: 'bias', choice: 'none' },
          why: `nothing in this log tells bias from relevance, so clicks are taken as they are; ${nothingToTell(diagnosis) ?? 'documents at several ranks, sessions in random order or features would tell (docs/own-log.md)'}`,
        }
      : {
          about: 'bias',
          choice: taken?.model !== undefined && wanted === null ? `${name} (${taken.model})` : name,
          why: wanted ? asked : (taken?.why ?? ''),
        };
  const ofWeighting: Reason = { about: 'weighting', choice: weightingName, why: weigh ? asked : advised.why };
  const inverse = diagnosis.clickThrough.length;
  const judge = bias ?? { name: 'given', examination: Array.from({ length: inverse }, (_, k) => 1 / (k + 1)) };
  const ofJudge: Reason = {
    ...{ about: 'value', choice: name ?? '1/rank' },
    why: bias
      ? 'the same bias, found in the training sessions, corrects the clicks of the test sessions; cascade asks for none'
      : 'no estimate: as if examination were 1/rank, so that ips, snips and doubly-robust are worth as much as that; cascade asks for none',
  };
  const counted = asIds && !learns; // a number of each document by itself
  const naive = counted ? { name: byDocument, label: 'naive' } : { name: 'naive' };
  const corrects = bias !== null && (counted || weightingName !== 'naive');
  if (counted) {
    if (weigh !== null)
      throw new UsageError(
        '--weighting is for rankers that learn by a loss: documents by their ids have clicks over examination, each its own; leave it out, give --features, or learn from ids by --ranker embedding',
      );
    const ratio: Reason = {
      about: 'ranker',
      choice: byDocument,
      why: 'documents are ids: each has its clicks over its examination, drawn to the mean as far as held-out sessions say',
    };
    const estimator = corrects ? { name: byDocument, propensity: bias, label: recommendedLabel } : naive;
    return { estimator, judge, naive, corrects, reasons: [ofBias, ratio, ofJudge] };
  }
  const byLabels = bias !== null && weightingName === clickModelLabelsName;
  const corrected = byLabels ? { name: clickModelLabelsName, ...withoutList(bias as object) } : { bias, weighting };
  const estimator = corrects ? { ...corrected, label: recommendedLabel } : naive;
  return { estimator, judge: byLabels ? { ...bias, given: 'list' } : judge, naive, corrects, reasons: [ofBias, ofWeighting, ofJudge] };
}

/** A click model as labels take it, by its documents alone. */
const withoutList = ({ given: _given, ...bias }: object & { readonly given?: unknown }): object => bias;
