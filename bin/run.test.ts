import { execFile } from 'node:child_process'
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
function npmRun(name: string, ...args: string[]): Promise<{ status: unknown; said: string }> {
  const options = {
    cwd: folder,
    env: { ...world.environment, PATH: process.env.PATH, NODE_ENV: 'production' },
  }
  return new Promise((resolve) => {
    execFile('npm', ['run', '--silent', name, '--', ...args], options, (error, stdout, stderr) =>
      resolve({ status: error ? error.code : 0, said: stdout + stderr }),
    )
  })
}

describe('a command of the README without the development packages', () => {
  it('says what to install, and runs where it was built', async () => {
    mkdirSync(join(folder, 'bin'))
    for (const file of ['package.json', 'bin/run.mjs', 'drizzle'])
      cpSync(file, join(folder, file), { recursive: true })
    const commands = ['build', 'migrate', 'admin', 'reconcile', 'reseal', 'doctor', 'backup', 'restore']
    for (const name of commands)
      expect([name, await npmRun(name)]).toEqual([
        name,
        { status: 1, said: expect.stringContaining('npm ci --include=dev') },
      ])

    await buildServer(join(folder, 'dist'))
    expect(await npmRun('migrate')).toEqual({ status: 0, said: expect.stringContaining('up to date') })
    expect(await npmRun('migrate', '--status')).toEqual({
      status: 0,
      said: expect.stringContaining('applied'),
    })
    expect(await npmRun('reseal')).toEqual({
      status: 0,
      said: '0 sealed anew with APP_SECRET. Nothing that is kept needs APP_SECRET_OLD.\n',
    })
    expect(await npmRun('reconcile', '--list')).toEqual({
      status: 0,
      said: 'Every video has its chapter, and every chapter its video.\n',
    })
    expect(await npmRun('admin', 'nobody@example.com')).toEqual({
      status: 1,
      said: expect.stringContaining('nobody@example.com'),
    })
    const { said } = await npmRun('doctor')
    expect(said).toMatch(/^Database\n {2}ok {13}version: /)
    expect(said).toContain('signing key: sandbox-signing-key belongs to the environment of the token')
  })

  it('backs up and restores', async () => {
    expect(await npmRun('backup', 'lms.gz')).toEqual({
      status: 0,
      said: expect.stringContaining('in lms.gz'),
    })
    expect(await npmRun('backup', 'lms.gz')).toEqual({
      status: 1,
      said: expect.stringContaining('exists already'),
    })
    expect(await npmRun('restore', 'lms.gz')).toEqual({
      status: 0,
      said: expect.stringContaining('quarantine'),
    })
    expect(await npmRun('restore', '--release')).toEqual({
      status: 0,
      said: expect.stringContaining('The quarantine is over.'),
    })
    expect(await npmRun('restore')).toEqual({ status: 1, said: expect.stringContaining('Usage') })
  })
})
