import { plain } from '../../../regions/config/display';

/**
 * Text on one line, with nothing in it that a terminal, a reader of XML or an eye could be fooled by: messages hold values of
 * other people's templates.
 */
export const oneLine = (text: string): string =>
  plain(text.replaceAll(/[\s\p{Cc}]+/gu, ' '))
    .replaceAll(/[\p{Cs}\uFFFE\uFFFF]/gu, '\uFFFD')
    .trim();
