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

const imports: Import[] = sources.flatMap((from) =>
  [
    ...readFileSync(from, 'utf8').matchAll(
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

/** Whom each room may import, beside its own files, packages, and what everyone may: the first room that fits counts. */
const everyone = /^src\/(errors|ids|paths|log|redaction|crypto|config)$/
const rooms: { room: RegExp; may: RegExp; types?: RegExp }[] = [
  { room: /^src\/(node|node-app|worker)\.tsx?$/, may: /./ },
  { room: /^src\/app\.tsx$/, may: /^src\/(routes|web)\/|^views\/(layout|error)$/ },
  { room: /^src\/services\.ts$/, may: /^src\/(ports|db)\// },
  { room: /^src\/(errors|ids|paths|log|redaction|crypto|config)\.ts$/, may: /^$/ },
  { room: /^src\/rules\//, may: /^src\/rules\// },
  { room: /^src\/db\//, may: /^src\/db\// },
  {
    room: /^src\/models\/readiness\.ts$/,
    may: /^src\/(models|db|rules)\/|^drizzle\//,
    types: /^src\/services$/,
  },
  {
    room: /^src\/models\//,
    may: /^src\/(models|db|rules)\/|^src\/services$/,
    types: /^src\/ports\/\w+\/\w+$/,
  },
  {
    room: /^src\/jobs\//,
    may: /^src\/(jobs|models|rules)\/|^src\/ports\/mail\/emails$/,
    types: /^src\/services$/,
  },
  { room: /^src\/ports\/mail\//, may: /^src\/ports\/mail\/|^src\/rules\/|^views\/mail\// },
  { room: /^src\/ports\/(\w+)\//, may: /^src\/ports\/\w+\// },
  { room: /^src\/routes\//, may: /^src\/(routes|models|rules|web)\/|^src\/services$|^views\// },
  { room: /^src\/web\/guards\.ts$/, may: /^src\/(web|models)\/|^src\/services$/ },
  {
    room: /^src\/web\//,
    may: /^src\/web\/|^src\/models\/(account\/session|limit)$|^src\/rules\/|^src\/services$|^views\/(layout|error)$|^dist\/manifest\.json$/,
    types: /^src\/services$/,
  },
  { room: /^src\/browser\//, may: /^src\/(browser|rules)\// },
  { room: /^views\//, may: /^views\/|^src\/rules\//, types: /^src\/(models|ports)\// },
]

const relative = imports.filter(({ to }) => /^(src|views|bin|sandbox|test|drizzle|dist)\//.test(to))

function isAllowed({ from, to, isType }: Import): boolean {
  if (everyone.test(to) && !/^src\/rules\//.test(from)) return true
  const rule = rooms.find(({ room }) => room.test(from))
  if (!rule) return false
  return rule.may.test(to) || (isType && (rule.types?.test(to) ?? false))
}

const said = (list: Import[]) => list.map(({ from, to }) => `${from} -> ${to}`)

describe('the house', () => {
  it('is found at all', () => {
    expect(relative.length).toBeGreaterThan(200)
  })

  it('imports only in the agreed directions', () => {
    expect(said(relative.filter(({ from }) => isProduct(from)).filter((one) => !isAllowed(one)))).toEqual([])
  })

  it('keeps every sandbox out of what is shipped', () => {
    const shipped = relative.filter(({ from }) => isProduct(from))
    expect(said(shipped.filter(({ to }) => /^(bin|sandbox|test)\//.test(to)))).toEqual([])
    const standIns = relative.filter(({ from }) => from.startsWith('sandbox/'))
    expect(said(standIns.filter(({ to }) => /^(src\/models|views)\//.test(to)))).toEqual([])
  })

  it('lets only adapters and their sandboxes speak to vendors', () => {
    const vendors: Record<string, RegExp> = {
      '@mux/mux-node': /^src\/ports\/video\//,
      razorpay: /^src\/ports\/payments\//,
      uploadthing: /^src\/ports\/files\//,
      nodemailer: /^src\/ports\/mail\//,
      mongodb: /^src\/ports\/otp\//,
      arctic: /^src\/ports\/identity\//,
      'drizzle-orm': /^src\/(db|models)\//,
      mysql2: /^src\/db\//,
      hono: /^(src\/(app|node-app|worker)\.tsx?$|src\/(web|routes)\/|views\/|src\/ports\/mail\/emails)/,
    }
    const outside = imports
      .filter(({ from }) => isProduct(from))
      .filter(({ from, to }) =>
        Object.entries(vendors).some(
          ([name, home]) => (to === name || to.startsWith(`${name}/`)) && !home.test(from),
        ),
      )
    expect(said(outside)).toEqual([])
  })

  it('knows htmx in one file of the server', () => {
    const speakers = sources.filter((file) => isProduct(file) && /['"]HX-/.test(readFileSync(file, 'utf8')))
    expect(speakers.filter((file) => !/^src\/(web\/html\.tsx|app\.tsx|browser\/)/.test(file))).toEqual([])
  })

  it('has files of one job each', () => {
    const long = sources.filter(
      (file) => file !== 'src/db/schema.ts' && readFileSync(file, 'utf8').split('\n').length > 251,
    )
    expect(long).toEqual([])
  })

  it('names its files as the field does', () => {
    const vague = /(^|[-/])(utils?|helpers?|lib|managers?|common|misc|index)(\.|\/|-)/
    expect(sources.filter((file) => vague.test(file) || /[A-Z]/.test(file))).toEqual([])
  })
})
