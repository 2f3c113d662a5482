import {
  GetAWSDefaultServiceQuotaCommand,
  GetServiceQuotaCommand,
  ServiceQuotasClient,
} from '@aws-sdk/client-service-quotas';
import type { Answer } from '../../aws/answer';
import { answering, given } from '../../aws/errors';
import { clientConfig, type ReaderProps } from '../../aws/reader';

export interface QuotaCode {
  readonly service: string;
  readonly code: string;
}

export class QuotaReader {
  private readonly props: ReaderProps;
  private readonly quotas: ServiceQuotasClient;

  constructor(props: ReaderProps) {
    this.props = props;
    this.quotas = new ServiceQuotasClient(clientConfig(props));
  }

  /** The value applied to the account or, where nobody ever asked for another, the default. */
  async quota({ service: ServiceCode, code: QuotaCode }: QuotaCode): Promise<Answer<number>> {
    const applied = await this.props.ask('servicequotas:GetServiceQuota', (abortSignal) =>
      this.quotas
        .send(new GetServiceQuotaCommand({ ServiceCode, QuotaCode }), { abortSignal })
        .then(({ Quota }) => Quota?.Value)
        .catch(answering(undefined, 'NoSuchResourceException')),
    );
    if (!applied.known) return applied;
    return applied.value === undefined
      ? this.byDefault({ ServiceCode, QuotaCode })
      : { ...applied, value: applied.value };
  }

  private byDefault(input: { readonly ServiceCode: string; readonly QuotaCode: string }): Promise<Answer<number>> {
    return this.props.ask('servicequotas:GetAWSDefaultServiceQuota', async (abortSignal) => {
      const { Quota } = await this.quotas.send(new GetAWSDefaultServiceQuotaCommand(input), { abortSignal });
      return given(Quota?.Value, 'value');
    });
  }
}
