import type { StackTemplate } from './template-set';
import { UNKNOWN } from './tokens';

/**
 * What a `Ref` to a parameter gives: what the stack above gives, else what is given by hand, else the default.
 * @param given by the stack above
 */
export function parameterOf({ body, parameters = {}, parent }: StackTemplate, name: string, given?: unknown): unknown {
  const declared = body.Parameters && Object.hasOwn(body.Parameters, name) ? body.Parameters[name] : undefined;
  const byHand = !parent && Object.hasOwn(parameters, name) ? parameters[name] : undefined;
  // Such a parameter's value is the name of one that is looked up when the stack is deployed.
  if (declared?.Type?.startsWith('AWS::SSM::Parameter::Value')) return UNKNOWN;
  const value = given ?? byHand ?? declared?.Default ?? UNKNOWN;
  if (typeof value === 'string' && value.includes('{{resolve:')) return UNKNOWN;
  return isListed(declared?.Type) && typeof value === 'string' ? listIn(value) : value;
}

const isListed = (type = ''): boolean => type === 'CommaDelimitedList' || type.startsWith('List<');

const listIn = (text: string): unknown => {
  if (text === UNKNOWN) return UNKNOWN;
  return text === '' ? [] : text.split(',').map((item) => item.trim());
};
