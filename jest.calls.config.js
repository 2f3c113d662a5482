const { transform } = require('./jest.config');

/** Calls through real daemons: they wait far more than they work, so a few files share the cores. */
/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test/calls'],
  testMatch: ['**/*.test.ts'],
  testTimeout: 60_000,
  maxWorkers: 3,
  transform,
};
