import { DataError } from '../../errors.ts';
import { type GrowingArray, growingUint32 } from '../growing-array.ts';
import type { IdTable, TrecIds } from './id-table.ts';
import { sameBytes } from './same-bytes.ts';

/** Rows of a TREC file, a topic and a document each, as they come: the lines of a topic need not stand together. */
export class TopicRows {
  readonly ids: TrecIds;
  readonly documents: GrowingArray<Uint32Array> = growingUint32(1 << 14);
  readonly #file: string;
  readonly #topicOf: GrowingArray<Uint32Array> = growingUint32(1 << 14); // place in #topics
  readonly #lines: GrowingArray<Uint32Array> = growingUint32(1 << 14); //   line in the file
  readonly #topics: GrowingArray<Uint32Array> = growingUint32();
  readonly #places = new Map<number, number>(); //                          number of a topic → place in #topics
  #topicBytes = Buffer.alloc(0); // the topic of the last row, so that a line of the same topic needs no look-up …
  #place = 0; //                    … its place …
  #documentIds: IdTable; //         … and the ids of its documents

  constructor(file: string, ids: TrecIds) {
    this.#file = file;
    this.ids = ids;
    this.#documentIds = ids.documentsOf(0);
  }

  get length(): number {
    return this.documents.length;
  }

  /** @param topic where the id of the topic starts and ends in `bytes` @param document likewise */
  add(bytes: Uint8Array, line: number, topic: number, topicEnd: number, document: number, documentEnd: number): void {
    if (this.length === 0 || !sameBytes(this.#topicBytes, bytes, topic, topicEnd)) this.#enter(bytes, topic, topicEnd);
    this.#topicOf.push(this.#place);
    this.#lines.push(line);
    this.documents.push(this.#documentIds.intern(bytes, document, documentEnd));
  }

  #enter(bytes: Uint8Array, start: number, end: number): void {
    this.#topicBytes = Buffer.from(bytes.subarray(start, end));
    const topic = this.ids.topics.intern(bytes, start, end);
    this.#documentIds = this.ids.documentsOf(topic);
    const known = this.#places.get(topic);
    this.#place = known ?? this.#topics.length;
    if (known !== undefined) return;
    this.#places.set(topic, this.#place);
    this.#topics.push(topic);
  }

  /**
   * The rows topic by topic, in the order of the file within each: rows[offsets[q] … offsets[q + 1] − 1] are those of topics[q].
   * @param distinct whether a topic must not have a document twice. Default true
   * @throws DataError where it has one
   */
  byTopic(distinct = true): { topics: Uint32Array; offsets: Uint32Array; rows: Uint32Array } {
    const topics = this.#topics.trimmed();
    const { length } = this;
    const topicOf = this.#topicOf.values;
    const offsets = new Uint32Array(topics.length + 1);
    for (let r = 0; r < length; r++) offsets[topicOf[r] + 1]++;
    for (let q = 0; q < topics.length; q++) offsets[q + 1] += offsets[q];
    const next = offsets.slice();
    const rows = new Uint32Array(length);
    for (let r = 0; r < length; r++) rows[next[topicOf[r]]++] = r;
    if (distinct) this.#checkDistinct(topics, offsets, rows);
    return { topics, offsets, rows };
  }

  #checkDistinct(topics: Uint32Array, offsets: Uint32Array, rows: Uint32Array): void {
    const documents = this.documents.values;
    const seenIn = new Uint32Array(mostDocuments(this.ids, topics)); // topic's place + 1
    for (let q = 0; q + 1 < offsets.length; q++)
      for (let i = offsets[q]; i < offsets[q + 1]; i++) {
        const document = documents[rows[i]];
        if (seenIn[document] === q + 1) {
          const first = rows.subarray(offsets[q], i).find((row) => documents[row] === document) ?? rows[i];
          this.refuseTwice(q, first, rows[i]);
        }
        seenIn[document] = q + 1;
      }
  }

  /** @param place of the topic @param row repeats the first @throws DataError */
  refuseTwice(place: number, first: number, row: number, where = ''): never {
    const topic = this.#topics.values[place];
    const [topicId, documentId] = [this.ids.topics.text(topic), this.ids.documentsOf(topic).text(this.documents.values[row])];
    throw new DataError(
      `topic ${topicId} has document ${documentId} twice${where}, first in line ${this.#lines.values[first]}; keep one of them`,
      { file: this.#file, line: this.#lines.values[row] },
    );
  }
}

/** How many documents have an id in the topic that has most. */
export function mostDocuments(ids: TrecIds, topics: Uint32Array): number {
  let most = 0;
  for (const topic of topics) most = Math.max(most, ids.documentsOf(topic).length);
  return most;
}
