import { beforeAll, describe, expect, it } from 'vitest'
import { type Course, course, give, type Person, person } from '../../../test/people'
import { fileWorld } from '../../../test/world'
import { orders, purchases, refunds } from '../../db/schema'
import { newId } from '../../ids'
import { paths } from '../../paths'
import { dayMs } from '../../rules/time'

const world = fileWorld({ environment: { TIME_ZONE: 'Asia/Kolkata' } })
beforeAll(async () => {
  world.advance((Date.parse('2026-11-24T06:00:00Z') - Date.now()) / 1000)
})

const day = dayMs

async function buy(sold: Course, pricePaise: number, soldAt: Date, isRefunded = false): Promise<Person> {
  const student = await person(world, { name: 'Ravi Menon' })
  const { db } = world.services
  const [id, userId, courseId] = [newId(), student.id, sold.id]
  if (pricePaise > 0)
    await db.insert(orders).values({
      ...{ id, userId, courseId, amountPaise: pricePaise, state: 'paid', paymentId: `pay_${id}` },
      ...{ paidAt: soldAt, createdAt: soldAt },
    })
  await db.insert(purchases).values({
    ...{ id: newId(), userId, courseId, pricePaise, createdAt: soldAt },
    orderId: pricePaise > 0 ? id : null,
    revokedAt: isRefunded ? soldAt : null,
  })
  if (isRefunded)
    await db.insert(refunds).values({
      ...{ id: `rfnd_${id}`, orderId: id, paymentId: `pay_${id}`, amountPaise: pricePaise },
      ...{ state: 'processed', createdAt: soldAt, updatedAt: soldAt },
    })
  return student
}

const ago = (days: number) => new Date(world.services.now().getTime() - days * day)
const words = (text: string) => text.replace(/\s+/g, ' ').trim()

describe('who may see earnings', () => {
  it('sends visitors to sign in and back', async () => {
    const visitor = world.browser()
    expect((await visitor.get('/teach/earnings?days=7')).location).toBe(
      `/sign-in?next=${encodeURIComponent('/teach/earnings?days=7')}`,
    )
    expect((await visitor.get('/teach/earnings.csv')).location).toContain('/sign-in?next=')
  })

  it('invites students to teach', async () => {
    const { browser } = await person(world)
    for (const path of ['/teach/earnings', '/teach/earnings.csv']) {
      const answer = await browser.get(path)
      expect([answer.status, answer.location]).toEqual([303, paths.teach()])
    }
  })

  it('shows administrators what is theirs', async () => {
    await buy(await course(world, { title: 'Somebody else’s' }), 10_000, ago(1))
    const { browser } = await person(world, { role: 'admin' })
    const page = await browser.get('/teach/earnings')
    expect(page.status).toBe(200)
    expect(page.$('h1').text()).toBe('Earnings')
    expect(page.html).toContain('Nothing to sell yet')
    expect(page.html).not.toContain('Somebody else')
    expect((await browser.get('/teach/earnings.csv')).html).not.toContain('Somebody else')
  })
})

