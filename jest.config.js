// Eight lines of each test file about a Node that the kit still supports. Read by every process that a test starts.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  // Jest leaves a core free, which on two cores is half of them.
  maxWorkers: '100%',
  // Daemons and emulators start and stop slowly on a busy machine; a test that hangs is still told.
  testTimeout: 30_000,
  // Telephone calls are in real time: what they need is a clock, not a core.
  maxConcurrency: 4,
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  // `npm run test:calls` runs these.
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/calls/'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
    ],
  },
  setupFilesAfterEnv: ['aws-cdk-lib/testhelpers/jest-autoclean'],
};
