import { describe, expect, it } from 'vitest'
import { continueWithGoogle, googleUser } from '../../../test/google'
import { member, memberPassword } from '../../../test/member'
import { orderRow, owns } from '../../../test/payments'
import { course, give, person } from '../../../test/people'
import { fileWorld } from '../../../test/world'
import { newId } from '../../ids'

const world = fileWorld()

const newcomer = (next: string) => ({
  name: 'Asha Verma',
  email: `${newId()}@new.example.com`,
  password: 'learn-by-doing',
  next,
})

async function offer(given: Parameters<typeof course>[1] = {}) {
  const offered = await course(world, { pricePaise: 149_900, ...given })
  return { ...offered, next: `/courses/${offered.slug}/purchase` }
}

describe('the cards to sign up and to sign in', () => {
  it('name the course that is bought and its price, and lead to each other with it', async () => {
    const { next, title } = await offer()
    const query = `?next=${encodeURIComponent(next)}`
    for (const [page, other] of [
      ['/sign-up', '/sign-in'],
      ['/sign-in', '/sign-up'],
    ]) {
      const { $ } = await world.browser().get(`${page}${query}`)
      expect($('main .offer').text()).toContain(title)
      expect($('main .offer .price').text()).toBe('₹1,499')
      expect($(`main a[href="${other}${query}"]`)).toHaveLength(1)
    }
  })

  it('go on naming it when something typed is wrong', async () => {
    const { next, title } = await offer()
    const answer = await world.browser().post('/sign-up', { ...newcomer(next), email: 'nobody' })
    expect([answer.status, answer.$('main .offer').text().includes(title)]).toEqual([422, true])
    expect(answer.$('form [name=next]').val()).toBe(next)
  })

  it('say nothing of what is not for sale, or of other pages', async () => {
    const draft = await offer({ isPublished: false })
    for (const next of [draft.next, '/courses/no-such-course/purchase', '/account', 'https://evil.example/'])
      expect((await world.browser().get(`/sign-up?next=${next}`)).$('.offer')).toHaveLength(0)
  })
})

describe('who comes to buy', () => {
  it('has the order open once signed up', async () => {
    const { next, id } = await offer()
    const browser = world.browser()
    const { status, location } = await browser.post('/sign-up', newcomer(next))
    expect([status, location]).toEqual([303, expect.stringMatching(/^\/purchases\/[\w-]{36}$/)])
    const row = await orderRow(world, location?.split('/').at(-1) ?? '')
    expect(row).toMatchObject({ courseId: id, amountPaise: 149_900, state: 'open' })
    const page = await browser.get(location ?? '')
    expect(page.$('form[data-checkout] input[name=order_id]').val()).toBe(row.vendorOrderId)
  })

  it('has the order open once signed in, the same one again', async () => {
    const { next } = await offer()
    const { email } = await member(world)
    const signIn = () => world.browser().post('/sign-in', { email, password: memberPassword, next })
    const first = await signIn()
    expect(first.location).toMatch(/^\/purchases\/[\w-]{36}$/)
    expect((await signIn()).location).toBe(first.location)
  })

  it('is sent to the course that is owned already, and joins a free one', async () => {
    const { next, slug, ...offered } = await offer({ pricePaise: 0 })
    const someone = await member(world)
    const signIn = { email: someone.email, password: memberPassword, next }
    expect((await world.browser().post('/sign-in', signIn)).location).toBe(`/learn/${slug}`)
    expect(await owns(world, someone)).toBe(true)
    const owned = await offer()
    await give(world, someone, { ...offered, ...owned })
    const again = await world.browser().post('/sign-in', { ...signIn, next: owned.next })
    expect(again.location).toBe(`/learn/${owned.slug}`)
  })

  it('keeps account and order when the payment service does not answer', async () => {
    const { next } = await offer()
    const browser = world.browser()
    await world.settings('razorpay', { down: true })
    const answer = await browser.post('/sign-up', newcomer(next))
    await world.settings('razorpay', { down: false })
    expect([answer.status, answer.location]).toEqual([303, next])
    const { location } = await browser.get(next)
    const page = await browser.get(location ?? '')
    expect(page.$('#purchase-state').attr('data-standing')).toBe('not-opened')
    expect(page.$(`form[action="${next}"] button`).text()).toBe('Try again')
    expect((await browser.post(next)).location).toBe(location)
    expect((await browser.get(location ?? '')).$('form[data-checkout] button').text()).toBe('Pay now')
  })

  it('is one press away from the order after Google', async () => {
    const { next, slug } = await offer()
    const browser = world.browser()
    expect((await continueWithGoogle(world, browser, googleUser(), next)).location).toBe(next)
    expect((await browser.get(next)).location).toBe(`/courses/${slug}`)
    const page = await browser.get(`/courses/${slug}`)
    expect(page.$('[role=status]').text()).toContain('One press takes you on')
    const form = page.$(`form[action="${next}"]`).first()
    expect(form.find('button').text()).toBe('Buy course')
    expect((await browser.post(next)).location).toMatch(/^\/purchases\//)
  })

  it('goes on at once when signed in already', async () => {
    const { next } = await offer()
    const { browser } = await person(world)
    expect((await browser.get(`/sign-up?next=${next}`)).location).toBe(next)
  })
})
