import { UsageError } from '../errors.ts';
import { normEpsilon } from '../math/layer-norm.ts';
import {
  array,
  type Decoded,
  exactOptional,
  integer,
  json,
  literal,
  picklist,
  record,
  safeParse,
  strictObject,
  string,
  tuple,
  union,
  variant,
} from '../schema.ts';
import type { CustomArchitecture, DenseArchitecture, EmbeddingArchitecture, Scorer, TransformerArchitecture } from './scorer.ts';
import { scorerLayers } from './scorer-layers.ts';

const activation = picklist(['elu', 'relu', 'tanh']);
const denseArchitectures = [
  strictObject({ name: literal('linear'), featureCount: integer(1) }),
  strictObject({
    name: literal('mlp'),
    featureCount: integer(1),
    hidden: array(integer(1)),
    activation,
    layerNorm: exactOptional(literal(true)),
  }),
] as const;
export const denseArchitectureSchema = variant('name', denseArchitectures);
export const architectureSchema = variant('name', [
  ...denseArchitectures,
  strictObject({
    name: literal('transformer'),
    featureCount: integer(1),
    layers: integer(1),
    heads: integer(1),
    width: integer(1),
    feedForward: integer(1),
    activation,
  }),
  strictObject({
    name: literal('embedding'),
    featureCount: integer(),
    of: picklist(['document', 'query-document']),
    table: picklist(['own', 'hash', 'quotient-remainder']),
    ids: integer(),
    shared: integer(1),
    hashing: array(integer(1, 2 ** 21)),
    dimension: integer(1),
    hidden: array(integer(1)),
    activation,
  }),
  strictObject({ name: literal('custom'), ranker: string(), featureCount: integer(1), options: record(string(), json()) }),
]);
const treesArchitecture = strictObject({ name: literal('gradient-boosted-trees'), featureCount: integer(1) });

/**
 * @throws UsageError when a scorer could be saved, but not built again, from its architecture; to be asked before it is trained
 */
export function checkArchitecture(scorer: Scorer, ranker: string): void {
  const { success, output } = safeParse(union([architectureSchema, treesArchitecture]), scorer.architecture);
  if (success && (output.name !== 'custom' || output.ranker === ranker)) return;
  throw new UsageError(
    `the ranker "${ranker}" makes scorers that cannot be saved and read back; their architecture must be { name: "custom", ranker: "${ranker}", featureCount, options: those of create }`,
  );
}

/** What a reader of `model.json` relies on; the rest is for TensorFlow.js. */
export const modelJsonSchema = strictObject({
  format: literal('layers-model'),
  generatedBy: literal('counterrank'),
  convertedBy: json(),
  modelTopology: json(),
  weightsManifest: array(strictObject({ paths: array(literal('weights.bin')), weights: json() })),
  userDefinedMetadata: strictObject({ architecture: architectureSchema, sha256: string(), ids: exactOptional(string()) }), // ids: checksum of ids.json
});

/** `ids.json` of a scorer that knows documents by their ids. */
export const idsJsonSchema = strictObject({
  format: literal('counterrank ids'),
  version: literal(1),
  ids: array(tuple([string(), array(string())])), // query, "" of documents whatever the query, and its documents, in the order of the table
});

export type ModelJson = Decoded<typeof modelJsonSchema>;

/** `model.json` beside trees, which are in a file of LightGBM's form. */
const treesJsonSchema = strictObject({
  format: literal('lightgbm'),
  generatedBy: literal('counterrank'),
  userDefinedMetadata: strictObject({ architecture: treesArchitecture, sha256: string() }),
});
export type TreesJson = Decoded<typeof treesJsonSchema>;
export const anyModelJson = variant('format', [modelJsonSchema, treesJsonSchema]);

/** A scorer that its parameters say all of. */
export type WeightedScorer = Omit<Scorer, 'architecture'> & {
  readonly architecture: DenseArchitecture | TransformerArchitecture | EmbeddingArchitecture | CustomArchitecture;
};

/**
 * `model.json` of a TensorFlow.js layers model, and where its weights lie in `weights.bin`; a transformer, ids and a plugin's scorer have no layers that it
 * could name. @param ids checksum of `ids.json`, where there is one
 */
export function modelJson({ architecture, parameters }: WeightedScorer, sha256: string, ids?: string): ModelJson {
  const { topology, weights } =
    architecture.name === 'linear' || architecture.name === 'mlp'
      ? denseLayers(architecture)
      : { topology: null, weights: [{ name: 'parameters', shape: [parameters.length], dtype: 'float32' }] };
  return {
    format: 'layers-model',
    generatedBy: 'counterrank',
    convertedBy: null,
    modelTopology: topology,
    weightsManifest: [{ paths: ['weights.bin'], weights }],
    userDefinedMetadata: {
      architecture: { ...architecture } as ModelJson['userDefinedMetadata']['architecture'],
      sha256,
      ...(ids !== undefined && { ids }),
    },
  };
}

/** A Sequential of Dense layers, and their weights in the order of the parameters. Where rows are normalised, that layer has the bias. */
function denseLayers(architecture: DenseArchitecture) {
  const layers = scorerLayers(architecture).map((layer, l) => ({ ...layer, number: l + 1 }));
  return {
    topology: {
      class_name: 'Sequential',
      config: {
        name: architecture.name,
        layers: layers.flatMap(({ number, inputs, outputs, activation, layerNorm = false }) => {
          const config = { name: `dense_${number}`, batch_input_shape: [null, inputs], dtype: 'float32', units: outputs };
          if (!layerNorm) return [{ class_name: 'Dense', config: { ...config, activation, use_bias: true } }];
          return [
            { class_name: 'Dense', config: { ...config, activation: 'linear', use_bias: false } },
            { class_name: 'LayerNormalization', config: { name: `norm_${number}`, dtype: 'float32', axis: -1, epsilon: normEpsilon } },
            { class_name: 'Activation', config: { name: `activation_${number}`, dtype: 'float32', activation } },
          ];
        }),
      },
    },
    weights: layers.flatMap(({ number, inputs, outputs, layerNorm = false }) => [
      { name: `dense_${number}/kernel`, shape: [inputs, outputs], dtype: 'float32' },
      ...(layerNorm ? [{ name: `norm_${number}/gamma`, shape: [outputs], dtype: 'float32' }] : []),
      { name: layerNorm ? `norm_${number}/beta` : `dense_${number}/bias`, shape: [outputs], dtype: 'float32' },
    ]),
  };
}
