import { builtIn } from '../../../../experiments/catalogue/catalogue.ts';
import { decodeStudy } from '../../../../experiments/catalogue/read-study.ts';
import { type ClippableStudy, clippableStudy } from '../../../../experiments/tasks/bias-variance/bias-variance.ts';

export const decodeClippable = (input: object): ClippableStudy =>
  clippableStudy({ ...decodeStudy(input, 'test'), catalogue: builtIn() }, 'test');
