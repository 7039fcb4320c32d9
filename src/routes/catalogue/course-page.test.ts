import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Course, course, give, type Person, person } from '../../../test/people'
import { fileWorld, openWorld } from '../../../test/world'
import { chapters, courses, purchases } from '../../db/schema'

const world = fileWorld()
let instructor: Person
let paid: Course

const change = (slug: string, values: Partial<typeof courses.$inferInsert>) =>
  world.services.db.update(courses).set(values).where(eq(courses.slug, slug))
const page = (made: Course, who?: Person) => (who?.browser ?? world.browser()).get(`/courses/${made.slug}`)

beforeAll(async () => {
  instructor = await person(world, { role: 'instructor', name: 'Meera Iyer' })
  paid = await course(world, {
    owner: instructor,
    title: 'Queues & stacks',
    chapters: 3,
    previews: 1,
    description:
      'Learn **queues**. <img src=x onerror=alert(1)> [more](https://x.example)\n\n<p hx-get="/account" x-data="{}">x</p>',
  })
  await change(paid.slug, { outcomes: 'Choose the right queue\n\n  Measure waiting  ' })
})

describe('the page of a course', () => {
  it('shows a visitor what the course is about, and how to buy it', async () => {
    const { $, status } = await page(paid)
    expect(status).toBe(200)
    expect($('h1').text()).toBe('Queues & stacks')
    expect($('main').text()).toContain('Meera Iyer')
    expect($('.price-panel .price').text()).toBe('₹499')
    const form = $(`form[action="/courses/${paid.slug}/purchase"]`)
    expect(form.attr('method')).toBe('post')
    expect(form.text()).toBe('Buy course')
    expect(
      $('.outcomes li')
        .toArray()
        .map((li) => $(li).text()),
    ).toEqual(['Choose the right queue', 'Measure waiting'])
    expect($('main').text()).toMatch(/refund/i)
    expect($('link[rel=canonical]').attr('href')).toBe(`${world.origin}/courses/${paid.slug}`)
    expect($('head meta[name=description]').attr('content')).toBe('Learn queues. more x')
    expect($('head meta[property="og:title"]').attr('content')).toBe('Queues & stacks')
  })

  it('lists every published chapter with its length, locked or a free preview, and nothing that plays', async () => {
    const [first, second, third] = paid.chapters
    await world.services.db
      .update(chapters)
      .set({ isPublished: false })
      .where(eq(chapters.id, third?.id ?? ''))
    const { $, html } = await page(paid)
    const rows = $('.curriculum a')
      .toArray()
      .map((a) => ({ href: $(a).attr('href'), text: $(a).text() }))
    expect(rows.map(({ href }) => href)).toEqual(
      [first, second].map((chapter) => `/learn/${paid.slug}/${chapter?.id}`),
    )
    expect(rows[0]?.text).toContain('Free preview')
    expect(rows[0]?.text).not.toContain('Locked')
    expect(rows[0]?.text).toContain('1 min')
    expect(rows[1]?.text).toContain('Locked')
    await world.services.db
      .update(chapters)
      .set({ isPublished: true })
      .where(eq(chapters.id, third?.id ?? ''))
    const student = await person(world)
    await give(world, student, paid)
    for (const { html: seen } of [{ html }, await page(paid, student), await page(paid, instructor)])
      for (const { playbackId, id } of paid.chapters) {
        expect(seen).not.toContain(playbackId)
        expect(seen).not.toContain(`asset-${id}`)
      }
  })

  it('prints a description without active content', async () => {
    const { $ } = await page(paid)
    expect($('.prose strong').text()).toBe('queues')
    expect($('.prose img, .prose [hx-get], .prose [x-data], .prose [onerror]').length).toBe(0)
    expect($('.prose a').attr('rel')).toBe('nofollow ugc noopener')
  })

  it('lets a free course be joined', async () => {
    const free = await course(world, { owner: instructor, pricePaise: 0 })
    const { $ } = await page(free)
    expect($('.price-panel .price').text()).toBe('Free')
    expect($(`form[action="/courses/${free.slug}/purchase"]`).text()).toBe('Join for free')
  })

  it('lets its buyer continue instead of paying again, until the purchase is refunded', async () => {
    const student = await person(world)
    await give(world, student, paid)
    const { $ } = await page(paid, student)
    expect($('.price-panel a').attr('href')).toBe(`/learn/${paid.slug}`)
    expect($('.price-panel a').text()).toBe('Continue learning')
    expect($('.price-panel').text()).toContain('0% complete')
    expect($('.price-panel').text()).not.toContain('₹499')
    expect($('.curriculum').text()).not.toContain('Locked')
    await world.services.db
      .update(purchases)
      .set({ revokedAt: new Date() })
      .where(eq(purchases.userId, student.id))
    expect((await page(paid, student)).$('form[action$="/purchase"]').text()).toBe('Buy course')
  })

  it('tells that a course without a price cannot be bought yet', async () => {
    const priceless = await course(world, { owner: instructor })
    await change(priceless.slug, { pricePaise: null })
    const { $ } = await page(priceless)
    expect($('.price-panel').text()).toContain('cannot be bought right now')
    expect($('.price-panel-note').text()).toBe('It has no price yet.')
    expect($('form[action$="/purchase"]').length).toBe(0)
  })

  it('is hidden from all but buyers and the instructor while the course is off sale', async () => {
    const hidden = await course(world, { owner: instructor })
    const buyer = await person(world)
    const refunded = await person(world)
    await give(world, buyer, hidden)
    await give(world, refunded, hidden)
    await world.services.db
      .update(purchases)
      .set({ revokedAt: new Date() })
      .where(eq(purchases.userId, refunded.id))
    for (const state of [{ isPublished: false }, { isPublished: true, archivedAt: new Date() }]) {
      await change(hidden.slug, state)
      const others = [
        undefined,
        await person(world),
        refunded,
        await person(world, { role: 'instructor' }),
        await person(world, { role: 'admin' }),
      ]
      for (const other of others) expect((await page(hidden, other)).status).toBe(404)
      const bought = await page(hidden, buyer)
      expect(bought.status).toBe(200)
      expect(bought.$('main').text()).toContain('no longer on sale')
      expect((await page(hidden, instructor)).$('main [role=status]').text()).toMatch(/draft|archived/)
    }
  })

  it('answers 404 to what cannot be a slug', async () => {
    for (const slug of ['none', 'No', '%00', '%27', 'हिन्दी', '..%2f', 'a'.repeat(300)])
      expect((await world.browser().get(`/courses/${slug}`)).status, slug).toBe(404)
  })
})

describe('a site that takes no payments', () => {
  it('still lets people join free courses, and tells why others cannot be bought', async () => {
    const names = [
      'RAZORPAY_KEY_ID',
      'RAZORPAY_KEY_SECRET',
      'RAZORPAY_WEBHOOK_SECRET',
      'RAZORPAY_API_BASE',
      'RAZORPAY_CHECKOUT_JS',
    ]
    const poor = await openWorld({ environment: Object.fromEntries(names.map((name) => [name, undefined])) })
    const costs = await course(poor, { previews: 1 })
    const free = await course(poor, { pricePaise: 0 })
    const { $ } = await poor.browser().get(`/courses/${costs.slug}`)
    expect($('.price-panel').text()).toContain('cannot be bought right now')
    expect($('.price-panel-note').text()).toBe(
      'This site does not take payments yet. You can still watch the free previews.',
    )
    expect($('form[action$="/purchase"]').length).toBe(0)
    expect((await poor.browser().get(`/courses/${free.slug}`)).$('form[action$="/purchase"]').text()).toBe(
      'Join for free',
    )
    await poor.close()
  })
})
