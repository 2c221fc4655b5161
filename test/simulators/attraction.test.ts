import { attractionFromLabels } from '../../simulators/attraction.ts';

test('ε + (1 − ε)(2^y − 1)/(2^Y − 1) by grade', () => {
  const attraction = attractionFromLabels(Float32Array.of(0, 1, 2, 3, 4), { noise: 0.1, highestGrade: 4 });
  const expected = [0.1, 0.1 + (0.9 * 1) / 15, 0.1 + (0.9 * 3) / 15, 0.1 + (0.9 * 7) / 15, 1];
  attraction.forEach((value, i) => {
    expect(value).toBeCloseTo(expected[i], 15);
  });
});

test('unjudged documents attract as grade 0; noise 1 makes all alike', () => {
  expect([...attractionFromLabels(Float32Array.of(-1, 0, 2), { noise: 0.2, highestGrade: 2 })]).toEqual([0.2, 0.2, 1]);
  expect([...attractionFromLabels(Float32Array.of(0, 1, 2), { noise: 1, highestGrade: 2 })]).toEqual([1, 1, 1]);
});

test('never rounds above 1: the highest grade attracts for sure, whatever the noise', () => {
  for (let percent = 0; percent <= 100; percent++)
    for (const grade of [1, 2, 3, 4, 5])
      expect(attractionFromLabels(Float32Array.of(grade), { noise: percent / 100, highestGrade: grade })[0]).toBe(1);
});

test('the highest grade is the scale’s, not the highest label here', () => {
  expect(attractionFromLabels(Float32Array.of(1), { noise: 0, highestGrade: 2 })[0]).toBeCloseTo(1 / 3, 15);
});

test.each([
  [{ noise: -0.1, highestGrade: 4 }, 'noise must be in [0, 1], got -0.1'],
  [{ noise: Number.NaN, highestGrade: 4 }, 'noise must be in [0, 1], got NaN'],
  [{ noise: 0.1, highestGrade: 0 }, 'the highest grade must be above 0, got 0'],
  [{ noise: 0.1, highestGrade: 2 }, 'label 3 of document 1 is above the highest grade 2'],
])('%j is refused', (options, message) => {
  expect(() => attractionFromLabels(Float32Array.of(1, 3), options)).toThrow(message);
});
