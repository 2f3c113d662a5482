import type { Resource } from '../../templates/template-set';
import type { Evidence } from '../evidence';
import { classTagsOf, STORE_CLASSES } from './tags';

/** Types that keep what is put into them. Launch templates make volumes that no template names. */
export const STORES: readonly string[] = [
  'AWS::Backup::BackupVault',
  'AWS::Backup::LogicallyAirGappedBackupVault',
  'AWS::DocDB::DBCluster',
  'AWS::DynamoDB::GlobalTable',
  'AWS::DynamoDB::Table',
  'AWS::EC2::Instance',
  'AWS::EC2::LaunchTemplate',
  'AWS::EC2::Volume',
  'AWS::ECR::Repository',
  'AWS::EFS::FileSystem',
  'AWS::ElastiCache::ReplicationGroup',
  'AWS::ElastiCache::ServerlessCache',
  'AWS::FSx::FileSystem',
  'AWS::Kinesis::Stream',
  'AWS::KinesisFirehose::DeliveryStream',
  'AWS::KinesisVideo::Stream',
  'AWS::Logs::LogGroup',
  'AWS::MSK::Cluster',
  'AWS::Neptune::DBCluster',
  'AWS::OpenSearchServerless::Collection',
  'AWS::OpenSearchService::Domain',
  'AWS::RDS::DBCluster',
  'AWS::RDS::DBInstance',
  'AWS::Redshift::Cluster',
  'AWS::S3::Bucket',
  'AWS::S3Express::DirectoryBucket',
  'AWS::SQS::Queue',
];

export const isStoreClass = (tag: unknown): boolean => STORE_CLASSES.some((one) => one === tag);

/** Stores of which it is not known what they hold. */
export const unclassifiedStores = (evidence: Evidence): readonly Resource[] =>
  evidence.ofType(...STORES).filter((store) => !classTagsOf(evidence, store).every(isStoreClass));
