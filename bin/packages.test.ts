import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { reasonToInstall, root } from './packages.mjs'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lms-packages-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const lockfile = {
  '': { name: 'lms' },
  'node_modules/hono': { version: '4.13.19', integrity: 'sha512-hono' },
  'node_modules/@esbuild/darwin-arm64': { version: '0.28.2', integrity: 'sha512-mac', optional: true },
}
const { '': _, 'node_modules/@esbuild/darwin-arm64': __, ...here } = lockfile

function write(wanted: object, installed?: object) {
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ packages: wanted }))
  mkdirSync(join(folder, 'node_modules'))
  if (installed) {
    writeFileSync(join(folder, 'node_modules/.package-lock.json'), JSON.stringify({ packages: installed }))
  }
}

describe('whether packages must be installed', () => {
  it('is not so when what the lockfile names is there, other platforms left out', () => {
    write(lockfile, here)
    expect(reasonToInstall(folder)).toBeUndefined()
  })

  it('is so when nothing is there, or an installation was cut short', () => {
    write(lockfile)
    expect(reasonToInstall(folder)).toBe('they are missing')
  })

  it('is so when a package is missing or another version', () => {
    write(lockfile, { 'node_modules/hono': { version: '4.13.18', integrity: 'sha512-old' } })
    expect(reasonToInstall(folder)).toContain('hono')
    rmSync(join(folder, 'node_modules'), { recursive: true })
    write(lockfile, {})
    expect(reasonToInstall(folder)).toContain('hono')
  })

  it('is not so for this checkout while its tests run', () => {
    expect(reasonToInstall(root)).toBeUndefined()
  })
})
