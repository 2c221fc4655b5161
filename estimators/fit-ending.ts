/** What a reader of what a fit says must know of it. */
export interface FitEnding {
  readonly model: string;
  readonly ruledOut: number; // share of the sessions whose clicks the model rules out: left out of the fit
  readonly converged: boolean;
}
