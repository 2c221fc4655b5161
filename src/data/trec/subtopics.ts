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
 * @param order topic by topic, as `TopicRows.byTopic` gives it, without regard to documents met twice
 * @throws DataError where a document is judged twice for a subtopic
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
  let subtopicCount = 0;
  for (let row = 0; row < rows.length; row++) subtopicCount = Math.max(subtopicCount, subtopicOf[row] + 1);
  for (let q = 0; q + 1 < topicOffsets.length; q++) {
    const places = new Map<number, number>();
    const firsts = new Map<number, number>(); // document's place and subtopic → row
    for (let i = topicOffsets[q]; i < topicOffsets[q + 1]; i++) {
      const row = order === null ? i : order[i];
      const place = places.get(documentOf[row]) ?? documents.length;
      if (place === documents.length) {
        places.set(documentOf[row], place);
        documents.push(documentOf[row]);
        grades.push(gradeOf[row]);
        judged.push([]);
      }
      const pair = place * subtopicCount + subtopicOf[row];
      const first = firsts.get(pair);
      if (first !== undefined) rows.refuseTwice(q, first, row, ' for one subtopic');
      firsts.set(pair, row);
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
