import { DataError } from '../../errors.ts';
import { shownText } from '../decimal.ts';
import { featureRoom, noRoom } from '../feature-room.ts';
import { growingFloat32, growingUint32 } from '../growing-array.ts';
import type { QuerySet } from '../query-set.ts';

type Place = { readonly file: string; readonly line: number };

/** The one query of documents that are of none. */
export const anyQuery = 'any query';

/** Missing values are alike. */
const isSame = (a: number, b: number): boolean => a === b || (Number.isNaN(a) && Number.isNaN(b));

interface Documents {
  readonly query: number;
  readonly rowOf: Map<string, number>;
}

/** Collects documents of queries that may stand anywhere, all of as many features; a document that is met again must be the same. */
export class DocumentRows {
  readonly #byQuery = new Map<string, Documents>();
  readonly #features = growingFloat32();
  readonly #labels = growingFloat32();
  readonly #queryOf = growingUint32();
  readonly #docIds: string[] = [];
  readonly #room = featureRoom();

  /** @returns whether it is new, and not one that was met before @throws DataError for one that was met with other features or another label, and for more than there is room for */
  add(query: string, document: string, label: number, features: Float32Array, place: Place): boolean {
    const documents = this.#byQuery.get(query) ?? { query: this.#byQuery.size, rowOf: new Map() };
    this.#byQuery.set(query, documents);
    const known = documents.rowOf.get(document);
    if (known !== undefined) {
      if (!this.#isSame(known, label, features))
        throw new DataError(
          `document ${shownText(document)}${query === anyQuery ? '' : ` of query ${shownText(query)}`} has other features, or another label, than in a row before; keep one of both${query === anyQuery ? ', or, where rows are of queries, name their column (data.columns.query, --document-columns)' : ''}`,
          place,
        );
      return false;
    }
    const fault = noRoom(this.#docIds.length + 1, features.length, 'documents', this.#room);
    if (fault !== null) throw new DataError(fault, place);
    documents.rowOf.set(document, this.#docIds.length);
    this.#docIds.push(document);
    this.#queryOf.push(documents.query);
    this.#labels.push(label);
    this.#features.append(features);
    return true;
  }

  #isSame(row: number, label: number, features: Float32Array): boolean {
    const start = row * features.length;
    return this.#labels.values[row] === Math.fround(label) && features.every((value, f) => isSame(value, this.#features.values[start + f]));
  }

  /** Queries in the order of their first rows, documents of one in the order of the file. */
  build(featureCount: number): QuerySet {
    const offsets = new Uint32Array(this.#byQuery.size + 1);
    const queryOf = this.#queryOf.trimmed();
    for (const query of queryOf) offsets[query + 1]++;
    for (let q = 0; q < this.#byQuery.size; q++) offsets[q + 1] += offsets[q];
    const next = offsets.slice();
    const docIds = new Array<string>(queryOf.length);
    const labels = new Float32Array(queryOf.length);
    const features = new Float32Array(queryOf.length * featureCount);
    queryOf.forEach((query, row) => {
      const to = next[query]++;
      docIds[to] = this.#docIds[row];
      labels[to] = this.#labels.values[row];
      features.set(this.#features.values.subarray(row * featureCount, (row + 1) * featureCount), to * featureCount);
    });
    return { queryIds: [...this.#byQuery.keys()], docIds, offsets, features, featureCount, labels };
  }
}
