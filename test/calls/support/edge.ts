import './cleanup';

export * from '../../../lab/edge';
