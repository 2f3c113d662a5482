export { formatProblem, type Place, type Problem } from './problem';
export { readDeployment, type ReadResult } from './read';
