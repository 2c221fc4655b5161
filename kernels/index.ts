export { addToBins } from './bins';
export { activate, differentiate } from './dense';
export { addGradients, scorePairs, stepAdagrad, stepAdam, stepMomentum, stepSgd } from './factors';
export { rowDots, weightedProduct } from './rows';
