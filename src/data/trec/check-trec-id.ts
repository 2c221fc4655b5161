import { UsageError } from '../../errors.ts';

/** @throws UsageError for an id (or tag) that a TREC file cannot hold: its columns end at blanks, and a topic that starts with # is a comment */
export function checkTrecId(kind: 'topic' | 'document' | 'tag', id: string): string {
  if (id === '' || /[\0- ]/.test(id) || (kind === 'topic' && id.startsWith('#')))
    throw new UsageError(`${kind} ${JSON.stringify(id)} cannot be written: empty, with a blank, or a topic with # first; rename it`);
  return id;
}
