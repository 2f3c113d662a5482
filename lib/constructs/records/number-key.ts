import { RemovalPolicy } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { tag } from '../../tags';

export interface NumberKeyProps {
  readonly secretName: string;
  readonly key: kms.IKey;
}

/**
 * Under which callers' numbers are hashed in the ledger. Made by AWS, seen by nobody, and never rotated: with another key no
 * call of before would be found by its number.
 */
export class NumberKey extends Construct {
  readonly secret: secretsmanager.ISecret;

  constructor(scope: Construct, id: string, { secretName, key }: NumberKeyProps) {
    super(scope, id);
    this.secret = new secretsmanager.Secret(this, 'Secret', {
      secretName,
      description: 'Key of the hashes that the ledger has in place of callers’ numbers',
      encryptionKey: key,
      generateSecretString: { passwordLength: LENGTH, excludePunctuation: true },
      removalPolicy: RemovalPolicy.RETAIN,
    });
    tag(this, { dataClass: 'cdr' });
  }
}

/** Letters and digits: 381 bits of chance. */
const LENGTH = 64;
