import { drizzle } from 'drizzle-orm/mysql2'
import { createPool } from 'mysql2'
import { beforeAll, describe, expect, it } from 'vitest'
import { BrowserSession } from '../../../test/browser-session'
import { nastyQueries } from '../../../test/nasty-queries'
import { type Course, course, give, type Person, person } from '../../../test/people'
import { fileWorld } from '../../../test/world'
import { nodeApp } from '../../node-app'

const world = fileWorld()
let instructor: Person
let paid: Course

beforeAll(async () => {
  instructor = await person(world, { role: 'instructor', name: 'Meera Iyer' })
  paid = await course(world, { owner: instructor, title: 'Queues & stacks', chapters: 3, previews: 1 })
  for (let i = 1; i <= 14; i++)
    await course(world, { owner: instructor, title: `Weaving ${i}`, pricePaise: i * 10_000, chapters: 1 })
})

describe('the catalogue page', () => {
  it('shows courses with instructor, lessons, length and price, and works without scripts', async () => {
    const { $, status, headers } = await world.browser().get('/courses?q=queues')
    expect(status).toBe(200)
    expect(headers.get('Vary')).toContain('HX-Request-Type')
    const card = $('#results .course-card')
    expect(card.length).toBe(1)
    expect(card.find('a').attr('href')).toBe(`/courses/${paid.slug}`)
    for (const word of ['Queues & stacks', 'Meera Iyer', '3 lessons', '3 min', '₹499'])
      expect(card.text()).toContain(word)
    const form = $('form[role=search][hx-get="/courses"]')
    expect(form.attr('action')).toBe('/courses')
    expect(form.attr('method')).toBe('get')
    expect(form.find('button').text()).toBe('Search')
    expect(form.find('input[name=q]').attr('value')).toBe('queues')
    for (const label of ['Search', 'Category', 'Price', 'Sort by'])
      expect(form.find('label').text()).toContain(label)
    expect($('#results [role=status]').text()).toContain('1 course for “queues”, best match first')
  })

  it('answers htmx with the results alone, under the same path', async () => {
    const { $, html, headers } = await world.browser().part.get('/courses?q=weaving&category=&price=&sort=')
    expect(headers.get('HX-Replace-Url')).toBe('/courses?q=weaving')
    expect(html).not.toMatch(/<!doctype|<form/i)
    expect($('#results').length).toBe(1)
    expect($('#results [role=status]').text()).toContain('14 courses for “weaving”')
  })

  it('pages without repeating a course and keeps the filter', async () => {
    const first = await world.browser().get('/courses?q=weaving&sort=price')
    const next = first.$('a[rel=next]').attr('href') ?? ''
    expect(next).toBe('/courses?q=weaving&sort=price&page=2')
    const second = await world.browser().get(next)
    const links = [first, second].flatMap(({ $ }) =>
      $('.course-card a')
        .toArray()
        .map((a) => $(a).attr('href')),
    )
    expect(links.length).toBe(14)
    expect(new Set(links).size).toBe(14)
    const later = await world.browser().get('/courses?q=weaving&sort=price&page=999999')
    expect(later.$('.course-card').length).toBe(2)
  })

  it('ignores nonsense and never fails', async () => {
    const queries = [
      'page=-1',
      'page=0',
      'page=1e9',
      'page=NaN',
      'sort=foo',
      'price=gratis',
      'category=none',
      'q=%00',
      '%00=%00',
      'q=%',
      'q=%ff%fe',
      'q=a&q=b&page=2&page=3',
      'q[]=x',
      'category=%27%20or%201=1',
      'sort=price&sort=newest',
      'q=%ED%A0%80',
      '&&&=',
      'category[]=x',
    ]
    for (const query of queries) {
      const { status, $ } = await world.browser().get(`/courses?${query}`)
      expect(status, query).toBe(200)
      expect($('h1').text()).toBe('Courses')
    }
    for (const q of nastyQueries) {
      const { status } = await world.browser().part.get(`/courses?${new URLSearchParams({ q })}`)
      expect(status, q.slice(0, 20)).toBe(200)
    }
  })

  it('shows what was typed as text', async () => {
    const { html } = await world
      .browser()
      .get(`/courses?q=${encodeURIComponent('"><script>alert(1)</script>')}`)
    expect(html).not.toContain('<script>alert')
  })

  it('shows what was searched when nothing fits, how to widen the search, and other courses', async () => {
    const { $, status } = await world.browser().get('/courses?q=weavnig&price=free')
    expect(status).toBe(200)
    expect($('#results [role=status]').text()).toContain('No courses for “weavnig” that are free')
    const ways = $('#results .empty a')
      .toArray()
      .map((a) => $(a).attr('href'))
    expect(ways).toEqual(['/courses?q=weavnig', '/courses?price=free', '/courses'])
    expect($('#results .course-card').length).toBe(3)
  })
})

