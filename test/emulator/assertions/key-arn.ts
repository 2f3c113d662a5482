import { DescribeKeyCommand } from '@aws-sdk/client-kms';
import type { Region } from './aws';
import { present } from './check';

/** @param alias with the `alias/` prefix */
export async function keyArn({ kms }: Region, alias: string): Promise<string> {
  const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: alias }));
  return present(KeyMetadata?.Arn, `ARN of the key ${alias}`);
}
