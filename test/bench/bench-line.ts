/** One measured figure; `ratio` compares it with the `baseline` measured in the same run. */
export interface BenchLine {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly ratio?: number; //     ≥ 1 is better than the baseline
  readonly baseline?: string; // what the ratio is of, read after "12×": "as fast as …"
}
