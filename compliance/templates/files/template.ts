import { ofFile, type Fault } from './fault';
import { isParsed, parse, type Lines } from './parse';
import { EMPTY, isFault, type Reader, type Source } from './reader';
import { isTemplate } from './shape';

/** A file that is a template. */
export interface Template extends Source {
  readonly value: Readonly<Record<string, unknown>>;
  readonly lines: Lines;
}

/** Why a file is none, and whether it was meant to be one. */
export interface NoTemplate {
  readonly faults: readonly Fault[];
  readonly isMeant: boolean;
}

/** Files read as templates, each once. */
export class Templates {
  readonly reader: Reader;
  private readonly known = new Map<string, Template | NoTemplate>();

  constructor(reader: Reader) {
    this.reader = reader;
  }

  read(file: string): Template | NoTemplate {
    const source = this.reader.read(file);
    if (isFault(source)) return { faults: [source], isMeant: source !== EMPTY };
    const known = this.known.get(source.absolute) ?? templateIn(source);
    this.known.set(source.absolute, known);
    return known;
  }
}

export const isRead = (template: Template | NoTemplate): template is Template => 'value' in template;

function templateIn(source: Source): Template | NoTemplate {
  const { text } = source;
  const isMeant = /\bResources\b/.test(text) && text.includes('AWS::');
  // What cannot be one need not be parsed, however large it is.
  if (!text.includes('Resources')) return { faults: [NONE], isMeant };
  const parsed = parse(text);
  if (!isParsed(parsed)) return { faults: parsed, isMeant };
  const { value, lines } = parsed;
  return isTemplate(value) ? { ...source, value, lines } : { faults: [NONE], isMeant };
}

const NONE = ofFile('no CloudFormation', 'a template with Resources that have a Type', 'the path, or the file');
