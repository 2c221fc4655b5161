export { type CascadeValue, cascadeValue } from './cascade-value.ts';
export { type Corrections, clickCorrections } from './click-corrections.ts';
export { type DocumentRelevance, documentRelevance } from './document-relevance.ts';
export { type OffPolicyValue, type OffPolicyValues, offPolicyValues } from './off-policy-value.ts';
