import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, it } from 'vitest'

interface Import {
  from: string
  to: string
  isType: boolean
}

const sources = ['src', 'views', 'bin', 'sandbox', 'test'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name).replaceAll('\\', '/'))
    .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.d.ts')),
)
const isTest = (file: string) => /\.test\.tsx?$/.test(file) || file.startsWith('test/')
const isProduct = (file: string) => /^(src|views)\//.test(file) && !isTest(file)
const textOf = (file: string) => readFileSync(file, 'utf8')

const imports: Import[] = sources.flatMap((from) =>
  [
    ...textOf(from).matchAll(
      /(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?'([^']+)'|import\('([^']+)'\)/g,
    ),
  ].map(([, type, stated, lazy]) => {
    const to = stated ?? lazy ?? ''
    return {
      from,
      to: to.startsWith('.') ? normalize(join(dirname(from), to)) : to,
      isType: type !== undefined,
    }
  }),
)
const product = imports.filter(({ from }) => isProduct(from))
const local = product.filter(({ to }) => /^(src|views|bin|sandbox|test|drizzle|dist)\//.test(to))

/** The longest of these places that `path` is, or lies in. */
const placeOf = (path: string, places: string[]): string | undefined =>
  places
    .filter((place) => path === place || path.startsWith(`${place}/`))
    .sort((a, b) => b.length - a.length)[0]
const isIn = (path: string, places: string[]) => placeOf(path, places) !== undefined

interface Place {
  may: string[]
  /** Imported as types only. */
  types?: string[]
  /** Nothing of what everyone else may. */
  alone?: boolean
}

/** Whom the files of a place may import beside each other. */
const places: Record<string, Place> = {
  'src/node': { may: ['src'] },
  'src/serve': { may: ['src'] },
  'src/cluster': { may: ['src/rules'] },
  'src/metrics': { may: ['src/db', 'src/models/metrics', 'src/services', 'src/vendor-calls', 'src/web/env'] },
  'src/vendor-calls': { may: [], types: ['src/services'] },
  'src/node-app': { may: ['src'] },
  'src/stop': { may: ['src/jobs/runner', 'src/services'] },
  'src/worker': { may: ['src'] },
  'src/app': { may: ['src/routes', 'src/web', 'views/layout', 'views/error'] },
  'src/services': { may: ['src/ports', 'src/db'] },
  'src/routes': { may: ['src/models', 'src/rules', 'src/web', 'src/services', 'views'] },
  'src/web': {
    may: [
      'src/models/account/session',
      'src/models/limit',
      'src/rules',
      'src/services',
      'views/layout',
      'views/error',
      'dist/manifest.json',
    ],
  },
  'src/web/guards': { may: ['src/web', 'src/models', 'src/services'] },
  'src/models': { may: ['src/db', 'src/rules', 'src/services'], types: ['src/ports'] },
  'src/jobs': {
    may: ['src/models', 'src/rules', 'src/ports/mail/emails'],
    types: ['src/services', 'src/ports/mail/mail'],
  },
  'src/config': { may: ['src/rules/purchases/gstin'] },
  'src/db': { may: ['drizzle/meta'] },
  'src/rules': { may: [], alone: true },
  'src/ports/files': { may: [] },
  'src/ports/identity': { may: [] },
  'src/ports/mail': { may: ['src/rules', 'views/mail'] },
  'src/ports/otp': { may: [] },
  'src/ports/payments': { may: [] },
  'src/ports/video': { may: [] },
  'src/browser': { may: ['src/rules', 'src/paths'], alone: true },
  views: { may: ['src/rules'], types: ['src/models', 'src/ports'] },
}

/** What stands alone and anybody may import. */
const everyone = ['check', 'config', 'crypto', 'errors', 'ids', 'json', 'log', 'paths', 'redaction'].map(
  (name) => `src/${name}`,
)
const time = 'src/rules/time'

function isAllowed({ from, to, isType }: Import): boolean {
  const file = from.replace(/\.tsx?$/, '')
  if (isIn(file, everyone) && isIn(to, everyone)) return true
  const name = placeOf(file, Object.keys(places))
  const place = name && places[name]
  if (!place || (isIn(file, everyone) && !isIn(to, place.may))) return false
  if (isIn(to, [name, ...place.may]) || (isType && isIn(to, place.types ?? []))) return true
  return !place.alone && isIn(to, [...everyone, time])
}

const told = (list: Import[]) => list.map(({ from, to }) => `${from} -> ${to}`)

/** Packages that only some places may import. */
const vendors: Record<string, string[]> = {
  '@mux/mux-node': ['src/ports/video'],
  razorpay: ['src/ports/payments'],
  uploadthing: ['src/ports/files'],
  nodemailer: ['src/ports/mail'],
  mongodb: ['src/ports/otp'],
  arctic: ['src/ports/identity'],
  'prom-client': ['src/metrics.ts', 'src/cluster'],
  oslo: ['src/crypto.ts'],
  uqr: ['views/parts/qr-code.tsx'],
  'node:crypto': ['src/models/account/password.ts'],
  'drizzle-orm': ['src/db', 'src/models'],
  mysql2: ['src/db'],
  hono: [
    'src/app.tsx',
    'src/node-app.ts',
    'src/worker.ts',
    'src/web',
    'src/routes',
    'views',
    'src/ports/mail/emails.tsx',
  ],
}

const areas = ['account', 'admin', 'catalogue', 'learn', 'purchases', 'teach']
/** What else stands beside the areas of a layer, tests apart. */
const roots: Record<string, string[]> = {
  'src/models': [
    ...['access', 'audit', 'breaker', 'expiry', 'job', 'job-ending', 'job-queue'],
    ...[
      'limit',
      'metrics',
      'quarantine',
      'readiness',
      'sealed-values',
      'stored-file',
      'webhook-event',
      'write-probe',
    ],
  ],
  'src/routes': ['health', 'uploads', 'webhooks'],
  views: ['error', 'layout', 'mail', 'parts'],
}
const rest = [
  'app',
  'browser',
  'cluster',
  'db',
  'jobs',
  'metrics',
  'models',
  'node',
  'node-app',
  'ports',
  'routes',
  'rules',
  'serve',
  'services',
  'stop',
  'vendor-calls',
  'web',
  'worker',
]
const top = [...everyone.map((name) => name.slice(4)), ...rest]

const namesIn = (folder: string) => [
  ...new Set(
    readdirSync(folder)
      .filter((name) => !/\.test\.tsx?$|\.d\.ts$/.test(name))
      .map((name) => name.replace(/\.tsx?$/, '')),
  ),
]

describe('the house', () => {
  it('is found at all', () => {
    expect(local.length).toBeGreaterThan(200)
  })

  it('imports only in the agreed directions', () => {
    expect(told(local.filter((one) => !isAllowed(one)))).toEqual([])
  })

  it('has no rule for a place that is not there', () => {
    const known = [...Object.keys(places), ...everyone, time]
    expect(
      known.filter((place) => !sources.some((file) => isIn(file.replace(/\.tsx?$/, ''), [place]))),
    ).toEqual([])
  })

  it('keeps every sandbox out of what is shipped, and out of models and views', () => {
    expect(told(product.filter(({ to }) => isIn(to, ['bin', 'sandbox', 'test'])))).toEqual([])
    const standIns = imports.filter(({ from }) => from.startsWith('sandbox/') && !isTest(from))
    expect(told(standIns.filter(({ to }) => isIn(to, ['src/models', 'views'])))).toEqual([])
  })

  it('lets only adapters speak to vendors, and one file each to drivers and cryptography', () => {
    const outside = product.filter(({ from, to }) => {
      const name = placeOf(to, Object.keys(vendors))
      return name !== undefined && !isIn(from, vendors[name] ?? [])
    })
    expect(told(outside)).toEqual([])
    const ciphers = sources.filter((file) => isProduct(file) && /\bcrypto\.subtle\b/.test(textOf(file)))
    expect(ciphers).toEqual(['src/crypto.ts'])
  })

  it('calculates hours and days in one file', () => {
    const length = /\b24 \* 3600|\b60 \* 60\b|\b3_?600(_?000)?\b|\b86_?400(_?000)?\b/
    const own = sources.filter((file) => file.startsWith('src/') && length.test(textOf(file)))
    expect(own.filter((file) => file !== `${time}.ts`)).toEqual([])
  })

  it('knows htmx in one file of the server', () => {
    const speakers = sources.filter((file) => isProduct(file) && /['"]HX-/.test(textOf(file)))
    expect(
      speakers.filter((file) => !isIn(file, ['src/web/html.tsx', 'src/app.tsx', 'src/browser'])),
    ).toEqual([])
  })

  it.each(Object.entries(roots))('has the same areas in %s, and little beside them', (layer, others) => {
    expect(namesIn(layer).sort()).toEqual([...areas, ...others].sort())
  })

  it('has nothing at its top but what is named', () => {
    expect(namesIn('src').sort()).toEqual([...top].sort())
  })

  it('has files of one job each', () => {
    const long = sources.filter(
      (file) => file !== 'src/db/schema.ts' && textOf(file).split('\n').length > 251,
    )
    expect(long).toEqual([])
  })

  it('names its files as the field does', () => {
    const vague = /(^|[-/])(utils?|helpers?|lib|managers?|common|misc|index)(\.|\/|-)/
    expect(sources.filter((file) => vague.test(file) || /[A-Z]/.test(file))).toEqual([])
  })
})
