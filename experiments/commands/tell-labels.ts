import { nearName } from '../../src/registry.ts';
import type { StudyConfig } from '../config/config-kind.ts';
import { dataName } from '../config/data-name.ts';
import type { Task } from '../engine/task.ts';
import { flattenConfig } from '../records/flatten-config.ts';

type Study = { readonly task: Pick<Task, 'metrics'>; readonly config: StudyConfig };

/** Says of labels that name nothing that they do: they would stay unused without a word. */
export function tellLabels(studies: readonly Study[]): void {
  const line = labelsLine(studies);
  if (line !== null) console.error(line);
}

/**
 * `note: labels: "nddcg@10" names no method, metric or data set here; did you mean "ndcg@10"?`; null where every label names something of one
 * of the studies. No fault, as a config that others extend may label what only some of them have.
 */
export function labelsLine(studies: readonly Study[]): string | null {
  const asked = new Set(studies.flatMap(({ config }) => Object.keys(config.labels ?? {})));
  if (asked.size === 0) return null;
  const known = new Set(studies.flatMap(namesOf));
  const unknown = [...asked].filter((name) => !known.has(name));
  if (unknown.length === 0) return null;
  const words = unknown.map((name) => JSON.stringify(name)).join(', ');
  const near = unknown.map((name) => nearName(name, [...known])).find((text) => text !== '') ?? '';
  return `note: labels: ${words} ${unknown.length === 1 ? 'names' : 'name'} no method, metric or data set here${near}`;
}

/** What tables and pictures can call by name: methods, metrics, data sets, and every other word of a config, which groups of a report are named by. */
function namesOf({ task, config }: Study): string[] {
  const { labels: _labels, ...others } = config;
  const data = Object.values(others).flatMap((group) =>
    typeof group === 'object' && group !== null && 'path' in group ? [dataName(group as Parameters<typeof dataName>[0])] : [],
  );
  const words = [others, ...config.estimators].flatMap((group) => [...flattenConfig(group).values()]);
  return [...task.metrics(config).map(({ label }) => label), ...data, ...words.filter((word) => typeof word === 'string')];
}
