import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import esbuild from 'esbuild'
import { afterAll, describe, expect, it } from 'vitest'
import { buildServer, refuseSandbox } from './server'

const manifest: Record<string, string> = JSON.parse(readFileSync('dist/manifest.json', 'utf8'))
const out = mkdtempSync(join(tmpdir(), 'lms-build-'))
afterAll(() => rmSync(out, { recursive: true, force: true }))

describe('the build', () => {
  it('names every entry in the manifest, each a file that loads nothing but built files', () => {
    expect(Object.keys(manifest)).toEqual(
      expect.arrayContaining(['app.css', 'app.js', 'checkout.js', 'watch.js']),
    )
    for (const address of Object.values(manifest)) {
      expect(address).toMatch(/^\/assets\/[\w-]+-[A-Z0-9]{8}\.(css|js)$/)
      const text = readFileSync(`public${address}`, 'utf8')
      expect(text).not.toMatch(/@import/)
      for (const [, path] of text.matchAll(/(?:from|import\()\s*"([^"]+)"/g)) {
        expect(path).toMatch(/^\.\/chunks\//)
        expect(existsSync(join('public/assets', String(path)))).toBe(true)
      }
    }
  })

  it('ships a server without any part of the sandbox, which starts and names what is not configured', async () => {
    await buildServer(out)
    const { status, stderr } = spawnSync(process.execPath, [join(out, 'server.js')], {
      env: { PATH: process.env.PATH },
      encoding: 'utf8',
    })
    expect(status).toBe(1)
    expect(JSON.parse(stderr).configuration).toContain('APP_ORIGIN: is missing')
  })

  it('would refuse a bundle with the sandbox inside', async () => {
    const { metafile } = await esbuild.build({
      entryPoints: ['bin/sandbox.ts'],
      bundle: true,
      packages: 'external',
      platform: 'node',
      format: 'esm',
      write: false,
      metafile: true,
      outdir: out,
    })
    expect(() => refuseSandbox(metafile)).toThrow(/sandbox.mux/)
  })
})
