import './cleanup';

export * from '../../../lab/daemon';
