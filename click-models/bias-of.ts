import type { Bias } from '../src/bias.ts';
import { statesOf } from './code/terms.ts';
import type { Walk } from './code/walk-code.ts';
import type { ClickModelDefinition } from './definition.ts';

interface Model {
  readonly definition: ClickModelDefinition;
  readonly positions: number;
  readonly contexts: number;
  readonly walk: Walk;
}

/**
 * The bias of a model in which a click depends on its own position and document only: P(C_k = 1) is then linear in the attraction γ, α_k γ + β_k, and is asked for
 * at γ = 0 and 1; with β = 0 it is examination, θ = α. Null for all other models.
 */
export function biasOf({ definition, positions, contexts, walk }: Model): Bias | null {
  const { tables } = definition;
  const alone = statesOf(definition).length === 1 && contexts === 1 && positions < Infinity;
  if (!alone || Object.values(tables).some(({ by }) => by === 'lastClick' || by === 'distance' || by === 'documentRank')) return null;
  if (!Object.hasOwn(tables, 'attraction') || Object.hasOwn(tables, 'satisfaction')) return null;
  const at = (gamma: number) => {
    const list = { attraction: new Float64Array(positions).fill(gamma) };
    walk.begin();
    return Float64Array.from({ length: positions }, (_, k) => {
      walk.look(k, list);
      return walk.outcome[1];
    });
  };
  const [beta, sum] = [at(0), at(1)];
  const alpha = sum.map((value, k) => value - beta[k]);
  return beta.every((value) => value === 0) ? { kind: 'examination', examination: alpha } : { kind: 'affine', alpha, beta };
}
