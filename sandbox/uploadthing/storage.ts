import { createHash } from 'node:crypto'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openStore } from '../store'

export interface SandboxFile {
  key: string
  name: string
  size: number
  type: string
  acl: 'public-read' | 'private'
  contentDisposition: 'inline' | 'attachment'
  customId: string | null
  fileHash: string
  uploadedAt: number
  confirmed: boolean
}

export interface Registration {
  metadata: Record<string, unknown>
  callbackUrl: string
  callbackSlug: string
  awaitServerData: boolean
}

/** Named by a hash of their key, because not every disk tells upper from lower case. */
export async function openStorage(dataDir: string) {
  const folder = join(dataDir, 'files')
  await mkdir(folder, { recursive: true })
  const store = openStore<{
    files: Record<string, SandboxFile>
    registrations: Record<string, Registration>
  }>(join(dataDir, 'state.json'), { files: {}, registrations: {} })
  const { files, registrations } = store.state
  const path = (key: string) => join(folder, createHash('sha256').update(key).digest('hex'))

  return {
    find: (key: string): SandboxFile | undefined => (Object.hasOwn(files, key) ? files[key] : undefined),
    list: () => Object.values(files).sort((a, b) => b.uploadedAt - a.uploadedAt),
    read: (key: string) => readFile(path(key)),
    async keep(file: SandboxFile, bytes: Uint8Array) {
      await writeFile(path(file.key), bytes)
      files[file.key] = file
      store.save()
    },
    change(key: string, change: Partial<Pick<SandboxFile, 'acl' | 'confirmed'>>) {
      const file = files[key]
      if (file) Object.assign(file, change)
      store.save()
    },
    async remove(key: string): Promise<boolean> {
      if (!Object.hasOwn(files, key)) return false
      delete files[key]
      store.save()
      await rm(path(key), { force: true })
      return true
    },
    register(keys: string[], registration: Registration) {
      for (const key of keys) registrations[key] = registration
      store.save()
    },
    registration: (key: string) => (Object.hasOwn(registrations, key) ? registrations[key] : undefined),
    forget(key: string) {
      delete registrations[key]
      store.save()
    },
    close: () => store.close(),
  }
}

export type Storage = Awaited<ReturnType<typeof openStorage>>
