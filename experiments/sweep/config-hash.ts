import { createHash } from 'node:crypto';
import type { StudyConfig } from '../config/config-kind.ts';

/**
 * What a run is known by: SHA-256, hexadecimal, of its decoded config without the name and labels, which change nothing but where results are put and what they are called, and with
 * what plugins hold instead of where they lie.
 */
export function configHash({ name: _name, labels: _labels, plugins, ...config }: StudyConfig): string {
  return contentHash({ ...config, ...(plugins && { plugins: plugins.map(({ sha256 }) => sha256) }) });
}

/** SHA-256, hexadecimal, of a plain value as JSON with sorted keys. */
export const contentHash = (value: unknown): string => createHash('sha256').update(JSON.stringify(value, sortKeys)).digest('hex');

const sortKeys = (_: string, part: unknown): unknown =>
  typeof part === 'object' && part !== null && !Array.isArray(part)
    ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
    : part;
