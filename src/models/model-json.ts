import { array, type Decoded, integer, json, literal, picklist, strictObject, string, variant } from '../schema.ts';
import type { ScorerArchitecture } from './scorer.ts';
import { scorerLayers } from './scorer-layers.ts';

export const architectureSchema = variant('name', [
  strictObject({ name: literal('linear'), featureCount: integer(1) }),
  strictObject({
    name: literal('mlp'),
    featureCount: integer(1),
    hidden: array(integer(1)),
    activation: picklist(['elu', 'relu', 'tanh']),
  }),
]);

/** What a reader of `model.json` relies on; the rest is for TensorFlow.js. */
export const modelJsonSchema = strictObject({
  format: literal('layers-model'),
  generatedBy: literal('counterrank'),
  convertedBy: json(),
  modelTopology: json(),
  weightsManifest: array(strictObject({ paths: array(literal('weights.bin')), weights: json() })),
  userDefinedMetadata: strictObject({ architecture: architectureSchema, sha256: string() }),
});

export type ModelJson = Decoded<typeof modelJsonSchema>;

/** `model.json` of a TensorFlow.js layers model: a Sequential of Dense layers, and where their weights lie in `weights.bin`. */
export function modelJson(architecture: ScorerArchitecture, sha256: string): ModelJson {
  const layers = scorerLayers(architecture).map((layer, l) => ({ ...layer, name: `dense_${l + 1}` }));
  return {
    format: 'layers-model',
    generatedBy: 'counterrank',
    convertedBy: null,
    modelTopology: {
      class_name: 'Sequential',
      config: {
        name: architecture.name,
        layers: layers.map(({ name, inputs, outputs, activation }) => ({
          class_name: 'Dense',
          config: { name, batch_input_shape: [null, inputs], dtype: 'float32', units: outputs, activation, use_bias: true },
        })),
      },
    },
    weightsManifest: [
      {
        paths: ['weights.bin'],
        weights: layers.flatMap(({ name, inputs, outputs }) => [
          { name: `${name}/kernel`, shape: [inputs, outputs], dtype: 'float32' },
          { name: `${name}/bias`, shape: [outputs], dtype: 'float32' },
        ]),
      },
    ],
    userDefinedMetadata: { architecture: { ...architecture } as ModelJson['userDefinedMetadata']['architecture'], sha256 },
  };
}