describe('the earnings page', () => {
  it('shows totals, a labelled chart, days and courses', async () => {
    const owner = await person(world, { role: 'instructor' })
    const sold = await course(world, { owner, title: 'Trees & <graphs>', pricePaise: 149_900 })
    await buy(sold, 149_900, ago(1))
    await buy(sold, 99_950, ago(3))
    const refunded = await buy(sold, 50_000, ago(3), true)
    await give(world, await person(world), sold)
    const page = await owner.browser.get('/teach/earnings')
    const facts = page.$('#totals > div').map((_, fact) => words(page.$(fact).text()))
    expect(facts.get()).toEqual([
      'Sales₹2,998.50',
      'Refunded₹500',
      'Net₹2,498.50',
      'Students3',
      'Free joins1',
    ])
    const drawing = page.$('svg[role=img]')
    const named = drawing.attr('aria-labelledby')?.split(' ') ?? []
    expect(named.map((id) => words(drawing.find(`#${id}`).text()))).toEqual([
      'Sales by day',
      expect.stringMatching(/^30 bars, one per day\. The highest, .+, is ₹1,499\.50\. The table at the end/),
    ])
    expect(drawing.find('.chart-net')).toHaveLength(2)
    expect(page.$('#days tbody tr')).toHaveLength(3)
    const cells = page.$('#courses tbody td').map((_, cell) => words(page.$(cell).text()))
    expect(cells.get()).toEqual([
      'Trees & <graphs>',
      '3 and 1 free',
      '₹2,998.50',
      '₹500',
      '₹2,498.50',
      '0% complete0% of 3 finished',
    ])
    expect(page.$('title').first().text()).toBe('Earnings · CodeCrafters')
    expect(page.html).not.toContain(refunded.email)
    expect(page.html).not.toContain('Ravi Menon')
  })

  it('needs no inline style for it', async () => {
    const owner = await person(world, { role: 'instructor' })
    await buy(await course(world, { owner }), 10_000, ago(1))
    const page = await owner.browser.get('/teach/earnings')
    expect(page.headers.get('Content-Security-Policy')).toContain("style-src 'self';")
    expect(page.$('main style, main [style]')).toHaveLength(0)
  })

  it('shows the chosen period, and 30 days for anything else', async () => {
    const owner = await person(world, { role: 'instructor' })
    const sold = await course(world, { owner })
    for (const days of [1, 20, 60, 200]) await buy(sold, 10_000, ago(days))
    const net = async (query: string) => {
      const page = await owner.browser.get(`/teach/earnings${query}`)
      expect(page.status).toBe(200)
      return [
        page.$('#totals dd').first().text(),
        page.$('.tabs [aria-current=page]').text(),
        page.$('#sales h2').text(),
      ]
    }
    expect(await net('?days=7')).toEqual(['₹100', '7 days', 'Sales by day'])
    expect(await net('?days=90')).toEqual(['₹300', '90 days', 'Sales by day'])
    expect(await net('?days=365')).toEqual(['₹400', '365 days', 'Sales by week'])
    for (const query of ['', '?days=31', '?days=%00', '?days=-7', '?days[]=7', '?days=7%27'])
      expect(await net(query)).toEqual(['₹200', '30 days', 'Sales by day'])
  })

  it('shows that nothing was sold, and the progress of students', async () => {
    const owner = await person(world, { role: 'instructor' })
    const sold = await course(world, { owner })
    await buy(sold, 10_000, ago(100))
    const page = await owner.browser.get('/teach/earnings')
    expect(page.$('.empty').text()).toContain('No sales in this period')
    expect(page.$('.empty a').attr('href')).toBe('/teach/earnings?days=365')
    expect(page.$('svg[role=img], a[href*="csv"]')).toHaveLength(0)
    expect(page.$('#courses').text()).toContain('0% of 1 finished')
  })

  it('has no chart when courses were only joined for free', async () => {
    const owner = await person(world, { role: 'instructor' })
    await give(world, await person(world), await course(world, { owner, pricePaise: 0 }))
    const page = await owner.browser.get('/teach/earnings')
    expect(page.$('svg[role=img]')).toHaveLength(0)
    expect(page.$('#days tbody tr')).toHaveLength(1)
  })
})

describe('the earnings file', () => {
  it('has a line for each sale and refund, without names of students', async () => {
    const owner = await person(world, { role: 'instructor' })
    const nasty = await course(world, { owner, title: '=HYPERLINK("http://x.example","Free, now")' })
    await buy(nasty, 49_950, new Date('2026-11-21T20:00:00Z'))
    const back = await buy(nasty, 100_000, new Date('2026-11-20T10:00:00Z'), true)
    const response = await world.app.request(`${world.origin}/teach/earnings.csv?month=2026-11`, {
      headers: { Cookie: `session=${owner.browser.cookies.get('session')}` },
    })
    expect(response.headers.get('Content-Type')).toBe('text/csv; charset=utf-8')
    expect(response.headers.get('Content-Disposition')).toBe('attachment; filename="earnings-2026-11.csv"')
    expect(response.headers.get('Cache-Control')).toBe('private, no-store')
    const bytes = new Uint8Array(await response.arrayBuffer())
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    const [heading, ...rows] = new TextDecoder().decode(bytes).trim().split('\r\n')
    expect(heading).toBe(
      'Time (UTC),Kind,Course,Order,Payment,Refund or dispute,Invoice or credit note,Sold (INR),Refunded (INR),Tax included (INR),Paid by buyer (INR),Fee (INR),GST on fee (INR),Net settled (INR)',
    )
    expect(rows.map((row) => row.slice(0, 29)).sort()).toEqual([
      '2026-11-20T10:00:00.000Z,Refu',
      '2026-11-20T10:00:00.000Z,Sale',
      '2026-11-21T20:00:00.000Z,Sale',
    ])
    expect(rows.join()).toContain('"\'=HYPERLINK(""http://x.example"",""Free, now"")"')
    expect(rows.join()).not.toContain(back.email)
    expect(rows.join()).not.toContain('Ravi')
  })

  it('is linked for the days that are shown', async () => {
    const owner = await person(world, { role: 'instructor' })
    await buy(await course(world, { owner }), 10_000, ago(1))
    const page = await owner.browser.get('/teach/earnings?days=7')
    expect(page.$('a[href="/teach/earnings.csv?days=7"]').text()).toBe('Download CSV')
  })
})
