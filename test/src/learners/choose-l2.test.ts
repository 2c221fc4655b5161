import { chooseL2, l2Candidates } from '../../../src/learners/choose-l2.ts';

const few = { linear: true, features: 10, queries: 99, heldOut: true };

test('auto takes a path from strong to none for a linear ranker with fewer than ten queries a feature, and no penalty else', () => {
  const path = l2Candidates('auto', few);
  expect(path.length).toBeGreaterThan(5);
  expect([...path].sort((a, b) => b - a)).toEqual(path);
  expect(path.at(-1)).toBe(0);
  for (const other of [{ queries: 100 }, { linear: false }, { heldOut: false }])
    expect(l2Candidates('auto', { ...few, ...other })).toEqual([0]);
});

test('a penalty or a list of them is what the config says', () => {
  expect(l2Candidates(0.3, few)).toEqual([0.3]);
  expect(l2Candidates([0, 2], { ...few, linear: false, queries: 1e6 })).toEqual([0, 2]);
});

test('numbers of ids are drawn to 0 by precisions over the sessions, strongest first, where held-out clicks can tell which', () => {
  const ofIds = { linear: false, features: 0, queries: 5, heldOut: true, idSessions: 200 };
  const path = l2Candidates('auto', ofIds);
  expect(path).toContain(1 / 200);
  expect([...path].sort((a, b) => b - a)).toEqual(path);
  expect(path.at(-1)).toBe(0);
  expect(l2Candidates('auto', { ...ofIds, idSessions: 400 })).toEqual(path.map((l2) => l2 / 2));
  expect(l2Candidates('auto', { ...ofIds, heldOut: false })).toEqual([0]);
  expect(l2Candidates(0.5, ofIds)).toEqual([0.5]);
});

test('of several the lowest held-out loss is kept, of equal ones the stronger penalty, and the record says which', () => {
  const losses: Record<number, number | null> = { 3: 2, 1: 1, 0.5: 1, 0: 4 };
  const status = { state: 'converged', message: 'settled', steps: 9, bestStep: 9 } as const;
  const train = (l2: number) => ({ l2, record: { curve: [], status: { ...status, heldOutLoss: losses[l2] } } });
  const chosen = chooseL2([3, 1, 0.5, 0], train);
  expect(chosen.l2).toBe(1);
  expect(chosen.record.status.message).toBe('l2 1, one of 4 tried, had the lowest held-out loss: settled');
  expect(chooseL2([0.5], train).record.status.message).toBe('settled');
});

test('several without anything held out cannot be told apart', () => {
  const train = () => ({
    record: { curve: [], status: { state: 'converged', message: '', steps: 1, bestStep: 1, heldOutLoss: null } as const },
  });
  expect(() => chooseL2([1, 0], train)).toThrow(/l2 is chosen by held-out clicks.*one penalty/);
});
