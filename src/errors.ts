/** The caller can fix it: the message says the value, the rule and the way out. Exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const longestProblem = 1500;

/** Input data breaks its format: the message says where and what. Exit code 3. */
export class DataError extends Error {
  override readonly name = 'DataError';
  /** What is wrong, without the place. */
  readonly problem: string;
  readonly file: string;
  /** From 1; null where it is not known. */
  readonly line: number | null;
  /** @param place file, and where known line and column, both 1-based */
  constructor(problem: string, place: { file: string; line?: number; column?: number }, options?: ErrorOptions) {
    const { file, line, column } = place;
    const said = problem.length > longestProblem ? `${problem.slice(0, longestProblem)}…` : problem; // which may quote the data
    super(`${[file, line, column].filter((part) => part !== undefined).join(':')}: ${said}`, options);
    this.problem = said;
    this.file = file;
    this.line = line ?? null;
  }
}
