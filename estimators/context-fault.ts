import { UsageError } from '../src/errors.ts';

/** What the lists of one context do not tell, by its number: only who read the log knows its name. */
export class ContextFault extends UsageError {
  constructor(
    readonly context: number,
    readonly says: (name: string) => string,
  ) {
    super(says(String(context)));
  }
}

/** What is found, or why not in a context of that name. @param names numbers of contexts by name; those without one keep their number */
export function withContextNames<T>(names: ReadonlyMap<string, number>, find: () => T): T {
  try {
    return find();
  } catch (fault) {
    if (!(fault instanceof ContextFault)) throw fault;
    for (const [name, number] of names) if (number === fault.context) throw new UsageError(fault.says(name));
    throw fault;
  }
}
