import type { Posture } from '../posture';
import { htmlReport } from './html';
import { jsonReport } from './json';
import { junitReport } from './junit';
import { oscalReport } from './oscal';
import { sarifReport } from './sarif';
import { textReport, type TextOptions } from './text';

/** How a posture can be told. */
export interface Reporter {
  /** Name of its file in a folder of reports. */
  readonly file: string;
  /** Pure. */
  render(posture: Posture, options: TextOptions): string;
}

export const REPORTERS = {
  text: { file: 'posture.txt', render: textReport },
  json: { file: 'posture.json', render: jsonReport },
  html: { file: 'posture.html', render: htmlReport },
  sarif: { file: 'posture.sarif', render: (posture) => sarifReport(posture) },
  oscal: { file: 'posture.oscal.json', render: oscalReport },
  junit: { file: 'posture.junit.xml', render: junitReport },
} as const satisfies Readonly<Record<string, Reporter>>;

export type Format = keyof typeof REPORTERS;

export const FORMATS = Object.keys(REPORTERS) as readonly Format[];
