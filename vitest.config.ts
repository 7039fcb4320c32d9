import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config'

/** Decisions and pure functions: plain calls that need no site. */
const pure = [
  'src/rules/**/*.test.ts',
  'src/browser/**/*.test.ts',
  'src/*.test.ts',
  'src/worker/**/*.test.ts',
  'test/{architecture,settings}.test.ts',
]
const all = ['{src,views,test}/**/*.test.{ts,tsx}', '{bin,sandbox}/**/*.test.ts']

const project = (
  name: string,
  include: string[],
  { exclude = [], globalSetup = ['test/setup/site.ts'] }: { exclude?: string[]; globalSetup?: string[] } = {},
): TestProjectInlineConfiguration => ({ extends: true, test: { name, include, exclude, globalSetup } })

export default defineConfig({
  test: {
    projects: [
      project('rules', pure, { globalSetup: [] }),
      project('app', all, { exclude: [...pure, 'test/{browser,runtime,engines}/**'] }),
      project('browser', ['test/browser/**/*.test.ts']),
      project('runtime', ['test/runtime/**/*.test.ts']),
      // Only with browsers that `npm run engines` has found.
      ...(process.env.ENGINES ? [project('engines', ['test/engines/**/*.test.ts'])] : []),
    ],
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
