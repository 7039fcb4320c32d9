import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, it } from 'vitest'
import { areas, everyone, places, rest, roots, time, vendors } from './places'

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
      speakers.filter(
        (file) => !isIn(file, ['src/web/html.tsx', 'src/app.tsx', 'src/browser', 'src/copies']),
      ),
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
