/** What a column of a log may be. */
export type ColumnRole =
  | 'session'
  | 'query'
  | 'document'
  | 'rank'
  | 'click'
  | 'documents'
  | 'clicks'
  | 'count'
  | 'policy'
  | 'context'
  | 'label';

/** Names without case, blanks and what stands for blanks, likeliest first. */
const usualNames: Readonly<Record<ColumnRole, readonly string[]>> = {
  session: ['session', 'sessionid', 'sid', 'requestid', 'searchid', 'serpid', 'pageviewid', 'impressionid', 'request'],
  query: ['query', 'queryid', 'qid', 'querytext', 'searchquery', 'searchterm', 'keyword', 'keywords', 'q'],
  document: [
    'document',
    'doc',
    'documentid',
    'docid',
    'item',
    'itemid',
    'product',
    'productid',
    'url',
    'urlid',
    'resultid',
    'objectid',
    'sku',
  ],
  rank: ['rank', 'position', 'pos', 'rankposition', 'resultrank'],
  click: ['click', 'clicked', 'isclick', 'isclicked'],
  documents: ['docs', 'documents', 'docids', 'documentids', 'items', 'itemids', 'results'],
  clicks: ['clicks'],
  count: ['count', 'sessions', 'frequency'],
  policy: ['policy', 'policyid', 'loggingpolicy'],
  context: ['context'],
  label: ['label', 'relevance', 'grade', 'judgment', 'judgement'],
};

const folded = (name: string): string => name.toLowerCase().replace(/[\s_.-]+/g, '');

/** The column that is called as such a one usually is; null where there is none. */
export const usualColumn = (role: ColumnRole, names: readonly string[]): string | null =>
  usualNames[role].map((usual) => names.find((name) => folded(name) === usual)).find((name) => name !== undefined) ?? null;
