import type { Basis } from './sources';

/** Services of AWS that may carry health information under its agreement, by the first words of their resource types. */
export interface EligibleService {
  readonly service: string;
  /** AWS's own list was not read: nothing here is `verified`. */
  readonly basis: Exclude<Basis, 'verified'>;
  readonly source: string;
  readonly checkedOn: string;
}

const LISTED = {
  basis: 'secondary',
  source: 'contents list of the AWS whitepaper "Architecting for HIPAA Security and Compliance", older editions',
  checkedOn: '2026-11-22',
} as const;

const LISTED_TOO = {
  ...LISTED,
  source: 'the same, editions of 2018 to 2021 as third parties reproduce them',
  checkedOn: '2026-11-26',
} as const;

const ASSUMED = {
  basis: 'general-knowledge',
  source: 'general knowledge: look it up in the AWS HIPAA Eligible Services Reference',
  checkedOn: '2026-11-22',
} as const;

const BEDROCK = { basis: 'secondary', source: 'A14: third-party page of 2026-06-12', checkedOn: '2026-11-22' } as const;

/** What is eligible changes: this is data of a day. Eligibility is per service, not per model or feature. */
export const HIPAA_ELIGIBLE: Readonly<Record<string, EligibleService>> = {
  'AWS::Bedrock': { service: 'Amazon Bedrock', ...BEDROCK },
  'AWS::BedrockAgentCore': { service: 'Amazon Bedrock AgentCore', ...BEDROCK },
  'AWS::Transcribe': {
    service: 'Amazon Transcribe',
    basis: 'secondary',
    source: 'Amazon Transcribe developer guide, as quoted',
    checkedOn: '2026-11-22',
  },
  'AWS::CloudWatch': { service: 'Amazon CloudWatch', ...LISTED },
  'AWS::Comprehend': { service: 'Amazon Comprehend', ...LISTED },
  'AWS::Connect': { service: 'Amazon Connect', ...LISTED },
  'AWS::DynamoDB': { service: 'Amazon DynamoDB', ...LISTED },
  'AWS::EC2': { service: 'Amazon EC2, EBS and VPC', ...LISTED },
  'AWS::ECR': { service: 'Amazon ECR', ...LISTED },
  'AWS::ECS': { service: 'Amazon ECS', ...LISTED },
  'AWS::EKS': { service: 'Amazon EKS', ...LISTED },
  'AWS::Events': { service: 'Amazon EventBridge', ...LISTED },
  'AWS::GuardDuty': { service: 'Amazon GuardDuty', ...LISTED },
  'AWS::HealthLake': { service: 'AWS HealthLake', ...LISTED },
  'AWS::InspectorV2': { service: 'Amazon Inspector', ...LISTED },
  'AWS::Logs': { service: 'Amazon CloudWatch Logs', ...LISTED },
  'AWS::S3': { service: 'Amazon S3', ...LISTED },
  'AWS::ApiGateway': { service: 'Amazon API Gateway', ...LISTED_TOO },
  'AWS::ApiGatewayV2': { service: 'Amazon API Gateway', ...LISTED_TOO },
  'AWS::Athena': { service: 'Amazon Athena', ...LISTED_TOO },
  'AWS::EFS': { service: 'Amazon EFS', ...LISTED_TOO },
  'AWS::ElastiCache': { service: 'Amazon ElastiCache', ...LISTED_TOO },
  'AWS::ElasticLoadBalancing': { service: 'Elastic Load Balancing', ...LISTED_TOO },
  'AWS::ElasticLoadBalancingV2': { service: 'Elastic Load Balancing', ...LISTED_TOO },
  'AWS::FSx': { service: 'Amazon FSx', ...LISTED_TOO },
  'AWS::Kinesis': { service: 'Amazon Kinesis Data Streams', ...LISTED_TOO },
  'AWS::KinesisFirehose': { service: 'Amazon Data Firehose', ...LISTED_TOO },
  'AWS::KMS': { service: 'AWS KMS', ...LISTED_TOO },
  'AWS::Lambda': { service: 'AWS Lambda', ...LISTED_TOO },
  'AWS::OpenSearchService': { service: 'Amazon OpenSearch Service', ...LISTED_TOO },
  'AWS::RDS': { service: 'Amazon RDS', ...LISTED_TOO },
  'AWS::Route53': { service: 'Amazon Route 53', ...LISTED_TOO },
  'AWS::SNS': { service: 'Amazon SNS', ...LISTED_TOO },
  'AWS::SQS': { service: 'Amazon SQS', ...LISTED_TOO },
  'AWS::SSM': { service: 'AWS Systems Manager', ...LISTED_TOO },
  'AWS::Backup': { service: 'AWS Backup', ...ASSUMED },
  'AWS::CloudTrail': { service: 'AWS CloudTrail', ...ASSUMED },
  'AWS::Config': { service: 'AWS Config', ...ASSUMED },
  'AWS::GlobalAccelerator': { service: 'AWS Global Accelerator', ...ASSUMED },
  'AWS::KinesisVideo': { service: 'Amazon Kinesis Video Streams', ...ASSUMED },
  'AWS::Route53Resolver': { service: 'Amazon Route 53 Resolver', ...ASSUMED },
  'AWS::SecretsManager': { service: 'AWS Secrets Manager', ...ASSUMED },
};

/** Services that hold settings, names and permissions, and through which no call and no record passes. */
export const CARRIES_NO_CALL_DATA: ReadonlySet<string> = new Set([
  'AWS::AccessAnalyzer',
  'AWS::ApplicationAutoScaling',
  'AWS::AutoScaling',
  'AWS::AutoScalingPlans',
  'AWS::Budgets',
  'AWS::CDK',
  'AWS::CE',
  'AWS::CertificateManager',
  'AWS::CloudFormation',
  'AWS::ControlTower',
  'AWS::IAM',
  'AWS::ImageBuilder',
  'AWS::Organizations',
  'AWS::RAM',
  'AWS::ResourceGroups',
  'AWS::SSO',
  'AWS::ServiceCatalog',
  'AWS::ServiceDiscovery',
  'AWS::Shield',
]);
