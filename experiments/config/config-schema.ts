import { toJsonSchema } from '@valibot/to-json-schema';
import type { ConfigKind } from './config-kind.ts';

/** JSON Schema of a config file, for editors: `# yaml-language-server: $schema=…`. Rules across keys are left to `counterrank validate`. */
export function configSchema({ name, isDefault, file }: ConfigKind): object {
  return {
    title: `Counterrank ${isDefault ? 'run' : name} config`,
    ...(withReferences(toJsonSchema(file, { typeMode: 'input', errorMode: 'ignore' })) as object),
    $defs: {
      reference: {
        type: 'string',
        pattern: '^\\\\?\\$\\{.+\\}$|^\\?{3}$',
        description: 'a reference to another key or to an environment variable, or ??? for required',
      },
    },
  };
}

/** Where a number, a truth value or a name is expected, a reference to one may stand. */
function withReferences(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withReferences);
  if (typeof node !== 'object' || node === null) return node;
  const entries = Object.entries(node).map(([key, part]) => [key, literal.has(key) ? part : withReferences(part)] as const);
  const copy = Object.fromEntries(entries);
  const simple = ['number', 'integer', 'boolean'].includes(copy.type) || Array.isArray(copy.enum);
  return simple ? { anyOf: [copy, { $ref: '#/$defs/reference' }] } : copy;
}

/** Parts of a JSON Schema that are values, not schemas. */
const literal = new Set(['default', 'const', 'enum', 'required', 'type']);
