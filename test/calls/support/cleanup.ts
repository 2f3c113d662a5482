import { atEnd, end } from '../../../lab/cleanup';

/** Runs `task` after the tests of the file, the last registered first; Jest takes no hook once tests run. */
export const afterTests = atEnd;

afterAll(end);
