import { inversePropensityLoss } from './conversion-loss.ts';
import { escm2 } from './escm2.ts';

export const escm2Ips = escm2('ESMM with conversions of clicked impressions weighted by 1/pCTR (ESCM²-IPS, Wang et al. 2022)', (clip) => [
  inversePropensityLoss(clip),
]);
