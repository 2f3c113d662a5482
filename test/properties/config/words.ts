import { string } from 'fast-check';
import { between, oneOf, scaled, type Draw } from './draw';

/** `length` characters drawn from an alphabet. */
export const chars = (g: Draw, alphabet: string, length: number): string =>
  Array.from({ length }, () => oneOf(g, alphabet.split(''))).join('');

const RESERVED = /^(?:aws|ecs|fargate|sthree|amzn)/;

/** Two to sixteen characters, single dashes inside, and no beginning that AWS keeps for itself. */
export function deploymentName(g: Draw): string {
  const name = chars(g, 'abcxyz0123456789-', between(g, 2, 16))
    .replace(/^[^a-z]/, 'v')
    .replaceAll('--', '-0')
    .replace(/-$/, '9');
  return oneOf(g, [
    RESERVED.test(name) ? `v${name.slice(1)}` : name,
    'abcdefghijklmnop',
    'voice-prod',
    'a-b-c-d-e-f-g-h0',
  ]);
}

const PROSE = [
  '',
  'support',
  'calm scheduler who confirms date, place and name before booking',
  'Rückfragen & „Beschwerden“',
  '予約窓口',
  'citas — recepcionista paciente',
  'yes',
  'null',
  '007',
  'it\'s "quoted"',
  '# no comment',
  '👩🏽‍⚕️ refills',
];

/** What people write about people. Full stops, colons and slashes are left out: co-location takes them for hosts. */
export const prose = (g: Draw): string => oneOf(g, PROSE) || `p${g(string, ANY_TEXT).replaceAll(/[.:/@]/g, ' ')}`;

const ANY_TEXT = { unit: 'grapheme', maxLength: 30 } as const;

/** Seven to fifteen digits. */
export const e164 = (g: Draw): string => `+${scaled(g, 1_000_000, 999_999_999_999_999)}`;
