import type { CellPlan } from './types';

/** Cells one VPC has room for: each takes a quarter, of which inference gets half, media a quarter, edge and data an eighth. */
export const MAX_CELLS = 4;

/**
 * Subnets of a cell, cut from the VPC by position so that a cell added later moves no other.
 * @param vpcCidr between /16 and /20, aligned
 */
export function subnetsOfCell(vpcCidr: string, index: number): CellPlan['subnets'] {
  const [address = '', prefixText = ''] = vpcCidr.split('/');
  const cellPrefix = Number(prefixText) + 2;
  const start = toNumber(address) + index * sizeOf(cellPrefix);
  const half = sizeOf(cellPrefix + 1);
  const cidr = (offset: number, extraBits: number): string => `${toAddress(start + offset)}/${cellPrefix + extraBits}`;
  return { inference: cidr(0, 1), media: cidr(half, 2), edge: cidr(half * 1.5, 3), data: cidr(half * 1.75, 3) };
}

const sizeOf = (prefix: number): number => 2 ** (32 - prefix);

const toNumber = (address: string): number => address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);

const toAddress = (value: number): string =>
  [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
