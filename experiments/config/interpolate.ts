import { nearName } from '../../src/registry.ts';
import type { Fault } from '../../src/schema-faults.ts';
import { parseValue } from './choices.ts';
import { deepest, isGroup, type Layer } from './merge-layers.ts';

/** Marks a value that a file leaves to whoever uses it, as in Hydra. */
export const required = '???';

/** What references may bring in altogether: values, and letters of texts. A reference to references multiplies both. */
const mostValues = 100_000;
const mostLetters = 1024 * 1024;

const reference = /\\?\$\{([^{}]*)\}/g;

/**
 * The config with every reference replaced: `${simulation.sessions}` by the value at that path, of the config or else of the defaults;
 * `${env:NAME}` by the environment variable, read as YAML, and `${env:NAME,text}` by the text where it is not set. A text that is one reference
 * becomes the value itself, whatever its type; within a longer text the value is written out. `\${` stands for `${`.
 * @returns also a fault for every reference that leads nowhere, to itself or to more than a config can hold, and for every value that is
 *   still to be given
 */
export function resolveReferences(
  config: Layer,
  defaults: unknown,
  env: Readonly<Record<string, string | undefined>>,
): { resolved: Layer; faults: Fault[] } {
  const faults: Fault[] = [];
  let [values, letters] = [0, 0];

  const visit = (value: unknown, path: Fault['path'], open: readonly string[]): unknown => {
    if (open.length > 0) values++;
    if (open.length > 0 && isSpent()) return undefined;
    if (value === required)
      faults.push({ path, problem: `required: the config leaves it open with ???; give it as ${path.join('.')}=value` });
    if (typeof value === 'string') return text(value, path, open);
    if (Array.isArray(value)) return value.map((element, i) => visit(element, [...path, i], open));
    if (!isGroup(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, visit(part, [...path, key], open)]));
  };

  const isSpent = () => values > mostValues || letters > mostLetters;

  const text = (value: string, path: Fault['path'], open: readonly string[]): unknown => {
    const whole = /^\$\{([^{}]*)\}$/.exec(value);
    if (whole) return lookUp(whole[1].trim(), path, open);
    return value.replaceAll(reference, (match: string, name: string) => {
      if (match.startsWith('\\')) return match.slice(1);
      const part = lookUp(name.trim(), path, open);
      if (typeof part === 'object' && part !== null)
        faults.push({
          path,
          problem: `${match} is ${Array.isArray(part) ? 'a list' : 'a group of keys'}, which cannot stand within a text`,
        });
      return String(part);
    });
  };

  const lookUp = (name: string, path: Fault['path'], open: readonly string[]): unknown => {
    const found = isSpent() ? undefined : find(name, path, open);
    if (typeof found === 'string') letters += found.length;
    if (open.length === 0 && isSpent()) faults.push({ path, problem: 'references multiply; write the values out' });
    return found;
  };

  const find = (name: string, path: Fault['path'], open: readonly string[]): unknown => {
    const fault = (problem: string) => {
      faults.push({ path, problem: `\${${name}}: ${problem}` });
      return undefined;
    };
    if (path.length + open.length > deepest) return fault(`more than ${deepest} keys and references deep; write the value out`);
    if (name.startsWith('env:')) return environment(name.slice(4), env, fault);
    if (open.includes(name)) return fault(`leads back to itself: ${[...open, name].join(' → ')}`);
    const keys = name.split('.');
    const found = valueAt(config, keys) ?? valueAt(defaults, keys);
    if (found) return visit(found.value, path, [...open, name]);
    const siblings = Object.keys(Object(valueAt(config, keys.slice(0, -1))?.value ?? valueAt(defaults, keys.slice(0, -1))?.value ?? {}));
    return fault(`no such key${nearName(keys.at(-1) ?? '', siblings)}`);
  };

  const resolved = visit(config, [], []) as Layer;
  return { resolved, faults };
}

function environment(text: string, env: Readonly<Record<string, string | undefined>>, fault: (problem: string) => undefined): unknown {
  const [, name, fallback] = /^([^,]*?)\s*(?:,(.*))?$/s.exec(text) as RegExpExecArray;
  const value = env[name] ?? fallback?.trim();
  if (env[name]?.includes('\ufffd')) return fault(`the environment variable ${name} is not UTF-8; write it in UTF-8`);
  if (value === undefined) return fault(`the environment variable ${name} is not set; set it, or give a default: \${env:${name},value}`);
  try {
    const parsed = parseValue(value, name);
    if (parsed === null && env[name] !== undefined)
      return fault(
        `the environment variable ${name} is ${JSON.stringify(value)}, which is no value; set it, or unset it where there is a default`,
      );
    return parsed;
  } catch {
    return value; // not YAML: the text as it is
  }
}

/** The value at a path, wrapped, as it may be null; null where there is none. */
export function valueAt(container: unknown, keys: readonly string[]): { readonly value: unknown } | null {
  let value = container;
  for (const key of keys) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return null;
    value = (value as Layer)[key];
  }
  return { value };
}
