import type { Summary } from './summary.ts';

/** What the rows of a table of results are. */
export const rowWord = ({ samples }: Summary): string => (samples === 'topics' ? 'run' : 'method');

/** Among which rows the best is looked for. */
export const bestOf = ({ samples }: Summary): string => (samples === 'topics' ? 'best' : 'best of the methods that learn from clicks');
