import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: [
      'src/**/*.test.{ts,tsx}',
      'views/**/*.test.{ts,tsx}',
      'bin/**/*.test.ts',
      'sandbox/**/*.test.ts',
      'test/**/*.test.{ts,tsx}',
    ],
    globalSetup: ['test/setup/client.ts', 'test/setup/database.ts'],
    env: { NODE_ENV: 'test' },
    silent: 'passed-only',
    pool: 'forks',
    // No module keeps state, so test files may share what is loaded.
    isolate: false,
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
})
