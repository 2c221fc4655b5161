import type { SchemaOptions } from 'yaml';

/** Options of the YAML parser: 0x10 and 0o7 are texts, as hardly anyone means 16 sessions by them, or seed 31 by the name 0x1f. */
export const decimalYaml: SchemaOptions = {
  customTags: (tags) => tags.filter((tag) => typeof tag === 'string' || !['HEX', 'OCT'].includes(tag.format ?? '')),
};
