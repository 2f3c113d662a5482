import './cleanup';

export * from '../../../lab/media-server';
