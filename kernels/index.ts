export { addGradients, scorePairs, stepAdagrad, stepAdam, stepMomentum, stepSgd } from './factors';
