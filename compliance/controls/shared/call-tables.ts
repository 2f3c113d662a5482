import type { Resource } from '../../templates/template-set';
import type { Evidence } from '../evidence';
import { classTagsOf } from './tags';

/** Tables of calls: those of class cdr, in one region or in several. */
export const callTables = (evidence: Evidence): readonly Resource[] =>
  evidence
    .ofType('AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable')
    .filter((table) => classTagsOf(evidence, table).includes('cdr'));
