export * from '../../../lab/until';
