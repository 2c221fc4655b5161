import { DataError } from '../../errors.ts';
import { type GrowingArray, growingUint32 } from '../growing-array.ts';
import type { IdTable, TrecIds } from './id-table.ts';

/** Rows of a TREC file, a topic and a document each, as they come: the lines of a topic need not stand together. */
export class TopicRows {
  readonly ids: TrecIds;
  readonly documents: GrowingArray<Uint32Array>;
  readonly #file: string;
  readonly #topics: GrowingArray<Uint32Array> = growingUint32();
  readonly #places = new Map<number, number>(); // number of a topic → place in #topics
  readonly #runs: GrowingArray<Uint32Array> = growingUint32(); // rows of one topic that stand together: pairs of the first and the topic's place
  readonly #skips: GrowingArray<Uint32Array> = growingUint32(); // where lines without a row come before one: pairs of the row and its line
  readonly #reading: number;
  readonly #bySubtopic: Map<number, number>[] | null; // by the topic's place: document and subtopic → row
  #nextLine = 1;
  #topicWord = -1; // the topic of the last row as a word, so that a line of the same topic needs no look-up; −1 for a longer one …
  #topic = -1; //     … its number …
  #documentIds: IdTable; // … and the ids of its documents

  /**
   * @param expected about how many rows will come
   * @param bySubtopic whether a topic may have a document again for another subtopic
   */
  constructor(file: string, ids: TrecIds, { expected = 1 << 14, bySubtopic = false } = {}) {
    this.#file = file;
    this.documents = growingUint32(expected);
    this.ids = ids;
    this.#reading = ids.newReading();
    this.#bySubtopic = bySubtopic ? [] : null;
    this.#documentIds = ids.documentsOf(0);
  }

  get length(): number {
    return this.documents.length;
  }

  /**
   * @param topic where the id of the topic starts and ends in `bytes` @param document likewise
   * @throws DataError where the topic has the document already
   */
  add(bytes: DataView, line: number, topic: number, topicEnd: number, document: number, documentEnd: number, subtopic = 0): void {
    const word = topicEnd - topic < 4 ? bytes.getInt32(topic, true) & ((1 << (8 * (topicEnd - topic))) - 1) : -1;
    if (word === -1 || word !== this.#topicWord) this.#enter(bytes, topic, topicEnd, word);
    if (line !== this.#nextLine) {
      this.#skips.push(this.length);
      this.#skips.push(line);
    }
    this.#nextLine = line + 1;
    const number = this.#documentIds.intern(bytes, document, documentEnd);
    this.documents.push(number);
    if (this.#bySubtopic !== null) this.#checkSubtopic(this.#bySubtopic, number, subtopic);
    else if (!this.#documentIds.isNewIn(this.#reading, number)) this.#refuse(this.#firstRowOf(number), '');
  }

  #checkSubtopic(known: Map<number, number>[], document: number, subtopic: number): void {
    const place = this.#places.get(this.#topic) as number;
    known[place] ??= new Map();
    const pair = document * 2 ** 26 + subtopic;
    const first = known[place].get(pair);
    if (first !== undefined) this.#refuse(first, ' for one subtopic');
    known[place].set(pair, this.length - 1);
  }

  #enter(bytes: DataView, start: number, end: number, word: number): void {
    this.#topicWord = word;
    const topic = this.ids.topics.intern(bytes, start, end);
    if (topic === this.#topic) return;
    this.#topic = topic;
    this.#documentIds = this.ids.documentsOf(topic);
    const known = this.#places.get(topic);
    const place = known ?? this.#topics.length;
    this.#runs.push(this.length);
    this.#runs.push(place);
    if (known !== undefined) return;
    this.#places.set(topic, place);
    this.#topics.push(topic);
  }

  /**
   * The rows topic by topic, in the order of the file within each: rows[offsets[q] … offsets[q + 1] − 1] are those of topics[q]; null
   * where they stand so already, as in most files.
   */
  byTopic(): { topics: Uint32Array; offsets: Uint32Array; rows: Uint32Array | null } {
    const topics = this.#topics.trimmed();
    const runs = this.#runs.trimmed();
    const endOf = (r: number) => (r + 2 < runs.length ? runs[r + 2] : this.length);
    const offsets = new Uint32Array(topics.length + 1);
    for (let r = 0; r < runs.length; r += 2) offsets[runs[r + 1] + 1] += endOf(r) - runs[r];
    for (let q = 0; q < topics.length; q++) offsets[q + 1] += offsets[q];
    if (runs.length === 2 * topics.length) return { topics, offsets, rows: null };
    const next = offsets.slice();
    const rows = new Uint32Array(this.length);
    for (let r = 0; r < runs.length; r += 2) for (let row = runs[r], end = endOf(r); row < end; row++) rows[next[runs[r + 1]]++] = row;
    return { topics, offsets, rows };
  }

  /** Of the rows of the topic at hand. */
  #firstRowOf(document: number): number {
    const [runs, place] = [this.#runs.trimmed(), this.#places.get(this.#topic)];
    for (let r = 0; r < runs.length; r += 2) {
      const end = r + 2 < runs.length ? runs[r + 2] : this.length;
      if (runs[r + 1] === place) for (let row = runs[r]; row < end; row++) if (this.documents.values[row] === document) return row;
    }
    return this.length - 1;
  }

  /** The last row repeats the first. */
  #refuse(first: number, where: string): never {
    const row = this.length - 1;
    const [topicId, documentId] = [this.ids.topics.text(this.#topic), this.#documentIds.text(this.documents.values[row])];
    throw new DataError(
      `topic ${topicId} has document ${documentId} twice${where}, first in line ${this.#lineOf(first)}; keep one of them`,
      {
        file: this.#file,
        line: this.#lineOf(row),
      },
    );
  }

  #lineOf(row: number): number {
    const skips = this.#skips.trimmed();
    let line = row + 1;
    for (let s = 0; s < skips.length && skips[s] <= row; s += 2) line = skips[s + 1] + row - skips[s];
    return line;
  }
}

/** How many documents have an id in the topic that has most. */
export function mostDocuments(ids: TrecIds, topics: Uint32Array): number {
  let most = 0;
  for (const topic of topics) most = Math.max(most, ids.documentsOf(topic).length);
  return most;
}
