import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Leaves the files of this build and of the one before it; the same build again is no other one. */
export function removeOldBuilds(folder: string, record: string, names: string[]): void {
  const files = names.toSorted()
  const before: string[][] = existsSync(record) ? JSON.parse(readFileSync(record, 'utf8')) : []
  const builds = [files, ...before.filter((other) => other.join() !== files.join())].slice(0, 2)
  writeFileSync(record, JSON.stringify(builds))
  const kept = new Set(builds.flat())
  for (const file of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const name = file.name.replace(/\.(br|gz)$/, '')
    if (file.isFile() && !kept.has(name)) rmSync(join(file.parentPath, file.name))
  }
}
