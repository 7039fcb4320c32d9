import { beforeAll, describe, expect, it } from 'vitest'
import { askForReset, mailsTo, newestMail, wrongCode } from '../../../test/mailbox'
import { person } from '../../../test/people'
import { fileWorld } from '../../../test/world'
import { decrypt, encrypt } from '../../crypto'
import { daySeconds, hourSeconds } from '../../rules/time'

const path = '/password-reset/code'
const granted = { status: 303, location: '/password-reset/new' }
const world = fileWorld({ environment: { LIMIT_RESETS_PER_HOUR: '1000' } })
beforeAll(async () => {
  // The store never forgets by itself, so that every refusal is ours.
  await world.settings('mongo', { sweepSeconds: daySeconds })
})

const asked = async () => askForReset(world, (await person(world)).email)
const withEmail = async () => {
  const { email } = await person(world)
  return { ...(await askForReset(world, email)), email }
}
const errorOf = ({ $ }: { $: Awaited<ReturnType<typeof asked>>['answer']['$'] }) => $('#code-error').text()

describe('the page of the code', () => {
  it('tells phones and browsers what is expected, and how long it is valid', async () => {
    const { browser } = await asked()
    const { status, $ } = await browser.get(path)
    expect(status).toBe(200)
    expect($('#code').attr()).toMatchObject({ inputmode: 'numeric', autocomplete: 'one-time-code' })
    expect($('label[for=code]').text()).toBe('Code')
    expect($('#code-hint').text()).toContain('45 seconds')
    expect(Number($('form[data-code-seconds]').attr('data-code-seconds'))).toBeGreaterThan(0)
    expect($('form[action="/password-reset/again"] button').text()).toBe('Send a new code')
  })

  it('says that time is up, and offers a new code', async () => {
    const { browser } = await asked()
    world.advance(46)
    const { $ } = await browser.get(path)
    expect($('form[data-code-seconds]').attr('data-code-seconds')).toBe('0')
    expect($('[data-code-clock]').text()).toContain('Time is up')
    expect($('[data-code-clock]').attr('hidden')).toBeUndefined()
  })

  it('sends who did not ask here within an hour to the first page', async () => {
    const { browser, code } = await asked()
    const elsewhere = world.browser()
    const start = { status: 303, location: '/password-reset' }
    expect(await elsewhere.get(path)).toMatchObject(start)
    expect(await elsewhere.post(path, { code })).toMatchObject(start)
    expect(await elsewhere.post('/password-reset/again')).toMatchObject(start)
    world.advance(hourSeconds)
    expect(await browser.get(path)).toMatchObject(start)
  })

  it('accepts no cookie that was changed or made up', async () => {
    const victim = await asked()
    const forger = await asked()
    const mine = decodeURIComponent(forger.browser.cookies.get('reset') ?? '')
    const middle = Math.floor(mine.length / 2)
    const changed = mine.slice(0, middle) + (mine[middle] === 'A' ? 'B' : 'A') + mine.slice(middle + 1)
    const { APP_SECRET } = world.services.config
    const elsewhere = await encrypt(APP_SECRET, 'google-link', await decrypt(APP_SECRET, 'reset', mine))
    for (const value of [changed, elsewhere, '', 'x', 'v1.x.x', `${'0'.repeat(64)}.{}`]) {
      forger.browser.cookies.set('reset', encodeURIComponent(value))
      expect(await forger.browser.get(path)).toMatchObject({ status: 303, location: '/password-reset' })
      expect((await forger.browser.post(path, { code: victim.code })).status).toBe(303)
    }
  })
})

describe('the right code', () => {
  it('leads to the new password, once', async () => {
    const { browser, code } = await asked()
    const before = browser.cookies.get('reset') ?? ''
    expect(await browser.post(path, { code })).toMatchObject(granted)
    browser.cookies.set('reset', before)
    const second = await browser.post(path, { code })
    expect(second.status).toBe(422)
  })

  it('may be typed with spaces', async () => {
    const { browser, code } = await asked()
    expect(await browser.post(path, { code: ` ${code.slice(0, 3)} ${code.slice(3)} ` })).toMatchObject(
      granted,
    )
  })

  it('is valid for 45 seconds, even if the store still has it', async () => {
    const real = world.services.now
    const start = real().getTime()
    let seconds = 0
    world.services.now = () => new Date(start + seconds * 1000)
    try {
      const early = await asked()
      const late = await asked()
      seconds = 44.9
      expect(await early.browser.post(path, { code: early.code })).toMatchObject(granted)
      seconds = 45.001
      const refused = await late.browser.post(path, { code: late.code })
      expect(refused.status).toBe(422)
      expect(errorOf(refused)).toContain('has expired')
    } finally {
      world.services.now = real
    }
  })

  it('works for one of twenty who send it at once', async () => {
    const { browser, code } = await asked()
    const cookie = browser.cookies.get('reset') ?? ''
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => {
        const tab = world.browser()
        tab.cookies.set('reset', cookie)
        return tab.post(path, { code })
      }),
    )
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1)
    expect(answers.filter(({ status }) => status === 422)).toHaveLength(19)
  })

  it('does not work in another browser, whose guesses use up none of the owner', async () => {
    const { email } = await person(world)
    const browser = world.browser()
    for (let times = 0; times < 2; times++) await askForReset(world, email, browser)
    const { code } = await askForReset(world, email, browser)
    const thief = world.browser()
    await thief.post('/password-reset', { email })
    await world.runJobs()
    expect(await mailsTo(world, { email })).toHaveLength(3)
    for (let times = 0; times < 6; times++) expect((await thief.post(path, { code })).status).toBe(422)
    expect(await browser.post(path, { code })).toMatchObject(granted)
  })

  it('does not work for another address, nor as a code for signing up', async () => {
    const [one, other] = [await asked(), await asked()]
    expect((await one.browser.post(path, { code: other.code })).status).toBe(422)
    expect(await other.browser.post(path, { code: other.code })).toMatchObject(granted)
  })
})

