import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startDatabase } from '../../bin/database/start'

declare module 'vitest' {
  interface ProvidedContext {
    /** A server on which tests make databases of their own; without a database's name. */
    databaseUrl: string
  }
}

/** One private server for the whole run, apart from a running `npm run dev`; or the one that TEST_DATABASE_URL or DATABASE_URL names. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.TEST_DATABASE_URL ?? process.env.DATABASE_URL
  if (given) {
    const url = new URL(given)
    url.pathname = '/'
    project.provide('databaseUrl', url.href)
    return async () => {}
  }
  const dir = mkdtempSync(join(tmpdir(), 'lms-test-'))
  const server = await startDatabase({ dir, durable: false, fetchDir: '.data/server', log: console.log })
  project.provide('databaseUrl', server.url)
  return async () => {
    await server.stop()
    rmSync(dir, { recursive: true, force: true })
  }
}
