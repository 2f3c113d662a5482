import { stringify } from 'yaml';
import { yamlFile } from '../support/config';

/** As a person would write it: no anchors, no aliases. */
export const textOf = (config: unknown): string => stringify(config, { aliasDuplicateObjects: false });

export const fileOf = (config: unknown): string => yamlFile(textOf(config));