describe('a new code', () => {
  it('revokes the old one, in the same browser and in others', async () => {
    const { email } = await person(world)
    const first = await askForReset(world, email)
    const again = await first.browser.post('/password-reset/again')
    expect(again).toMatchObject({ status: 303, location: path })
    await world.runJobs()
    const second = await newestMail(world, email)
    expect(
      second.code === first.code || (await first.browser.post(path, { code: first.code })).status === 422,
    ).toBe(true)
    const third = await askForReset(world, email)
    expect((await first.browser.post(path, { code: second.code })).status).toBe(422)
    expect(await third.browser.post(path, { code: third.code })).toMatchObject(granted)
  })

  it('starts with five guesses', async () => {
    const { browser, email, code } = await withEmail()
    for (let times = 1; times <= 5; times++) await browser.post(path, { code: wrongCode(code, times) })
    await browser.post('/password-reset/again')
    await world.runJobs()
    const next = await newestMail(world, email)
    expect(errorOf(await browser.post(path, { code: wrongCode(next.code) }))).toContain('4 guesses left')
    expect(await browser.post(path, { code: next.code })).toMatchObject(granted)
  })

  it('that is not sent any more leaves the countdown as it was', async () => {
    const { browser, email } = await withEmail()
    for (let times = 0; times < 2; times++) await browser.post('/password-reset/again')
    world.advance(30)
    await browser.post('/password-reset/again')
    await world.runJobs()
    expect(await mailsTo(world, { email })).toHaveLength(3)
    const { $ } = await browser.get(path)
    expect(Number($('form[data-code-seconds]').attr('data-code-seconds'))).toBeLessThanOrEqual(15)
  })
})

describe('a wrong code', () => {
  it('is refused at its field with what is left, and the sixth guess is not checked', async () => {
    const { browser, code } = await asked()
    const messages: (string | undefined)[] = []
    for (let times = 1; times <= 5; times++) {
      const answer = await browser.post(path, { code: wrongCode(code, times) })
      expect(answer.status).toBe(422)
      expect(answer.$('#code').attr('aria-invalid')).toBe('true')
      expect(answer.$('#code-error').attr('role')).toBe('alert')
      messages.push(/(\d) guess(es)? left|used all 5 guesses/.exec(errorOf(answer))?.[0])
    }
    expect(messages).toEqual([
      '4 guesses left',
      '3 guesses left',
      '2 guesses left',
      '1 guess left',
      'used all 5 guesses',
    ])
    const right = await browser.post(path, { code })
    expect(right.status).toBe(422)
    expect(errorOf(right)).toContain('Send a new code')
  })

  it('that is not six digits is not counted as a guess', async () => {
    const { browser, code } = await asked()
    for (const typed of ['', '12345', '1234567', 'abcdef', '12345\u0000']) {
      const answer = await browser.post(path, { code: typed })
      expect(answer.status).toBe(422)
      expect(errorOf(answer)).toBe('Enter the six digits from the email.')
    }
    expect((await browser.post(path)).status).toBe(422)
    expect(await browser.post(path, { code })).toMatchObject(granted)
  })

  it('is checked five times of a hundred sent at once', async () => {
    const { browser, code } = await asked()
    const cookie = browser.cookies.get('reset') ?? ''
    const guess = (typed: string) => {
      const tab = world.browser()
      tab.cookies.set('reset', cookie)
      return tab.post(path, { code: typed })
    }
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, step) => guess(wrongCode(code, step + 1))),
    )
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([422]))
    // A cookie from before the guesses does not give them back.
    expect((await guess(code)).status).toBe(422)
  })
})
