import { Composer, Lexer, LineCounter, Parser, type Document, type Tags } from 'yaml';
import { shorten } from '../../../regions/config/display';
import { DEEPEST, ofFile, Refused, tooDeep } from './fault';
import type { Lines, Parsed } from './parse';
import { YamlValues } from './yaml-values';

/** Reads YAML 1.1 that may be anything. @throws {Refused} */
export function parseYaml(text: string): Parsed {
  if (text.length > MOST)
    throw new Refused(ofFile(`${text.length} characters of YAML`, `at most ${MOST}`, 'the template to JSON'));
  const counter = new LineCounter();
  const [document, second] = documentsIn(text, counter);
  if (!document) throw new Refused(ofFile('no block', 'a template in YAML'));
  const lineAt = (offset: number): number => counter.linePos(offset).line;
  const faults = document.errors.slice(0, MOST_FAULTS).map(({ message, pos }) => ({
    ...ofFile(shorten(message.split(':')[0] ?? 'no YAML'), 'YAML as CloudFormation reads it', 'the text here'),
    line: lineAt(pos[0]),
  }));
  if (faults.length > 0) throw new Refused(...faults);
  if (second?.contents)
    throw new Refused(ofFile('several documents', 'one template a file', 'it to files of their own'));
  const values = new YamlValues(lineAt);
  return { value: values.of(document.contents), lines: values.lines(document.contents) satisfies Lines };
}

/** The composer goes as deep as the blocks do and can end the process, so that depth is looked at before. */
function documentsIn(text: string, counter: LineCounter): readonly Document[] {
  counter.addNewLine(0);
  const parser = new Parser(counter.addNewLine);
  const composer = new Composer(OPTIONS);
  const documents: Document[] = [];
  let offset = 0;
  const compose = (tokens: ReturnType<Parser['next']>): void => {
    for (const token of tokens) documents.push(...(composer.next(token) as Iterable<Document>));
  };
  for (const lexeme of new Lexer().lex(text)) {
    compose(parser.next(lexeme));
    offset += lexeme.length;
    if (parser.stack.length > STACK) throw new Refused(tooDeep(counter.linePos(offset).line));
  }
  compose(parser.end());
  documents.push(...(composer.end() as Iterable<Document>));
  return documents;
}

/**
 * CloudFormation reads YAML 1.1 without its binary, omap, pairs, set and timestamp. Repeated keys are looked for elsewhere: the
 * parser compares each key with every other.
 */
const OPTIONS: ConstructorParameters<typeof Composer>[0] = {
  version: '1.1',
  prettyErrors: false,
  logLevel: 'silent',
  uniqueKeys: false,
  customTags: (tags) => [
    ...tags.filter((tag) => !EXCLUDED.test(typeof tag === 'string' ? tag : tag.tag)),
    ...SHORT_FORMS,
  ],
};

const EXCLUDED = /(binary|omap|pairs|set|timestamp)$/;

/** Any tag is read; of one it does not know the parser makes a warning with a stack, and templates hold hundreds. */
const SHORT_FORMS: Tags = (
  'Ref Condition Sub GetAtt Join Select Split If Equals And Or Not FindInMap GetAZs ImportValue Base64 Cidr Transform ' +
  'Length ToJsonString'
)
  .split(' ')
  .flatMap((name) => [
    { tag: `!${name}`, resolve: (text: string): string => text },
    { tag: `!${name}`, collection: 'seq' as const },
    { tag: `!${name}`, collection: 'map' as const },
  ]);

/** The parser keeps a list and its item apart. */
const STACK = DEEPEST * 2;

/** Half a second a megabyte, and fifty times as much memory; CloudFormation takes one. */
const MOST = 8_388_608;

const MOST_FAULTS = 3;
