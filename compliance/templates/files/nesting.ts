import path from 'node:path';
import { asString, type ResourceBody } from '../template-set';

/** Where the template of a nested stack lies. */
export interface Nested {
  readonly logicalId: string;
  /** Absolute; absent where it is not on this machine. */
  readonly file?: string;
}

/** Nested stacks of a template, by the path that `aws cloudformation package` takes or the CDK noted. */
export const nestedIn = (resources: Readonly<Record<string, ResourceBody>>, file: string): readonly Nested[] =>
  Object.entries(resources).flatMap(([logicalId, body]) => {
    const isStack = body.Type === 'AWS::CloudFormation::Stack';
    if (!isStack && body.Type !== 'AWS::Serverless::Application') return [];
    const written = isStack ? body.Properties?.['TemplateURL'] : body.Properties?.['Location'];
    const local = asString(body.Metadata?.['aws:asset:path']) ?? localIn(written);
    return [{ logicalId, ...(local ? { file: path.resolve(path.dirname(file), local) } : {}) }];
  });

const localIn = (url: unknown): string | undefined => {
  const text = asString(url);
  if (text?.startsWith('file://')) return text.slice('file://'.length);
  return text === undefined || /^[a-z][a-z0-9+.-]*:/i.test(text) || text.includes('{{resolve:') ? undefined : text;
};
