import { UsageError } from '../errors.ts';
import { logBinomialPmf } from '../math/log-binomial.ts';
import { normalTail } from './normal.ts';

const EXACT = 10_000;

/**
 * Sign test: two-sided p of `wins` against `losses` when both are as likely, min(1, 2·P(X ≤ min)) with X ~ binomial(wins + losses, ½).
 * Exact up to 10,000, beyond by the normal distribution with continuity correction. 1 where there is neither.
 * @throws UsageError on anything but whole numbers ≥ 0
 */
export function signTest(wins: number, losses: number): number {
  for (const count of [wins, losses])
    if (!(Number.isSafeInteger(count) && count >= 0)) throw new UsageError(`wins and losses must be counts, got ${count}`);
  const [n, fewer] = [wins + losses, Math.min(wins, losses)];
  if (n === 0) return 1;
  if (n > EXACT) return Math.min(1, normalTail(Math.max(0, n / 2 - fewer - 0.5) / Math.sqrt(n / 4)));
  let tail = 0;
  for (let k = fewer; k >= 0; k--) {
    const mass = Math.exp(logBinomialPmf(k, n, 0.5));
    tail += mass;
    if (mass < 1e-17 * tail) break;
  }
  return Math.min(1, 2 * tail);
}
