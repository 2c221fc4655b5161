/** The caller can fix it: the message says the value, the rule and the way out. Exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Input data breaks its format: the message says where and what. Exit code 3. */
export class DataError extends Error {
  override readonly name = 'DataError';
  /** @param place file, and where known line and column, both 1-based */
  constructor(problem: string, place: { file: string; line?: number; column?: number }, options?: ErrorOptions) {
    const { file, line, column } = place;
    super(`${[file, line, column].filter((part) => part !== undefined).join(':')}: ${problem}`, options);
  }
}
