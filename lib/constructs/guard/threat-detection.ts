import { CfnDetector } from 'aws-cdk-lib/aws-guardduty';
import { Construct } from 'constructs';

/** GuardDuty, for accounts that do not have it: one detector a region, with watch over objects and over suspect volumes. */
export class ThreatDetection extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new CfnDetector(this, 'Detector', {
      enable: true,
      findingPublishingFrequency: 'FIFTEEN_MINUTES',
      features: [
        { name: 'S3_DATA_EVENTS', status: 'ENABLED' },
        { name: 'EBS_MALWARE_PROTECTION', status: 'ENABLED' },
      ],
    });
  }
}
