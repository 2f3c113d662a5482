const { transform } = require('./jest.config');

/** Calls through real daemons: one file at a time, so that two tests never share a core's jitter. */
/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test/calls'],
  testMatch: ['**/*.test.ts'],
  testTimeout: 60_000,
  maxWorkers: 1,
  transform,
};
