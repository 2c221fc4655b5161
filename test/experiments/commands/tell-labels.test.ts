import { readStudy } from '../../../experiments/catalogue/read-study.ts';
import { labelsLine } from '../../../experiments/commands/tell-labels.ts';

const lineOf = async (...all: readonly string[][]) =>
  labelsLine(await Promise.all(all.map((overrides) => readStudy('quickstart', overrides))));

test('labels of methods, metrics, data sets and other words of the config are used', async () => {
  const label = (name: string) => lineOf(['data.name=toy', `labels={"${name}": shown}`]);
  for (const name of ['ips', 'ndcg@10', 'toy', 'position-based', 'listwise-softmax']) expect(await label(name)).toBe(null);
  expect(await lineOf([])).toBe(null);
});

test('one that names nothing is told, with what was meant', async () => {
  expect(await lineOf(['labels={"ndgc@10": NDCG}'])).toBe(
    'note: labels: "ndgc@10" names no method, metric or data set here; did you mean "ndcg@10"?',
  );
  expect(await lineOf(['labels={"what is this": A, "and that": B, ips: IPS}'])).toBe(
    'note: labels: "what is this", "and that" name no method, metric or data set here',
  );
});

test('of a sweep, what one of its runs has is used', async () => {
  const labels = 'labels={naive: Naive, ips: IPS}';
  expect(await lineOf(['estimators=[naive]', labels])).toContain('"ips" names no');
  expect(await lineOf(['estimators=[naive]', labels], ['estimators=[ips]', 'baseline=null', labels])).toBe(null);
});
