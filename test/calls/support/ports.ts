export * from '../../../lab/ports';
