import { GetRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import type { AccountFacts } from '../facts/facts';
import { SERVICE_LINKED_ROLES } from '../facts/wanted';
import { answering } from '../../aws/errors';
import { clientConfig, type ReaderProps } from '../../aws/reader';

export class IamReader {
  private readonly props: ReaderProps;
  private readonly iam: IAMClient;

  constructor(props: ReaderProps) {
    this.props = props;
    this.iam = new IAMClient(clientConfig(props));
  }

  serviceRoles(): Promise<AccountFacts['serviceRoles']> {
    return Promise.all(
      Object.entries(SERVICE_LINKED_ROLES).map(async ([service, name]) => ({
        service,
        present: await this.hasRole(name),
      })),
    );
  }

  private hasRole(RoleName: string) {
    return this.props.ask('iam:GetRole', (abortSignal) =>
      this.iam
        .send(new GetRoleCommand({ RoleName }), { abortSignal })
        .then(() => true)
        .catch(answering(false, 'NoSuchEntityException', 'NoSuchEntity')),
    );
  }
}
