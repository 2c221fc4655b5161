import { clickModels, fitClickModel } from '../../click-models/index.ts';
import { type ClickLog, positionsOf } from '../../src/data/click-log.ts';
import { UsageError } from '../../src/errors.ts';
import { logit } from '../../src/losses/pair-loss.ts';
import { bothWays, logOf, sigmoid } from '../../src/math/log-space.ts';
import { type Decoded, optional, picklist, positive, strictObject } from '../../src/schema.ts';
import { fitJointly, type RankClickLoss } from '../joint-clicks.ts';
import { tabularFit } from '../tabular-fit.ts';
import { type BiasEstimatorEntry, type BiasNeed, onlyAffine } from './bias-estimator.ts';
import { bootstrapOption, resampling } from './bootstrap.ts';
import { checkRanksClicked, checkTied } from './check-told.ts';

const options = strictObject({
  relevance: optional(picklist(['tabular', 'features']), 'tabular'),
  relativePropensityRate: optional(positive(), 10), // with features: learning rate of α and β over that of relevance
  bootstrap: bootstrapOption,
});

/** Of expectation–maximisation: what is left after so many is the scale, which a log does not tell. */
const iterations = 500;

/**
 * p = z₀ + (1 − z₀) a γ with z₀ = σ(b) = β, a = σ(x) and γ = σ(y), so α = (1 − z₀) a is at least 0 and α + β at most 1: a click is missing where there is neither
 * trust nor an irresistible document, 1 − p = (1 − z₀)(1 − aγ).
 */
export const trustedOrRelevant: RankClickLoss = (y, [x, b], clicks, sessions, slopes, bends) => {
  const { yes: relevant, no: irrelevant } = bothWays(y);
  const { yes: shown, no: hidden } = bothWays(x);
  const { yes: trust, no: noTrust } = bothWays(b);
  const both = shown * relevant;
  const notBoth = hidden + shown * irrelevant; // 1 − aγ, where that is near 0 too
  const p = trust + noTrust * both;
  const missed = sessions - clicks;
  const byBoth = missed / notBoth - (clicks * noTrust) / p;
  slopes[0] = byBoth * both * irrelevant;
  slopes[1] = byBoth * both * hidden;
  slopes[2] = missed * trust - (clicks * trust * noTrust * notBoth) / p;
  bends[0] = sessions * relevant * irrelevant;
  bends[1] = sessions * shown * hidden;
  bends[2] = sessions * trust * noTrust;
  return -missed * logOf(noTrust * notBoth) - clicks * logOf(p);
};

/**
 * α_k and β_k of P(C_k = 1) = α_k γ + β_k by expectation–maximisation (Agarwal et al., WWW 2019; Vardasbi, Oosterhuis & de Rijke, CIKM 2020). The clicks of documents that move between ranks
 * tell them up to the scale of relevance only: γ → (γ − b)/a with α → aα, β → β + bα foretells the same. What a log fixes is α_k/α_1 and α_1(β_k/α_k − β_1/α_1).
 * - `tabular`: a γ of its own for each document; the scale comes from where the fit starts (Oosterhuis' curves) and from the Beta prior on γ that it learns.
 * - `features`: γ = σ(f(x)); the scale comes from the form of σ(f).
 * Affine correction with an estimate that is off by (a, b) gives (γ − b)/a: the order of documents is right, the level is not. Needs many sessions: three numbers a rank from one rate.
 */
export const trustBias = {
  description: 'trust bias: α and β of clicks that are affine in relevance, by expectation–maximisation (Vardasbi et al. 2020)',
  source: 'learnt',
  needs: ({ relevance }: Decoded<typeof options>): readonly BiasNeed[] => (relevance === 'features' ? ['features'] : []),
  gives: 'affine',
  options,
  create: resampling<Decoded<typeof options>>(({ relevance, relativePropensityRate }) => (input) => {
    checkRanks(input.train.log);
    if (relevance === 'features') {
      checkRanksClicked(input.train.log);
      const {
        numbers: [x, b],
        record,
      } = fitJointly(input, {
        loss: trustedOrRelevant,
        tables: 2,
        start: (clickRate) => [0, logit(clickRate / 2)],
        relativeRate: relativePropensityRate,
      });
      const beta = b.map(sigmoid);
      return onlyAffine({ kind: 'affine', alpha: x.map((logit, k) => (1 - beta[k]) * sigmoid(logit)), beta }, 'learnt', record);
    }
    const { log, querySet } = input.train;
    checkTied(log);
    const fit = { log, documents: querySet.labels.length };
    const start = clickModels['trust-bias'].create({ affine: null }, positionsOf(log));
    const { examination, relevant, irrelevant } = fitClickModel(start, fit, { ...tabularFit('em'), iterations }).model.parameters;
    const alpha = examination.map((theta, k) => theta * (relevant[k] - irrelevant[k]));
    return onlyAffine({ kind: 'affine', alpha, beta: examination.map((theta, k) => theta * irrelevant[k]) }, 'learnt');
  }),
} as const satisfies BiasEstimatorEntry;

/** @throws UsageError for one rank: any α and β foretell its clicks as well, by another relevance, and a prior would be shown */
function checkRanks(log: ClickLog): void {
  if (positionsOf(log) < 2)
    throw new UsageError(
      'the log shows one rank, which tells neither α nor β, so a prior would be shown: lists of two ranks or more are needed',
    );
}
