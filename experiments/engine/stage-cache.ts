/** Keeps what stages of a run put out, so that runs which share a stage compute it once. */
export interface StageCache {
  /**
   * What `compute` gives, or gave before under an equal key.
   * @param key all that the output depends on, as plain data; the output too is plain data and typed arrays, and nobody changes it
   * @param kept 'disk': by all processes that share the cache; 'memory': by this process only
   */
  get<T>(stage: string, key: unknown, kept: 'disk' | 'memory', compute: () => T | Promise<T>): Promise<T>;
}

export const noStageCache: StageCache = { get: async (_stage, _key, _kept, compute) => compute() };
