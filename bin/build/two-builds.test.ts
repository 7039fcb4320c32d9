import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { removeOldBuilds } from './two-builds'

const root = mkdtempSync(join(tmpdir(), 'lms-builds-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

it('A page of the last build still finds its files after the next one, and not after the one after that', () => {
  const folder = join(root, 'assets')
  mkdirSync(join(folder, 'chunks'), { recursive: true })
  const build = (style: string) => {
    for (const file of [`app-${style}.css`, `app-${style}.css.br`, `app-${style}.css.gz`, 'chunks/same-1.js'])
      writeFileSync(join(folder, file), style)
    removeOldBuilds(folder, join(root, 'builds.json'), [`app-${style}.css`, 'same-1.js'])
    return readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()
  }
  const styles = (name: string) => ['', '.br', '.gz'].map((end) => `app-${name}.css${end}`)
  const chunks = ['chunks', 'chunks/same-1.js']
  expect(build('A')).toEqual([...styles('A'), ...chunks])
  expect(build('B')).toEqual([...styles('A'), ...styles('B'), ...chunks])
  expect(build('B')).toEqual([...styles('A'), ...styles('B'), ...chunks])
  expect(build('C')).toEqual([...styles('B'), ...styles('C'), ...chunks])
})
