import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { methodGroups } from '../../experiments/catalogue/method-groups.ts';
import { decodeRankingConfig, readRankingConfig } from '../../experiments/catalogue/ranking-config.ts';
import { planSweep } from '../../experiments/sweep/plan-sweep.ts';

const readme = readFileSync('README.md', 'utf8');

test.each(methodGroups())('names every method of $kind', ({ methods }) => {
  expect(methods.map(({ name }) => name).filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
});

test('the config it shows is valid', () => {
  const [, shown] = /```yaml\n(.*?)```/s.exec(readme) ?? [];
  const { estimators } = decodeRankingConfig(parse(shown), 'README');
  expect(estimators.map(({ label }) => label)).toEqual(['naive', 'clip 0.05', 'clip 0.2', 'skyline']);
});

test('the overrides it shows are valid', async () => {
  const commands = [...readme.matchAll(/^counterrank run quickstart\.yaml (.*)$/gm)].map(([, words]) => words);
  expect(commands.length).toBeGreaterThan(3);
  for (const words of commands) {
    const typed = [...words.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare);
    const overrides = typed.filter((word) => word.includes('='));
    await expect(readRankingConfig('experiments/configs/quickstart.yaml', overrides)).resolves.toHaveProperty('config.name');
  }
});

test('the sweeps it shows can be planned', async () => {
  const commands = [...readme.replaceAll(/\\\n\s*/g, '').matchAll(/^counterrank sweep quickstart\.yaml (.*?)(?: +#.*)?$/gm)].map(
    ([, words]) => words,
  );
  expect(commands.length).toBeGreaterThan(3);
  for (const words of commands) {
    const typed = [...words.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(([, single, double, bare]) => single ?? double ?? bare);
    const after = (option: string) => typed.filter((_, i) => typed[i - 1] === option);
    const overrides = typed.filter((word, i) => word.includes('=') && !typed[i - 1]?.startsWith('--'));
    const plan = await planSweep('experiments/configs/quickstart.yaml', { overrides, zip: after('--zip'), skip: after('--skip') });
    expect(plan.runs.length).toBeGreaterThan(1);
  }
});
