import { builtIn } from '../../../../experiments/catalogue/catalogue.ts';
import { decodeStudy } from '../../../../experiments/catalogue/read-study.ts';

const catalogue = builtIn();
const decode = (settings: object) => () => decodeStudy({ task: 'bias', estimators: ['naive-ctr'], ...settings }, 'the test', { catalogue });

test.each([
  [{ log: { path: 'log.csv', format: 'csv' }, data: { path: 'folder' } }, /log\.format: is of logs without data/],
  [{ log: { path: 'log.csv', skipFaulty: true }, data: { path: 'folder' } }, /log\.skipFaulty: is of logs without data/],
])('%j is refused when the config is read', (settings, message) => {
  expect(decode(settings)).toThrow(message);
});
