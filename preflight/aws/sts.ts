import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { Answer } from '../../aws/answer';
import type { Caller } from '../facts/facts';
import { given } from '../../aws/errors';
import { clientConfig, type ReaderProps } from '../../aws/reader';

/** Whose credentials these are; no policy can forbid the question. */
export class StsReader {
  private readonly props: ReaderProps;
  private readonly sts: STSClient;

  constructor(props: ReaderProps) {
    this.props = props;
    this.sts = new STSClient(clientConfig(props));
  }

  caller(): Promise<Answer<Caller>> {
    return this.props.ask('sts:GetCallerIdentity', async (abortSignal) => {
      const { Account, Arn } = await this.sts.send(new GetCallerIdentityCommand({}), { abortSignal });
      return { account: given(Account, 'account'), arn: given(Arn, 'ARN') };
    });
  }
}
