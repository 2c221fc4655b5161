import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DataError } from '../../src/errors.ts';
import {
  array,
  boolean,
  check,
  nullable,
  optional,
  picklist,
  pipe,
  record,
  type Schema,
  safeParse,
  strictObject,
  string,
} from '../../src/schema.ts';
import type { StudyDescription } from '../tables/study-description.ts';
import { type ColumnType, isTableName } from '../tables/table.ts';

const columnTypes: ColumnType[] = ['integer', 'number', 'text', 'boolean'];
const schema = strictObject({
  task: string(),
  baseline: optional(nullable(string())),
  seedsVary: optional(string()),
  metrics: array(strictObject({ label: string(), description: string(), unit: string(), lowerIsBetter: boolean() })),
  methods: array(strictObject({ label: string(), name: string(), reference: boolean() })),
  tables: array(
    strictObject({
      name: pipe(string(), check(isTableName)), // names a file
      description: string(),
      columns: record(
        string(),
        strictObject({
          type: picklist(columnTypes),
          description: string(),
          unit: optional(string()),
          optional: boolean(),
          series: optional(string()),
        }),
      ),
    }),
  ),
}) as unknown as Schema<StudyDescription>;

/** null where the folder has none, as those of counterrank 0.1 have. @throws DataError for a damaged one */
export async function readStudyDescription(folder: string): Promise<StudyDescription | null> {
  const file = join(folder, 'study.json');
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return null;
  const parsed = safeParse(schema, parse(text));
  if (!parsed.success) throw new DataError('not the description of a study; the run was damaged: repeat it or leave it out', { file });
  return parsed.output;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
