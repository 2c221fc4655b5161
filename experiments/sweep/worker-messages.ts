import type { StudyConfig } from '../config/config-kind.ts';

/** What the sweep asks of a worker process. */
export interface RunOrder {
  readonly folder: string; // of the sweep
  readonly id: string;
  readonly config: StudyConfig;
  readonly overrides: readonly string[];
  readonly command: string;
  readonly baseline?: string | null;
}

/** What a worker answers. */
export type RunAnswer =
  | { readonly kind: 'finished'; readonly id: string; readonly seconds: number }
  | { readonly kind: 'busy'; readonly id: string } //                          another process is at it
  | { readonly kind: 'failed'; readonly id: string; readonly error: string; readonly exitCode: number }
  | { readonly kind: 'no-output'; readonly id: string; readonly error: string }; // the sweep's folder cannot be written
