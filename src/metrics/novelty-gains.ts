import type { SubtopicTopic } from './subtopic-metric.ts';

/**
 * The gain of every document of a ranking: Σ over the subtopics that it is relevant to of (1 − α)^(documents above that are, too).
 * Clarke et al., SIGIR 2008.
 */
export function noveltyGains(ranked: SubtopicTopic['ranked'], alpha: number): Float64Array {
  const worth = new Map<number, number>();
  return Float64Array.from(ranked, (subtopics) => {
    let gain = 0;
    for (const subtopic of subtopics) {
      const left = worth.get(subtopic) ?? 1;
      gain += left;
      worth.set(subtopic, left * (1 - alpha));
    }
    return gain;
  });
}

/**
 * The gains of the ideal order, length `depth` at most: at every rank the document of highest gain. To find the true ideal is NP-complete;
 * this greedy choice is what ndeval normalises by, ties included (the document of higher id).
 */
export function idealNoveltyGains({ relevant }: SubtopicTopic, alpha: number, depth = Infinity): Float64Array {
  const left = [...relevant];
  const worth = new Map<number, number>();
  const gains = new Float64Array(Math.min(depth, left.length));
  for (let rank = 0; rank < gains.length; rank++) {
    let best = -1;
    let highest = -1;
    for (const [i, subtopics] of left.entries()) {
      let gain = 0;
      for (const subtopic of subtopics) gain += worth.get(subtopic) ?? 1;
      if (gain > highest) [best, highest] = [i, gain];
    }
    const [chosen] = left.splice(best, 1);
    for (const subtopic of chosen) worth.set(subtopic, (worth.get(subtopic) ?? 1) * (1 - alpha));
    gains[rank] = highest;
  }
  return gains;
}
