import type { QuerySet } from '../data/query-set.ts';
import { UsageError } from '../errors.ts';
import { idNumber } from '../score.ts';

/** What an id stands for: a document whatever the query, or a pair of query and document. */
export type IdsOf = 'document' | 'query-document';

/** Documents by what they are called, without features. */
export type NamedDocuments = Pick<QuerySet, 'queryIds' | 'docIds' | 'offsets'>;

/** Ids by query, of documents the one query "", each with its documents, in the order of their numbers. */
export type StoredIds = readonly (readonly [query: string, documents: readonly string[]])[];

/** The ids that a ranker learnt from, numbered from 0. */
export interface IdVocabulary {
  readonly of: IdsOf;
  readonly count: number;
  /** The number of each document of a set, length D; −1 of one that is unknown. */
  numbers(set: NamedDocuments): Int32Array;
  readonly stored: StoredIds | null; // null: hashed, so that every id has a number and none is kept
}

const vocabularies = new WeakMap<readonly string[], Map<IdsOf, IdVocabulary>>();

/**
 * The ids of a set; made once for it.
 * @throws UsageError where documents have no ids of their own but places in their queries, which say nothing of another query
 */
export function vocabularyOf(set: NamedDocuments, of: IdsOf): IdVocabulary {
  const known = vocabularies.get(set.docIds) ?? new Map<IdsOf, IdVocabulary>();
  vocabularies.set(set.docIds, known);
  const vocabulary = known.get(of) ?? storedVocabulary(of, idsIn(set, of));
  known.set(of, vocabulary);
  return vocabulary;
}

function idsIn({ queryIds, docIds, offsets }: NamedDocuments, of: IdsOf): StoredIds {
  if (of === 'query-document') return queryIds.map((id, q) => [id, docIds.slice(offsets[q], offsets[q + 1])]);
  const places = queryIds.every((_, q) => docIds.slice(offsets[q], offsets[q + 1]).every((id, place) => id === String(place + 1)));
  if (places && queryIds.length > 1)
    throw new UsageError(
      'documents are called by their places in their queries ("1", "2", …), so that a name is no id of a document whatever the query: name them (SVMlight: # docid = ID; tables: a column of documents), or take another ranker, or where the same queries are ranked again ranker.of: query-document',
    );
  return [['', [...new Set(docIds)]]];
}

/** The vocabulary of ids that were stored. */
export function storedVocabulary(of: IdsOf, stored: StoredIds): IdVocabulary {
  const tables = new Map<string, Map<string, number>>();
  let count = 0;
  for (const [query, ids] of stored) tables.set(query, new Map(ids.map((id) => [id, count++])));
  const numberOf = (query: string) => {
    const table = tables.get(query);
    return (id: string) => table?.get(id) ?? -1;
  };
  return { of, count, stored, numbers: numbersBy(of, numberOf) };
}

/** Ids as 31-bit hashes of their names: every id has one, whether or not it was learnt from. @param count those learnt from */
export const hashedVocabulary = (of: IdsOf, count: number): IdVocabulary => ({
  ...{ of, count, stored: null },
  numbers: numbersBy(of, (query) => {
    const start = of === 'document' ? undefined : idNumber(query);
    return (id) => idNumber(id, start);
  }),
});

/** Numbers of a set, kept while it is. */
function numbersBy(of: IdsOf, numberOf: (query: string) => (id: string) => number): IdVocabulary['numbers'] {
  const kept = new WeakMap<readonly string[], Int32Array>();
  return ({ queryIds, docIds, offsets }) => {
    const known = kept.get(docIds);
    if (known !== undefined) return known;
    const numbers = new Int32Array(docIds.length);
    for (let q = 0; q < queryIds.length; q++) {
      const number = numberOf(of === 'document' ? '' : queryIds[q]);
      for (let d = offsets[q]; d < offsets[q + 1]; d++) numbers[d] = number(docIds[d]);
    }
    kept.set(docIds, numbers);
    return numbers;
  };
}
