import type { TopicRows } from './topic-rows.ts';

/** Judgments by subtopic of D judged documents: what a document is relevant to. */
export interface SubtopicJudgments {
  readonly offsets: Uint32Array; //   length D + 1: document row d has judgments offsets[d] … offsets[d + 1] − 1
  readonly subtopics: Uint32Array; // a number per subtopic name, the same in all topics; none twice for a document
  readonly grades: Float32Array;
}

/** One row per document of a topic, in the order of its first judgment, with its highest grade over the subtopics. */
export interface GatheredJudgments {
  readonly offsets: Uint32Array;
  readonly documents: Uint32Array;
  readonly grades: Float32Array;
  readonly bySubtopic: SubtopicJudgments;
}

/**
 * Gathers rows of a topic, a document and a subtopic each.
 * @param order topic by topic, as `TopicRows.byTopic` gives it
 */
export function gatherSubtopics(
  rows: TopicRows,
  { offsets: topicOffsets, rows: order }: { readonly offsets: Uint32Array; readonly rows: Uint32Array | null },
  subtopicOf: Uint32Array,
  gradeOf: Float32Array,
): GatheredJudgments {
  const documentOf = rows.documents.values;
  const offsets = new Uint32Array(topicOffsets.length);
  const documents: number[] = [];
  const grades: number[] = [];
  const judged: number[][] = []; // rows of every document
  for (let q = 0; q + 1 < topicOffsets.length; q++) {
    const places = new Map<number, number>();
    for (let i = topicOffsets[q]; i < topicOffsets[q + 1]; i++) {
      const row = order === null ? i : order[i];
      const place = places.get(documentOf[row]) ?? documents.length;
      if (place === documents.length) {
        places.set(documentOf[row], place);
        documents.push(documentOf[row]);
        grades.push(gradeOf[row]);
        judged.push([]);
      }
      judged[place].push(row);
      grades[place] = Math.max(grades[place], gradeOf[row]);
    }
    offsets[q + 1] = documents.length;
  }
  const counts = Uint32Array.from([0, ...judged.map((of) => of.length)]);
  for (let d = 1; d < counts.length; d++) counts[d] += counts[d - 1];
  const flat = judged.flat();
  return {
    offsets,
    documents: Uint32Array.from(documents),
    grades: Float32Array.from(grades),
    bySubtopic: {
      offsets: counts,
      subtopics: Uint32Array.from(flat, (row) => subtopicOf[row]),
      grades: Float32Array.from(flat, (row) => gradeOf[row]),
    },
  };
}
