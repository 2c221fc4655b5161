import type { BiasVarianceStudy } from './bias-variance-study.ts';

const predictionWords: Readonly<Record<string, string>> = {
  truth: 'truth: the true relevance, or value, of every pair',
  mean: 'mean: the mean relevance, or value, for every pair',
};

/** What the numbers of a study mean, one sentence or two each. */
export function biasVarianceNotes({ settings }: BiasVarianceStudy): string[] {
  const [{ config, curves, learnt }] = settings;
  const { task, seeds } = config;
  const losses = [...new Set(settings.map((setting) => setting.config.loss))].join(' and ');
  const formula =
    task === 'implicit-feedback'
      ? 'Clipped loss: mean over pairs of (Y/max(θ, M)) δ1 + (1 − Y/max(θ, M)) δ0, for clicks Y = O·R, P(O) = θ, P(R) = γ. Bias: mean of γ (θ/max(θ, M) − 1)(δ1 − δ0). Variance: sum of γθ (1 − γθ)/max(θ, M)² (δ1 − δ0)² over the squared number of pairs (Saito et al., WSDM 2020).'
      : 'Clipped loss: sum over observed pairs of e/max(θ, M) over the number of pairs. Bias: mean of (θ/max(θ, M) − 1) e. Variance: sum of θ (1 − θ)/max(θ, M)² e² over the squared number of pairs.';
  const estimated = [...new Set(settings.map((setting) => setting.config.exposure.name))].filter((name) => name !== 'oracle');
  const known =
    estimated.length === 0
      ? []
      : [
          `With exposure ${estimated.join(' and ')} the estimate after the clicks of each seed is divided by, then held fixed: it is biased without clipping too.`,
        ];
  const names = curves.map(({ summary }) => summary.predictions);
  const looked = names.map((name) => predictionWords[name] ?? `${name}: learnt from the clicks of each seed, then held fixed`);
  return [
    formula,
    `Loss ${losses}, evaluated at these predictions: ${looked.join('; ')}.`,
    ...known,
    ...(seeds.length > 1 && names.every((name) => name in predictionWords) && estimated.length === 0 && task === 'implicit-feedback'
      ? ['Seeds draw clicks, not worlds, so these curves are the same for every seed; world.worldSeed=1,2,3 gives other worlds.']
      : []),
    ...(learnt === null
      ? []
      : ['Learnt: early stopping, batches and initial values as in a run of the config; the test part is the seed’s own.']),
  ];
}
