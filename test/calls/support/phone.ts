import './cleanup';

export * from '../../../lab/phone';
