import { describe, expect, it } from 'vitest'
import { askForReset } from '../../../test/mailbox'
import { person } from '../../../test/people'
import { fileWorld } from '../../../test/world'

const world = fileWorld({ environment: { LIMIT_RESETS_PER_HOUR: '1000' } })

describe('the link in the email', () => {
  it('shows a button and is not used up by being opened', async () => {
    const { link, token } = await askForReset(world, (await person(world)).email)
    for (let times = 0; times < 3; times++) {
      const { status, $ } = await world.browser().get(link)
      expect(status).toBe(200)
      expect($('form[method=post][action="/password-reset/link"] [name=token]').val()).toBe(token)
    }
  })

  it('works in any browser, once', async () => {
    const { token, link } = await askForReset(world, (await person(world)).email)
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => world.browser().post('/password-reset/link', { token })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 410, 410, 410, 410])
    const expired = await world.browser().get(link)
    expect(expired.status).toBe(410)
    expect(expired.$('main a[href="/password-reset"]').text()).toBe('Request a new link')
  })

  it('lives 15 minutes', async () => {
    const { token, link } = await askForReset(world, (await person(world)).email)
    world.advance(15 * 60 - 10)
    expect((await world.browser().get(link)).status).toBe(200)
    world.advance(11)
    expect((await world.browser().get(link)).status).toBe(410)
    expect((await world.browser().post('/password-reset/link', { token })).status).toBe(410)
  })

  it('survives newer requests', async () => {
    const { email } = await person(world)
    const first = await askForReset(world, email)
    await askForReset(world, email)
    expect((await world.browser().post('/password-reset/link', { token: first.token })).status).toBe(303)
  })

  it('that nobody sent is refused as expired', async () => {
    for (const token of ['', 'x', 'a'.repeat(40)]) {
      expect((await world.browser().get(`/password-reset/link?token=${token}`)).status).toBe(410)
      expect((await world.browser().post('/password-reset/link', { token })).status).toBe(410)
    }
    expect((await world.browser().get('/password-reset/link')).status).toBe(410)
    expect((await world.browser().post('/password-reset/link')).status).toBe(410)
  })
})

describe('asking more often than emails are sent', () => {
  it('extends the newest link and no older one', async () => {
    const { email } = await person(world)
    const links: string[] = []
    for (let mail = 1; mail <= 3; mail += 1) {
      links.push((await askForReset(world, email)).link)
      world.advance(4 * 60)
    }
    const status = async (link = '') => (await world.browser().get(link)).status
    const [first, second, third] = links
    expect([await status(first), await status(third)]).toEqual([200, 200])
    await askForReset(world, email)
    world.advance(13 * 60)
    expect([await status(first), await status(second), await status(third)]).toEqual([410, 410, 200])
    world.advance(3 * 60)
    expect(await status(third)).toBe(410)
  })
})
