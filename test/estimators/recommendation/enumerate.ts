/** Every way that n independent events can turn out, with its probability. */
export function outcomes(probabilities: readonly number[]): { readonly happened: readonly number[]; readonly probability: number }[] {
  return probabilities.reduce(
    (all, p) =>
      all.flatMap(({ happened, probability }) =>
        [0, 1].map((x) => ({ happened: [...happened, x], probability: probability * (x === 1 ? p : 1 - p) })),
      ),
    [{ happened: [] as number[], probability: 1 }],
  );
}

/** Mean and variance over outcomes. */
export function moments(
  all: readonly { readonly happened: readonly number[]; readonly probability: number }[],
  value: (happened: readonly number[]) => number,
) {
  let mean = 0;
  let square = 0;
  for (const { happened, probability } of all) {
    if (probability === 0) continue;
    const v = value(happened);
    mean += probability * v;
    square += probability * v * v;
  }
  return { mean, variance: square - mean * mean };
}
