/** What to tell of judgments without a label above 0, which are no judgment of a ranking. @param sample what has them: test query */
export function relevanceWarning(labels: Iterable<number>, sample: string): string[] {
  for (const label of labels) if (label > 0) return [];
  return [`no ${sample} has a relevant document (a label above 0): metrics of relevance are the same for every ranking, 0 or undefined`];
}
