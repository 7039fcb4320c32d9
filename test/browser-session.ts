import { type CheerioAPI, load } from 'cheerio'

export interface Answer {
  status: number
  headers: Headers
  html: string
  $: CheerioAPI
  location: string | null
  /** What `HX-Trigger` fires. */
  trigger: Record<string, unknown>
}

type Fields = Record<string, string> | [string, string][]

/** A browser without pixels: keeps cookies and says where its forms stand. `part` speaks as htmx does. */
export class BrowserSession {
  readonly cookies = new Map<string, string>()

  constructor(
    private readonly answer: (address: string, init: RequestInit) => Response | Promise<Response>,
    private readonly origin: string,
  ) {}

  get = (path: string, headers: Record<string, string> = {}) => this.send('GET', path, undefined, headers)
  post = (path: string, fields: Fields = {}, headers: Record<string, string> = {}) =>
    this.send('POST', path, new URLSearchParams(fields), headers)
  part = {
    get: (path: string) => this.get(path, htmx),
    post: (path: string, fields: Fields = {}) => this.post(path, fields, htmx),
  }

  private async send(
    method: string,
    path: string,
    body: URLSearchParams | undefined,
    headers: Record<string, string>,
  ): Promise<Answer> {
    const response = await this.answer(`${this.origin}${path}`, {
      method,
      body,
      redirect: 'manual',
      headers: {
        Accept: 'text/html',
        'Sec-Fetch-Site': 'same-origin',
        Cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...headers,
      },
    })
    for (const cookie of response.headers.getSetCookie()) this.keep(cookie)
    const html = await response.text()
    return {
      status: response.status,
      headers: response.headers,
      html,
      $: load(html, null, /^\s*<!doctype/i.test(html)),
      location: response.headers.get('Location'),
      trigger: JSON.parse(response.headers.get('HX-Trigger') ?? '{}'),
    }
  }

  private keep(cookie: string): void {
    const [pair = ''] = cookie.split(';')
    const [name = '', ...value] = pair.split('=')
    if (/max-age=0/i.test(cookie)) this.cookies.delete(name)
    else this.cookies.set(name, value.join('='))
  }
}

const htmx = { 'HX-Request': 'true', 'HX-Request-Type': 'partial' }
