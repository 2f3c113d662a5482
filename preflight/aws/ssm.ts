import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { Answer } from '../../aws/answer';
import { BOOTSTRAP_PARAMETER } from '../facts/wanted';
import { answering, Incomplete } from '../../aws/errors';
import { clientConfig, type ReaderProps } from '../../aws/reader';

export class SsmReader {
  private readonly props: ReaderProps;
  private readonly ssm: SSMClient;

  constructor(props: ReaderProps) {
    this.props = props;
    this.ssm = new SSMClient(clientConfig(props));
  }

  /** Version of the CDK bootstrap; undefined where nobody has bootstrapped. */
  bootstrapVersion(): Promise<Answer<number | undefined>> {
    return this.props.ask('ssm:GetParameter', async (abortSignal) => {
      const version = await this.ssm
        .send(new GetParameterCommand({ Name: BOOTSTRAP_PARAMETER }), { abortSignal })
        .then(({ Parameter }) => Parameter?.Value)
        .catch(answering(undefined, 'ParameterNotFound'));
      if (version !== undefined && !/^\d+$/.test(version)) throw new Incomplete(`no number in ${BOOTSTRAP_PARAMETER}`);
      return version === undefined ? undefined : Number(version);
    });
  }
}
