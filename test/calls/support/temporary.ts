import './cleanup';

export * from '../../../lab/temporary';
