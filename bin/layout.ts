/** A clone runs its TypeScript as it stands; a package has it compiled, and an update replaces the package whole. */
export const inClone = __filename.endsWith('.ts');
