import { isKnown } from '../../templates/evaluate';
import { asList, isRecord } from '../../templates/template-set';
import type { Evidence } from '../evidence';
import { wordsOf } from './tasks';

type Container = Readonly<Record<string, unknown>>;

const FLAGS =
  /^--(?:enable-log-(?:requests|outputs)|log-(?:prompts|requests|inputs|outputs)|debug|log-level[= ]debug)$/i;

/** Settings that say how much is logged. */
const LEVELS = /LOG(?:GING)?_?LEVEL|LOG_(?:PROMPT|REQUEST|INPUT|OUTPUT|TRANSCRIPT)/i;

/** Engines write prompts when asked to, and at the level debug. Undefined where it cannot be told. */
export function logsPrompts(container: Container): boolean | undefined {
  const words = wordsOf(container);
  const levels = asList(container['Environment']).map((entry) => levelIn(entry));
  if (words.some((word, index) => FLAGS.test(word) || FLAGS.test(`${word} ${words[index + 1] ?? ''}`))) return true;
  if (levels.some((level) => /^(?:1|true|yes|on|debug|trace)$/i.test(level))) return true;
  const environment = container['Environment'];
  return isKnown([words, levels, Array.isArray(environment) ? [] : environment]) ? false : undefined;
}

/** Empty where the setting is about something else. */
const levelIn = (entry: unknown): string => {
  if (!isRecord(entry)) return String(entry);
  const name = String(entry['Name']);
  return LEVELS.test(name) || !isKnown(name) ? String(entry['Value']) : '';
};

/** AUD-05: whoever wants prompts logged keeps them as prompts, encrypted. */
export function keepsPrompts(evidence: Evidence, { LogConfiguration: configuration }: Container): boolean {
  const options = isRecord(configuration) ? configuration['Options'] : undefined;
  const group = evidence.resourceOf(isRecord(options) ? options['awslogs-group'] : undefined, 'AWS::Logs::LogGroup');
  return (
    group !== undefined && evidence.dataClassOf(group) === 'prompt' && evidence.at(group, 'KmsKeyId') !== undefined
  );
}
