import { between, chance, oneOf, several, some, type Draw } from './draw';
import { prose } from './words';
import type { DeploymentConfig } from '../../../regions/config/schema';

export const account = (g: Draw): string => String(between(g, 0, 999_999_999_999)).padStart(12, '0');

/** Users and Identity Center roles, each in one role only; in a sandbox one person may do all but administer keys. */
export function principals(g: Draw, arnPrefix: string, purpose: string): DeploymentConfig['principals'] {
  const person = (role: string, index: number): string =>
    oneOf(g, [
      `${arnPrefix}user/${role}-${index}`,
      `${arnPrefix}user/team/${role}+${index}@example.com`,
      `${arnPrefix}role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_${role}_${index}${'0a1b2c3d4e5f6071'.slice(1)}`,
    ]);
  const people = (role: string): string[] => several(g, 1, 3, (index) => person(role, index));
  const [playback, keyAdmin] = [people('playback'), people('keys')];
  const alone = purpose === 'sandbox' && chance(g);
  return {
    playback,
    recordsOfficer: alone ? playback : people('records'),
    keyAdmin,
    breakGlass: alone ? playback : people('emergency'),
  };
}

type Attestation = NonNullable<DeploymentConfig['attestations']>[number];

export const attestations = (g: Draw): Attestation[] =>
  some(g, ['baa', 'designated-executive-officer', 'third-party', 'pen-test'], 0, 4).map((id) => ({
    id,
    statement: prose(g),
    by: prose(g),
    date: `20${between(g, 10, 99)}-0${between(g, 1, 9)}-${between(g, 10, 28)}`,
  }));
