import type { GpuDeviceInfo, InstanceTypeInfo } from '@aws-sdk/client-ec2';
import type { Architecture, Gpu, InstanceType } from '../types';

/** Specs of a type as EC2 describes it, or undefined when the answer lacks one that cannot be done without. */
export function specOf(info: InstanceTypeInfo): InstanceType | undefined {
  const vcpu = info.VCpuInfo?.DefaultVCpus;
  const memMiB = info.MemoryInfo?.SizeInMiB;
  const arch = architectureOf(info);
  const baselineGbps = info.NetworkInfo?.NetworkCards?.[0]?.BaselineBandwidthInGbps;
  const gpu = gpuOf(info.GpuInfo?.Gpus?.[0]);
  if (!vcpu || !memMiB || !arch || !baselineGbps || (info.GpuInfo && !gpu)) return undefined;
  return {
    vcpu,
    memMiB,
    arch,
    ...(gpu && { gpu }),
    ...optional('localNvmeGB', info.InstanceStorageInfo?.TotalSizeInGB),
    baselineGbps,
    ...optional('encryptionInTransit', info.NetworkInfo?.EncryptionInTransitSupported),
    placement: (info.PlacementGroupInfo?.SupportedStrategies ?? []).toSorted(),
  };
}

function architectureOf(info: InstanceTypeInfo): Architecture | undefined {
  const supported = info.ProcessorInfo?.SupportedArchitectures ?? [];
  return (['x86_64', 'arm64'] as const).find((arch) => supported.includes(arch));
}

/** The logical count, because a fraction of a GPU has a physical count of 0. */
function gpuOf(device: GpuDeviceInfo | undefined): Gpu | undefined {
  const count = device?.LogicalGpuCount ?? device?.Count;
  const memMiBEach = device?.MemoryInfo?.SizeInMiB;
  const { Manufacturer: manufacturer, Name: model, GpuPartitionSize: share = 1 } = device ?? {};
  if (!count || !memMiBEach || !manufacturer || !model) return undefined;
  return { manufacturer, model, count, memMiBEach, ...(share < 1 && { fraction: share }) };
}

/** `{ [key]: value }`, or nothing at all where EC2 gave none: files and diffs then agree on what is absent. */
const optional = <K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } =>
  value === undefined ? {} : ({ [key]: value } as { readonly [P in K]: V });
