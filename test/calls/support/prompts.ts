export * from '../../../lab/prompts';
