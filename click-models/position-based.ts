import type { Decoded } from '../src/schema.ts';
import { checkList } from './check-list.ts';
import type { ClickModel } from './click-model.ts';
import { examinationCurveOf, examinationOptions } from './examination-curve.ts';

/**
 * P(C_k = 1) = θ_k γ_k: the user examines position k whatever was clicked above, and clicks what is examined and attracts.
 * Craswell et al., WSDM 2008. No state.
 */
export const positionBased = {
  description: 'position-based: a click takes examination, which depends on the position alone, and attraction (Craswell et al. 2008)',
  options: examinationOptions,
  /** @throws UsageError when `examination` gives fewer values than positions */
  create(options: Decoded<typeof examinationOptions>, positions: number): ClickModel {
    const theta = examinationCurveOf(options, positions);
    const model: ClickModel = {
      name: 'position-based',
      parameters: { examination: theta },
      positions,
      bias: { kind: 'examination', examination: theta },
      initialState: 1,
      conditional: (k, gamma) => theta[k] * gamma,
      next: () => 1,
      marginal: (attraction) => model.examination(attraction).map((examined, k) => examined * attraction[k]),
      examination(attraction) {
        checkList(model, attraction);
        return theta.slice(0, attraction.length);
      },
    };
    return model;
  },
};
