import { DataError } from '../errors.ts';
import { FeatureRows } from './feature-rows.ts';
import { growingFloat32, growingUint32 } from './growing-array.ts';
import type { QuerySet } from './query-set.ts';
import { ScatteredRows } from './scattered-rows.ts';

/** Where the document being added stands. */
export type Place = () => { file: string; line?: number; column?: number };

/** Group sizes that stand in a file of their own: for data whose lines name no query, else they say the same as those. */
export interface GroupSizes {
  readonly file: string;
  readonly sizes: Uint32Array;
  readonly total: number;
}

/** Collects documents into a {@link QuerySet}, in the order they come. */
export class QuerySetBuilder {
  readonly #place: Place;
  readonly #groups: GroupSizes | null;
  readonly #rows = new FeatureRows();
  readonly #labels = growingFloat32();
  readonly #offsets = growingUint32();
  readonly #docIds: string[] = [];
  readonly #queryIds: string[] = [];
  readonly #firstLine = new Map<string, number>(); //  of each query
  #inQuery = new Set<string>(); //                     document ids of the query at hand
  readonly #anywhere: ScatteredRows | null; //         null where the lines of a query stand together
  /** How many times another query began than the one before. */
  stretches = 0;
  #hasIds: boolean | undefined;
  #current: string | undefined; //                     the query at hand
  #expected = 0;
  #widest: ReturnType<Place>; // where the document with the highest feature index stands

  /** @param anywhere whether the lines of a query may stand apart; they are put together, queries in the order of their first lines */
  constructor(place: Place, groups: GroupSizes | null, anywhere = false) {
    this.#anywhere = anywhere ? new ScatteredRows() : null;
    this.#place = place;
    this.#widest = place();
    this.#groups = groups;
  }

  /**
   * @param queryId null where the line names none: then the group sizes say which query it is of
   * @param docId null where the line names none: then the 1-based place in the query
   * @param row features in row[0 … width − 1]; may be reused by the caller
   */
  add(label: number, queryId: string | null, docId: string | null, row: Float32Array, width: number): void {
    if (this.#hasIds !== (queryId !== null)) this.#decideIds(queryId !== null);
    if (queryId === null) this.#nextOfGroup();
    else if (queryId !== this.#current) this.#startQuery(queryId);
    const id = docId ?? String(this.#inQuery.size + 1);
    if (this.#inQuery.has(id)) this.#fault(`document "${id}" is in query "${this.#current}" already; ids must differ within a query`);
    this.#inQuery.add(id);
    this.#docIds.push(id);
    this.#anywhere?.add();
    this.#labels.push(label);
    if (width > this.#rows.width) this.#widest = this.#place();
    const noRoom = this.#rows.noRoomFor(width, this.#expected);
    if (noRoom !== null)
      throw new DataError(
        `${noRoom}; the highest index, ${Math.max(width, this.#rows.width)}, is in this line: if it is no slip, number features without gaps`,
        this.#widest,
      );
    this.#rows.add(row, width);
  }

  /** Says how many documents follow at least: they must have room from the first wide one on. */
  expectMore(documents: number): void {
    this.#expected = this.#rows.count + documents;
  }

  /** @throws DataError when there is nothing, or the group sizes are not those of the queries */
  build(): QuerySet {
    const { file } = this.#place();
    const documents = this.#rows.count;
    if (documents === 0) throw new DataError('no documents: the file is empty or holds only comments', { file });
    if (this.#rows.width === 0) throw new DataError('no document has a feature; expected "label qid:ID index:value …"', { file });
    const groups = this.#groups;
    if (!this.#hasIds && groups !== null && groups.total !== documents)
      throw new DataError(`group sizes sum to ${groups.total}, but ${file} has ${documents} documents`, { file: groups.file });
    if (this.#anywhere !== null) return this.#putTogether(this.#anywhere);
    this.#offsets.push(documents);
    const offsets = this.#offsets.trimmed();
    if (groups !== null) this.#checkGroups(groups, offsets);
    return {
      queryIds: this.#queryIds,
      docIds: this.#docIds,
      offsets,
      features: this.#rows.assemble(this.#rows.width),
      featureCount: this.#rows.width,
      labels: this.#labels.trimmed(),
    };
  }

  #putTogether(scattered: ScatteredRows): QuerySet {
    const { offsets, order } = scattered.sorted();
    const width = this.#rows.width;
    const [rows, labels] = [this.#rows.assemble(width), this.#labels.trimmed()];
    const features = new Float32Array(rows.length);
    for (const [to, from] of order.entries()) features.set(rows.subarray(from * width, (from + 1) * width), to * width);
    const docIds = Array.from(order, (row) => this.#docIds[row]);
    return { queryIds: this.#queryIds, docIds, offsets, features, featureCount: width, labels: labels.map((_, i) => labels[order[i]]) };
  }

  /** Of lines that name their queries; where they name none, the sizes have made the queries. */
  #checkGroups({ file, sizes }: GroupSizes, offsets: Uint32Array): void {
    const queries = this.#queryIds.length;
    const odd = this.#queryIds.findIndex((_, q) => offsets[q + 1] - offsets[q] !== sizes[q]);
    if (odd < 0 && sizes.length === queries) return;
    const problem =
      odd >= 0 && odd < sizes.length
        ? `group size ${odd + 1} is ${sizes[odd]}, but query "${this.#queryIds[odd]}" has ${offsets[odd + 1] - offsets[odd]} documents by its qid`
        : `${sizes.length} group sizes for ${queries} queries by their qid`;
    throw new DataError(`${problem}; where lines have a qid no group sizes are needed: remove this file`, { file });
  }

  #decideIds(hasIds: boolean): void {
    if (this.#hasIds !== undefined)
      this.#fault(`this line has ${hasIds ? 'a' : 'no'} qid, lines before ${hasIds ? 'none' : 'one'}; give all or none`);
    if (!hasIds && this.#groups === null)
      this.#fault('no qid after the label, and no file of group sizes (.query or .group) beside this one');
    this.#hasIds = hasIds;
  }

  #startQuery(id: string): void {
    this.stretches++;
    this.#current = id;
    if (this.#anywhere !== null) {
      const found = this.#anywhere.enter(id);
      this.#inQuery = found.docIds;
      if (found.isNew) this.#queryIds.push(id);
      return;
    }
    const before = this.#firstLine.get(id);
    if (before !== undefined)
      this.#fault(
        `query "${id}" began at line ${before} and another came between; the lines of a query must stand together: sort by qid, or read it with queries anywhere`,
      );
    this.#firstLine.set(id, this.#place().line ?? 0);
    this.#queryIds.push(id);
    this.#offsets.push(this.#rows.count);
    this.#inQuery.clear();
  }

  #nextOfGroup(): void {
    const { sizes, total, file } = this.#groups as GroupSizes;
    const group = this.#queryIds.length;
    if (group > 0 && this.#inQuery.size < sizes[group - 1]) return;
    if (group === sizes.length) this.#fault(`more documents than the ${total} that the group sizes of ${file} sum to`);
    this.#startQuery(String(group + 1));
  }

  #fault(problem: string): never {
    throw new DataError(problem, this.#place());
  }
}
