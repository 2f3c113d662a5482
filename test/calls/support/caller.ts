import './cleanup';

export * from '../../../lab/caller';
