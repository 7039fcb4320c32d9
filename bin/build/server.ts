import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import esbuild, { type BuildOptions, type Metafile } from 'esbuild'

// Some packages inside still call require, which an ES module does not have.
const banner =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);"

const options: BuildOptions = {
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  banner: { js: banner },
  // Enough for the lines of a stack; the sources themselves would treble it.
  sourcemap: true,
  sourcesContent: false,
  metafile: true,
  logLevel: 'warning',
}

const developmentOnly =
  /sandbox|node_modules\/(mingo|smtp-server|oauth2-mock-server|mediabunny|vitest|esbuild)\//

const server = { server: 'src/node.ts' }
const commands = {
  migrate: 'bin/migrate.ts',
  backup: 'bin/backup.ts',
  restore: 'bin/restore.ts',
  admin: 'bin/admin.ts',
  reconcile: 'bin/reconcile.ts',
  doctor: 'bin/doctor.ts',
  reseal: 'bin/reseal.ts',
}

/** The server and, unless told otherwise, the commands that are shipped with it. */
export async function buildServer(outdir = 'dist', { withCommands = true } = {}): Promise<void> {
  const entryPoints = withCommands ? { ...server, ...commands } : server
  const { metafile } = await esbuild.build({ ...options, entryPoints, outdir })
  refuseSandbox(metafile)
}

export async function watchServer(outfile: string, changed: () => void): Promise<() => Promise<void>> {
  let last = ''
  const context = await esbuild.context({
    ...options,
    entryPoints: ['src/node.ts'],
    outfile,
    write: false,
    plugins: [
      {
        name: 'restart',
        setup: (build) =>
          build.onEnd(({ errors, outputFiles = [] }) => {
            const text = outputFiles.map((file) => file.text).join()
            if (errors.length > 0 || text === last) return
            last = text
            mkdirSync(dirname(outfile), { recursive: true })
            for (const file of outputFiles) writeFileSync(file.path, file.contents)
            changed()
          }),
      },
    ],
  })
  await context.rebuild()
  await context.watch()
  return () => context.dispose()
}

export function refuseSandbox(metafile: Metafile | undefined): void {
  const found = Object.keys(metafile?.inputs ?? {}).filter((path) => developmentOnly.test(path))
  if (found.length > 0) throw new Error(`Development files came into the bundle:\n${found.join('\n')}`)
}
