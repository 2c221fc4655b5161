/** Every order of the indexes by score, descending, ties in all their orders: each as likely. */
export function ordersByScore(scores: ArrayLike<number>): number[][] {
  const place = (left: readonly number[]): number[][] => {
    if (left.length === 0) return [[]];
    const highest = Math.max(...left.map((i) => scores[i]));
    const next = left.filter((i) => scores[i] === highest);
    return next.flatMap((i) => place(left.filter((j) => j !== i)).map((rest) => [i, ...rest]));
  };
  return place(Array.from(scores, (_, i) => i));
}
