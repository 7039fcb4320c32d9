import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../src/app'
import { newId } from '../src/ids'
import { paths } from '../src/paths'
import { areaOf } from './access/areas'
import { type Actor, actors, type Cast, openCast } from './access/cast'
import { type Answer, answerFor, answerForMixed, rowsWithout } from './access/expected'
import { type FormName, formOf } from './access/forms'
import { keepTables, type Tables } from './access/tables'
import { fillPattern, findPath, type Ids, listRoutes, type Route } from './addresses'
import { fileWorld } from './world'

const routes = listRoutes()
const world = fileWorld()
let cast: Cast
let tables: Tables
beforeAll(async () => {
  cast = await openCast(world)
  tables = await keepTables(world)
})
afterEach(async () => tables.restore(await tables.changed()))

interface Request extends Route {
  ids: Record<string, string>
  form?: FormName
}

const formsOf = ({ method }: Route): (FormName | undefined)[] =>
  method === 'POST' ? ['bad', 'good'] : [undefined]

/** What everybody asks: each address, and what is posted there with either form. */
const everything = (ids: Ids): Request[] =>
  routes.flatMap((route) => formsOf(route).map((form) => ({ ...route, ids, form })))

/** The addresses with one id replaced: by none of ours, and by another course's where there are two. */
function mixed(ids: Ids, others: Ids): Request[] {
  return routes.flatMap((route) => {
    const names = [...route.pattern.matchAll(/:(\w+)/g)].map(([, name = '']) => name)
    return names.flatMap((name) => {
      const replaced = (id = '', forms = formsOf(route)) =>
        forms.map((form) => ({ ...route, form, ids: { ...ids, [name]: id } }))
      const odd = ['nonsense', '%E0%A4%95', ids[name]?.toUpperCase()]
      return [
        ...replaced(newId()),
        ...(names.length > 1 ? replaced(others[name]) : []),
        ...odd.flatMap((id) => replaced(id, formsOf(route).slice(0, 1))),
      ]
    })
  })
}

async function ask(who: Actor, request: Request, headers: Record<string, string> = {}): Promise<Response> {
  const { method, pattern, ids, form } = request
  const cookie: Record<string, string> = cast.sessions[who] ? { Cookie: `session=${cast.sessions[who]}` } : {}
  const answer = await world.app.request(`${world.origin}${fillPattern(pattern, ids)}`, {
    method,
    redirect: 'manual',
    headers: { Accept: 'text/html', 'Sec-Fetch-Site': 'same-origin', ...cookie, ...headers },
    body: form && formOf(form, cast.here.ids),
  })
  await answer.arrayBuffer()
  return answer
}

/** The address to come back to after signing in: the page itself, or the one with the form. */
function signInFrom({ method, pattern, ids }: Request): string {
  const page = method === 'GET' ? pattern : (findPath(pattern)?.formPage ?? '')
  return plain(paths.signIn({ next: fillPattern(page, ids) }))
}

/** Where an answer leads. Escaped or not, an address is the same, also as `next`. */
const placeOf = (answer: Response) => plain(answer.headers.get('Location') ?? '').replace(world.origin, '')
const plain = (address: string) => decodeURIComponent(decodeURIComponent(address))

/** Whether somebody got past the guard of an address, whatever then came of it. */
function isIn({ method }: Request, answer: Response): boolean {
  if (method === 'GET') return answer.status === 200
  const isRefused = [401, 403, 404, 405, 413, 429].includes(answer.status) || answer.status >= 500
  return !isRefused && !placeOf(answer).startsWith(paths.signIn())
}

async function isAsExpected(request: Request, answer: Response, wanted: Answer): Promise<boolean> {
  if (wanted === 'in') return isIn(request, answer)
  if (wanted === 'as a visitor') return answer.status === (await ask('visitor', request)).status
  if (typeof wanted === 'number') return answer.status === wanted
  const to = wanted === 'sign-in' ? signInFrom(request) : fillPattern(wanted, request.ids)
  const isThere = wanted === 'sign-in' ? placeOf(answer) === to : placeOf(answer).startsWith(to)
  return answer.status === 303 && isThere
}

/** A line for every request that is answered otherwise than it should be. */
async function surprises(who: Actor, asked: [Request, Answer][], headers = {}): Promise<string[]> {
  const lines: string[] = []
  for (const [request, wanted] of asked) {
    const answer = await ask(who, request, headers)
    if (await isAsExpected(request, answer, wanted)) continue
    const { method, pattern, ids, form = 'no' } = request
    const got = `${answer.status} ${placeOf(answer)}`.trim()
    lines.push(`${method} ${fillPattern(pattern, ids)} (${form} form): ${got} instead of ${wanted}`)
  }
  return lines
}

/** Who is let in may change what is theirs. */
const mayChange = ([{ method }, answer]: [Request, Answer]) => method === 'POST' && answer === 'in'

describe('the table of addresses', () => {
  const patterns = Object.values(paths).map(({ pattern }) => pattern as string)

  it('is what the application answers, and every route is in it', () => {
    expect([...new Set(routes.map(({ pattern }) => pattern))].sort()).toEqual(patterns.toSorted())
    const closed = () => {
      throw new Error('This application is only read.')
    }
    const all = createApp({ open: closed, after: closed, ip: closed }).routes.map(({ path }) => path)
    expect(all.filter((path) => path !== '/*' && !patterns.includes(path))).toEqual([])
  })

  it('says of each address what its area says', () => {
    const said = Object.values(paths).map(({ pattern, access }) => `${pattern}: ${access}`)
    expect(said).toEqual(patterns.map((pattern) => `${pattern}: ${areaOf(pattern)}`))
  })

  it('knows GET and POST, and a page for every form', () => {
    expect([...new Set(routes.map(({ method }) => method))].sort()).toEqual(['GET', 'POST'])
    const pages = listRoutes('GET').map(({ pattern }) => pattern)
    const posts = listRoutes('POST').filter(({ pattern }) => areaOf(pattern) !== 'machine')
    const formPages = posts.map(({ pattern }) => findPath(pattern)?.formPage ?? '')
    expect(formPages.filter((page) => !pages.includes(page))).toEqual([])
    expect(rowsWithout(routes)).toEqual([])
  })
})

describe.each(actors)('every address, asked by %s', (who) => {
  it('answers as its word says, and what is only read or refused changes nothing', async () => {
    const asked = everything(cast.here.ids).map((request): [Request, Answer] => [
      request,
      answerFor(who, request, request.form),
    ])
    expect(
      await surprises(
        who,
        asked.filter((one) => !mayChange(one)),
      ),
    ).toEqual([])
    expect(await tables.changed()).toEqual([])

    const lines: string[] = []
    for (const one of asked.filter(mayChange)) {
      lines.push(...(await surprises(who, [one])))
      await tables.restore(await tables.changed())
    }
    expect(lines).toEqual([])
  })

  it('is not there for ids that do not belong together, nor for ids of nothing', async () => {
    const asked = mixed(cast.here.ids, cast.elsewhere.ids).map((request): [Request, Answer] => [
      request,
      answerForMixed(who, request),
    ])
    expect(await surprises(who, asked)).toEqual([])
    expect(await tables.changed()).toEqual([])
  })

  it('takes no form of another site', async () => {
    const foreign = { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' }
    const asked = everything(cast.here.ids)
      .filter(({ method, pattern }) => method === 'POST' && areaOf(pattern) !== 'machine')
      .map((request): [Request, Answer] => [request, 403])
    expect(await surprises(who, asked, foreign)).toEqual([])
    expect(await tables.changed()).toEqual([])
  })
})
