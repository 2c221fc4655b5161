import { itemClicks } from '../../../src/data/interactions/interaction-log.ts';
import { UsageError } from '../../../src/errors.ts';
import { type Decoded, optional, real, strictObject } from '../../../src/schema.ts';
import { type EstimateExposure, itemExposure } from './exposure.ts';

const options = strictObject({ power: optional(real(0), 0.5) });

/**
 * θ_i = (n_i / max n)^power, n_i the clicks of item i. Saito et al., WSDM 2020. An item without clicks is taken to have half a click:
 * no click of it is ever weighted, but pairwise learners and doubly robust ones ask for its exposure; the number of such items is noted.
 */
export const popularityPower = {
  description: 'a power of the number of clicks over that of the most clicked item (Saito et al. 2020)',
  source: 'learnt' as const,
  options,
  create:
    ({ power }: Decoded<typeof options>): EstimateExposure =>
    ({ log }) => {
      const clicks = itemClicks(log);
      const most = clicks.reduce((a, b) => Math.max(a, b), 0);
      if (most === 0) throw new UsageError('popularity needs at least one click');
      const without = clicks.filter((n) => n === 0).length;
      const theta = clicks.map((n) => (Math.max(n, 0.5) / most) ** power);
      return itemExposure(log, theta, without === 0 ? [] : [`${without} of ${clicks.length} items have no click; counted as half a click`]);
    },
};