describe('visitors’ pages', () => {
  it('ask the database three times at most, and once more for who asks', async () => {
    let asked: string[] = []
    const pool = createPool({ uri: world.services.config.DATABASE_URL, connectionLimit: 4 })
    const db = drizzle(pool, { logger: { logQuery: (query) => asked.push(query) } })
    const app = nodeApp({ ...world.services, db }, () => {})
    const student = await person(world)
    await give(world, student, paid)
    const pages = [
      '/',
      '/courses',
      '/courses?q=weaving&category=testing&price=paid&page=2',
      '/courses?q=nothing-of-it',
      `/courses/${paid.slug}`,
    ]
    for (const page of pages) {
      asked = []
      expect(
        (await new BrowserSession((url, init) => app.request(url, init), world.origin).get(page)).status,
      ).toBe(200)
      expect(asked.length, page).toBeLessThanOrEqual(3)
      const browser = new BrowserSession((url, init) => app.request(url, init), world.origin)
      for (const [name, value] of student.browser.cookies) browser.cookies.set(name, value)
      asked = []
      await browser.get(page)
      expect(asked.length, page).toBeLessThanOrEqual(4)
    }
    await new Promise((resolve) => pool.end(resolve))
  })
})

describe('the home page', () => {
  it('has a search, categories and courses, and invites to teach', async () => {
    const { $, status } = await world.browser().get('/')
    expect(status).toBe(200)
    expect($('h1').length).toBe(1)
    expect($('.hero form').attr('action')).toBe('/courses')
    expect($('.hero form button').text()).toBe('Search')
    expect($('a.chip').attr('href')).toBe('/courses?category=testing')
    expect($('.course-card').length).toBeGreaterThanOrEqual(6)
    const links = $('.course-card a')
      .toArray()
      .map((a) => $(a).attr('href'))
    expect(new Set(links).size).toBe(links.length)
    expect($('.banner a').attr('href')).toBe('/teach')
  })
})

describe('the sitemap', () => {
  it('lists what anyone may see, under the configured origin', async () => {
    const draft = await course(world, { owner: instructor, isPublished: false })
    const foreign = { Host: 'evil.example' }
    const index = await world.browser().get('/sitemap.xml', foreign)
    expect(index.headers.get('Content-Type')).toContain('application/xml')
    const files = [...index.html.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, url = '']) => url)
    expect(files).toEqual([`${world.origin}/sitemaps/0.xml`, `${world.origin}/sitemaps/1.xml`])
    const answers = await Promise.all(files.map((url) => world.browser().get(new URL(url).pathname, foreign)))
    const html = answers.map((answer) => answer.html).join()
    for (const path of ['/', '/courses', '/courses?category=testing', `/courses/${paid.slug}`])
      expect(html).toContain(`<loc>${world.origin}${path}</loc>`)
    expect(html).toMatch(/<lastmod>\d{4}-\d\d-\d\dT/)
    expect(html).not.toContain(draft.slug)
    for (const name of ['2.xml', '01.xml', '1', 'x.xml'])
      expect((await world.browser().get(`/sitemaps/${name}`)).status).toBe(404)
    expect(html).not.toContain('evil')
  })

  it('is named in robots.txt, which closes what is personal', async () => {
    const { html } = await world.browser().get('/robots.txt')
    expect(html).toContain(`Sitemap: ${world.origin}/sitemap.xml`)
    for (const path of ['/learning', '/learn/*/attachments/*', '/account', '/purchases', '/teach', '/admin'])
      expect(html).toContain(`Disallow: ${path}\n`)
    expect(html).not.toContain('Disallow: /learn\n')
    expect(html).not.toContain('Disallow: /\n')
  })
})
