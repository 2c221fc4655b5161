import { mostBytes, noRoomFor } from '../../../src/data/feature-room.ts';
import type { Fault } from '../../../src/schema-faults.ts';

/** Hidden layers that no memory holds. @param path of the model @param inputs of the first of them */
export function hiddenFaults(path: Fault['path'], inputs: number, hidden: readonly number[] = []): Fault[] {
  const sizes = [inputs, ...hidden];
  return hidden.flatMap((units, l) => {
    const problem = noRoomFor([sizes[l], 'inputs'], [units, 'units'], mostBytes);
    return problem === null ? [] : [{ path: [...path, 'hidden', l], problem }];
  });
}
