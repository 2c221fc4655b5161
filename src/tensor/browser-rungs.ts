import type { Rung } from './backend-rungs.ts';
import { plainProduct } from './plain-product.ts';
import { productNetwork } from './product-network.ts';

export type { BackendName, OpenRung, Rung } from './backend-rungs.ts';

/** In place of `backend-rungs.ts` where a browser runs the package: loops, which need nothing to be loaded. */
export const rungs: readonly Rung[] = [
  {
    name: 'cpu',
    open: async () => ({ version: 'plain loops', network: (layers) => productNetwork(layers, plainProduct), product: plainProduct }),
  },
];
