import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { fileWorld } from '../test/world'
import { buildServer } from './build/server'

const world = fileWorld()
const folder = mkdtempSync(join(tmpdir(), 'lms-image-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** As in the image: no packages, and what is copied into it. */
function npmRun(name: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync('npm', ['run', '--silent', name, '--', ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH, NODE_ENV: 'production', DATABASE_URL: world.environment.DATABASE_URL },
    encoding: 'utf8',
  })
  return { status, said: stdout + stderr }
}

describe('a command of the README without the development packages', () => {
  it('says what to install, and runs where it was built', async () => {
    mkdirSync(join(folder, 'bin'))
    for (const file of ['package.json', 'bin/run.mjs', 'drizzle'])
      cpSync(file, join(folder, file), { recursive: true })
    for (const name of ['build', 'migrate', 'admin'])
      expect([name, npmRun(name)]).toEqual([
        name,
        { status: 1, said: expect.stringContaining('npm ci --include=dev') },
      ])

    await buildServer(join(folder, 'dist'))
    expect(npmRun('migrate')).toEqual({ status: 0, said: expect.stringContaining('up to date') })
    expect(npmRun('admin', 'nobody@example.com')).toEqual({
      status: 1,
      said: expect.stringContaining('nobody@example.com'),
    })
  })
})
