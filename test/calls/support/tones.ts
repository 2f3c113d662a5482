export * from '../../../lab/sound';
