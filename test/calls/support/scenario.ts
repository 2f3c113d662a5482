export * from '../../../lab/scenario';
