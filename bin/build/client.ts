import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'
import esbuild, { type BuildOptions, type BuildResult, type OutputFile } from 'esbuild'
import { removeOldBuilds } from './two-builds'

const entries = [
  'app.ts',
  'purchases/checkout.ts',
  'teach/teach.ts',
  'upload/upload.ts',
  'teach/video/video-upload.ts',
  'learn/watch.ts',
]
  .map((name) => `src/browser/${name}`)
  .concat('public/styles/app.css')
const folder = 'public/assets'
const mapsFolder = 'dist/maps'
const manifestFile = 'dist/manifest.json'
const buildsFile = 'dist/builds.json'

// hls.js stays whole: its light build is 33 KB smaller and knows no captions.
const options: BuildOptions = {
  outdir: folder,
  bundle: true,
  splitting: true,
  format: 'esm',
  target: 'es2022',
  minify: true,
  sourcemap: true,
  entryNames: '[name]-[hash]',
  chunkNames: 'chunks/[name]-[hash]',
  assetNames: '[name]-[hash]',
  loader: { '.svg': 'dataurl', '.woff2': 'file' },
  define: { 'process.env.NODE_ENV': '"production"' },
  metafile: true,
  write: false,
  logLevel: 'warning',
}

/** `fresh` removes what is older than two builds and compresses; pages that are open need the last. */
export async function buildClient({ fresh = false } = {}): Promise<void> {
  const built = await esbuild.build({
    ...options,
    entryPoints: entries,
    sourcemap: fresh ? 'external' : true,
  })
  if (!fresh) return writeAssets(built)
  const maps = outputs(built).filter(isMap)
  const result = { ...built, outputFiles: outputs(built).filter((file) => !isMap(file)) }
  // For whoever has the site, and not for each visitor.
  for (const { path, contents } of maps) replace(join(mapsFolder, basename(path)), contents)
  writeAssets(result)
  removeOldBuilds(
    folder,
    buildsFile,
    result.outputFiles.map(({ path }) => basename(path)),
  )
  await Promise.all(result.outputFiles.map(compress))
}

export async function watchClient(): Promise<() => Promise<void>> {
  const context = await esbuild.context({
    ...options,
    entryPoints: entries,
    plugins: [
      {
        name: 'assets',
        setup: (build) =>
          build.onEnd((result) => {
            if (result.errors.length === 0) writeAssets(result)
          }),
      },
    ],
  })
  await context.rebuild()
  await context.watch()
  return () => context.dispose()
}

function outputs(result: BuildResult): OutputFile[] {
  return result.outputFiles ?? []
}

const isMap = ({ path }: OutputFile) => path.endsWith('.map')

/** A name carries the hash of its content, so a file that exists is never written again. */
function writeAssets(result: BuildResult): void {
  for (const file of outputs(result)) {
    if (!existsSync(file.path)) replace(file.path, file.contents)
  }
  const addresses = Object.entries(result.metafile?.outputs ?? {}).flatMap(([path, { entryPoint }]) =>
    entryPoint && entries.includes(entryPoint)
      ? [[basename(entryPoint).replace(/\.ts$/, '.js'), path.replace(/^public/, '')]]
      : [],
  )
  const manifest = `${JSON.stringify(Object.fromEntries(addresses.sort()), null, 2)}\n`
  if (existsSync(manifestFile) && readFileSync(manifestFile, 'utf8') === manifest) return
  replace(manifestFile, manifest)
}

/** So that nobody ever reads half a file. */
function replace(path: string, content: string | Uint8Array): void {
  mkdirSync(join(path, '..'), { recursive: true })
  const beside = `${path}.${process.pid}`
  writeFileSync(beside, content)
  renameSync(beside, path)
}

async function compress({ path, contents }: OutputFile): Promise<void> {
  replace(`${path}.br`, await promisify(brotliCompress)(contents))
  replace(`${path}.gz`, await promisify(gzip)(contents))
}
