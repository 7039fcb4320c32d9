import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { buildClient } from '../../bin/build/client'
import { startDatabase } from '../../bin/database/start'

declare module 'vitest' {
  interface ProvidedContext {
    /** A server on which tests make databases of their own; without a database's name. */
    databaseUrl: string
  }
}

/**
 * What a whole site needs before any test, once for all projects of a run: the manifest through which pages
 * name their scripts, and a private database server, or the one that TEST_DATABASE_URL or DATABASE_URL names.
 */
export default async function setup({ vitest }: TestProject): Promise<(() => Promise<void>) | undefined> {
  const shared = vitest.getRootProject()
  if (shared.getProvidedContext().databaseUrl) return undefined
  await buildClient()
  const given = process.env.TEST_DATABASE_URL ?? process.env.DATABASE_URL
  if (given) {
    const url = new URL(given)
    url.pathname = '/'
    shared.provide('databaseUrl', url.href)
    return undefined
  }
  const dir = mkdtempSync(join(tmpdir(), 'lms-test-'))
  const server = await startDatabase({ dir, durable: false, fetchDir: '.data/server', log: console.log })
  shared.provide('databaseUrl', server.url)
  return async () => {
    await server.stop()
    rmSync(dir, { recursive: true, force: true })
  }
}
