/** Where the propensities (exposures) that a method weighs by come from, and how a reader is told. */
export const biasSources = {
  oracle: 'told the truth (oracle)',
  randomisation: 'from randomised traffic',
  logged: 'as logged',
  given: 'given by the config',
  learnt: 'learnt from the log',
} as const;
export type BiasSource = keyof typeof biasSources;

/** An entry of a registry whose propensities, exposures or corrections all have one source. */
export interface Sourced {
  readonly source?: BiasSource; // absent: nobody says, or what is learnt does
}
