import { sigmoid, softplus } from '../../../src/losses/pair-loss.ts';

/** One impression: whether it was clicked and whether the click converted; scores of click (a), conversion given a click (b), imputation (t). */
export interface Impression {
  readonly clicked: number;
  readonly converted: number;
  readonly click: number; //      a: p = σ(a) is pCTR
  readonly conversion: number; // b: q = σ(b) is pCVR
  readonly imputation: number; // t: g = σ(t) is the imputed conversion
}

/** Value of a loss of one impression, and its derivatives by the three scores. */
export interface ConversionTerm {
  value: number;
  click: number;
  conversion: number;
  imputation: number;
}

/** Adds a loss, times a weight, to the term. */
export type ConversionLoss = (impression: Impression, weight: number, term: ConversionTerm) => void;

/** CE(q, conversion) on clicked impressions only: click space, as if clicked impressions were all. */
export const clickSpaceLoss: ConversionLoss = ({ clicked, converted, conversion }, weight, term) => {
  if (clicked === 0) return;
  term.value += weight * (softplus(conversion) - converted * conversion);
  term.conversion += weight * (sigmoid(conversion) - converted);
};

/** CE(p, click) + CE(p q, click · conversion), over all impressions. ESMM: Ma et al., SIGIR 2018. */
export const entireSpaceLoss: ConversionLoss = ({ clicked, converted, click, conversion }, weight, term) => {
  const [p, q] = [sigmoid(click), sigmoid(conversion)];
  const both = clicked * converted;
  const rest = Math.max(1 - p * q, 1e-12);
  term.value += weight * (softplus(click) - clicked * click + (both === 1 ? softplus(-click) + softplus(-conversion) : -Math.log(rest)));
  term.click += weight * (p - clicked + (both === 1 ? p - 1 : (p * q * (1 - p)) / rest));
  term.conversion += weight * (both === 1 ? q - 1 : (p * q * (1 - q)) / rest);
};

/** click · CE(q, conversion) / pCTR, the gradient stopped at pCTR, which is raised to at least `clip`. ESCM²-IPS: Wang et al., SIGIR 2022. */
export const inversePropensityLoss =
  (clip: number): ConversionLoss =>
  (impression, weight, term) =>
    clickSpaceLoss(impression, weight / Math.max(sigmoid(impression.click), clip), term);

/** ê + click (ℓ − ê)/pCTR with ê = CE(q, g), gradients stopped at pCTR and g. ESCM²-DR, ibid. */
export const doublyRobustLoss =
  (clip: number): ConversionLoss =>
  ({ clicked, converted, click, conversion, imputation }, weight, term) => {
    const g = sigmoid(imputation);
    const p = Math.max(sigmoid(click), clip);
    // ℓ − ê = (g − r) b for cross-entropy of the score b
    term.value += weight * (softplus(conversion) - g * conversion + (clicked * (g - converted) * conversion) / p);
    term.conversion += weight * (sigmoid(conversion) - g + (clicked * (g - converted)) / p);
  };

/** click (ℓ − ê)²/pCTR, for the imputation alone: gradients stopped at the other two. ESCM²-DR, ibid. */
export const imputationLoss =
  (clip: number): ConversionLoss =>
  ({ clicked, converted, click, conversion, imputation }, weight, term) => {
    if (clicked === 0) return;
    const g = sigmoid(imputation);
    const scaled = (weight * conversion ** 2 * (g - converted)) / Math.max(sigmoid(click), clip);
    term.value += scaled * (g - converted);
    term.imputation += 2 * scaled * g * (1 - g);
  };
