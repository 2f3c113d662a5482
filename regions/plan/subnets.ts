import type { CellPlan } from './cell-types';

/** AZ ids are numbered from 1; no region has a higher number than this. */
const AZ_NUMBERS = 8;

/** By how many bits the prefix of each subnet is longer than that of its cell. */
const BITS = { inference: 1, media: 2, edge: 3, data: 3 } as const;

/**
 * Subnets of a cell, cut from the VPC by the number in its AZ id, so that a cell added, removed or named in another order
 * moves no subnet of another. Each cell has an eighth: half for inference, a quarter for media, an eighth each for edge and
 * data.
 * @param vpcCidr between /16 and /20, aligned
 * @throws RangeError for an AZ id without a number from 1 to 8
 */
export function subnetsOfCell(vpcCidr: string, azId: string): CellPlan['subnets'] {
  const [address = '', prefixText = ''] = vpcCidr.split('/');
  const cellPrefix = Number(prefixText) + Math.log2(AZ_NUMBERS);
  const start = toNumber(address) + (numberOf(azId) - 1) * sizeOf(cellPrefix);
  const half = sizeOf(cellPrefix + 1);
  const cidr = (offset: number, extraBits: number): string => `${toAddress(start + offset)}/${cellPrefix + extraBits}`;
  return {
    inference: cidr(0, BITS.inference),
    media: cidr(half, BITS.media),
    edge: cidr(half * 1.5, BITS.edge),
    data: cidr(half * 1.75, BITS.data),
  };
}

/** Addresses of a subnet that AWS keeps (VPC User Guide, "Subnet CIDR blocks"). */
const KEPT_BY_AWS = 5;

/** Addresses that nodes and tasks can have in each subnet of a cell, for a VPC of this prefix. */
export function usableAddresses(vpcPrefix: number): Readonly<Record<keyof CellPlan['subnets'], number>> {
  const usable = (bits: number): number => sizeOf(vpcPrefix + Math.log2(AZ_NUMBERS) + bits) - KEPT_BY_AWS;
  return {
    inference: usable(BITS.inference),
    media: usable(BITS.media),
    edge: usable(BITS.edge),
    data: usable(BITS.data),
  };
}

function numberOf(azId: string): number {
  const number = Number(/-az(\d+)$/.exec(azId)?.[1]);
  if (number >= 1 && number <= AZ_NUMBERS) return number;
  throw new RangeError(`AZ id ${azId} has no number from 1 to ${AZ_NUMBERS}`);
}

const sizeOf = (prefix: number): number => 2 ** (32 - prefix);

const toNumber = (address: string): number => address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);

const toAddress = (value: number): string =>
  [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
