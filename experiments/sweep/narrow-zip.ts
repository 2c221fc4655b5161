import { UsageError } from '../../src/errors.ts';
import type { Choice } from '../config/choices.ts';

/** A key and its values, each as an override. */
export interface Axis {
  readonly key: string;
  readonly overrides: readonly string[];
}

/** A key and its values as they were read: of a file, or typed. */
export interface Choices {
  readonly key: string;
  readonly choices: readonly Choice[];
}

/** What is left of keys that a file zips where values of some of them are typed. */
export interface NarrowedZip {
  readonly axes: readonly Axis[]; //  of the keys that are not typed, in the order of the file
  readonly typed: readonly Axis[]; // of those that are: their values, where each stands for several steps of the file as often as that
}

const asOverride = (key: string, { text }: Choice): string => `${key}=${text}`;

export const axisOf = ({ key, choices }: Choices): Axis => ({ key, overrides: choices.map((choice) => asOverride(key, choice)) });

/**
 * The steps of a zipped group at which its keys have the values that are typed, so that each value keeps those that the file has beside it. Typed keys go together, or one value of a key with all of the others.
 * @param typed what is typed for a key, if anything
 * @throws UsageError where no step has what is typed, or typed keys have unequally many values
 */
export function narrowZip(group: readonly Choices[], typed: (key: string) => readonly Choice[] | undefined): NarrowedZip {
  const own = group.flatMap(({ key, choices }) => {
    const values = typed(key);
    return values === undefined ? [] : [{ key, choices, values }];
  });
  const others = group.filter(({ key }) => typed(key) === undefined);
  if (own.length === 0) return { axes: group.map(axisOf), typed: [] };
  const count = Math.max(...own.map(({ values }) => values.length));
  const uneven = own.find(({ values }) => values.length !== 1 && values.length !== count);
  if (uneven)
    throw new UsageError(
      `the file zips ${own.map(({ key }) => key).join(', ')}: give them equally many values, got ${own.map(({ values }) => values.length).join(' and ')}`,
    );
  const at = (values: readonly Choice[], i: number) => values[values.length === 1 ? 0 : i];
  const steps = Array.from({ length: group[0].choices.length }, (_, step) => step);
  const rows = Array.from({ length: count }, (_, i) => i).flatMap((i) => {
    if (others.length === 0) return [{ i, step: 0 }];
    const matching = steps.filter((step) => own.every(({ choices, values }) => isSame(choices[step], at(values, i))));
    if (matching.length === 0)
      throw noStep(
        own.map(({ key, choices, values }) => ({ key, choices, value: at(values, i) })),
        others,
      );
    return matching.map((step) => ({ i, step }));
  });
  return {
    axes: others.map(({ key, choices }) => ({ key, overrides: rows.map(({ step }) => asOverride(key, choices[step])) })),
    typed: own
      .filter(({ values }) => values.length > 1)
      .map(({ key, values }) => ({ key, overrides: rows.map(({ i }) => asOverride(key, values[i])) })),
  };
}

const isSame = (one: Choice | undefined, other: Choice): boolean => JSON.stringify(one?.value) === JSON.stringify(other.value);

function noStep(
  typed: readonly { readonly key: string; readonly choices: readonly Choice[]; readonly value: Choice }[],
  others: readonly Choices[],
) {
  const words = typed.map(({ key, value }) => asOverride(key, value)).join(' ');
  const own = typed.map(({ key, choices }) => `${key} ${choices.map(({ text }) => text).join(' | ')}`).join(', ');
  const wayOut = others.map(({ key }) => `${key}=…`).join(' ');
  return new UsageError(
    `${words}: the file changes ${typed.length === 1 ? 'it' : 'them'} together with ${others.map(({ key }) => key).join(', ')}, for ${own} only; give ${others.length === 1 ? 'that' : 'those'} too: ${words} ${wayOut}`,
  );
}
