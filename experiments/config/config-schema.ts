import { toJsonSchema } from '@valibot/to-json-schema';
import { runConfig } from './run-config.ts';

/** JSON Schema of a config file, for editors: `# yaml-language-server: $schema=…`. Rules across keys are left to `counterrank validate`. */
export function configSchema(): object {
  const schema = toJsonSchema(runConfig, { typeMode: 'input', errorMode: 'ignore' });
  return { title: 'Counterrank run config', ...schema };
}
