import { describe, expect, it } from 'vitest'
import { ConfigError, type Environment, readConfig } from './config'

const complete = {
  APP_ORIGIN: 'https://learn.example.com',
  DATABASE_URL: 'mysql://lms@database/lms',
  APP_SECRET: 'a pepper of thirty-two characters, at least',
}
const problemsOf = (environment: Environment): string[] => {
  try {
    readConfig(environment)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
}

describe('the configuration', () => {
  it('names everything that is missing, and of a vendor that is begun, too', () => {
    const problems = problemsOf({ RAZORPAY_KEY_ID: 'rzp_live_1', APP_ORIGIN: ' ' })
    for (const name of ['APP_ORIGIN', 'DATABASE_URL', 'APP_SECRET', 'RAZORPAY_KEY_SECRET'])
      expect(problems).toContain(`${name}: is missing`)
    expect(problems.join()).not.toContain('MUX')
  })

  it('takes no key of the sandbox on a public site, in clear or encoded', () => {
    const razorpay = { RAZORPAY_KEY_ID: 'rzp_live_1', RAZORPAY_WEBHOOK_SECRET: 'real' }
    for (const secret of ['sandbox-secret', btoa('the sandbox secret')]) {
      const problems = problemsOf({ ...complete, ...razorpay, RAZORPAY_KEY_SECRET: secret })
      expect(problems).toHaveLength(1)
      expect(problems[0]).toMatch(/^RAZORPAY_KEY_SECRET: .*sandbox/)
    }
  })

  it('takes the secret before the present one, which is another', () => {
    const { APP_SECRET } = complete
    expect(problemsOf({ ...complete, APP_SECRET_OLD: `${APP_SECRET} once` })).toEqual([])
    expect(problemsOf({ ...complete, APP_SECRET_OLD: APP_SECRET })).toEqual([
      expect.stringMatching(/^APP_SECRET_OLD: is the same/),
    ])
    expect(problemsOf({ ...complete, APP_SECRET_OLD: 'short' })).toEqual([
      expect.stringMatching(/^APP_SECRET_OLD: needs 32/),
    ])
  })

  it('minds neither variables of others nor resources that are no text', () => {
    const bound = { KV: { get: () => null }, VERSION: 1 } as unknown as Environment
    expect(problemsOf({ ...complete, HOME: '/srv/sandbox', ...bound })).toEqual([])
  })

  const seller = {
    SELLER_GSTIN: '29AAGCB7383J1Z4',
    SELLER_STATE: 'Karnataka',
    SAC: '999293',
    TAX_RATE_PERCENT: '18',
  }

  it('takes a seller with or without a GSTIN, and knows its state by code or name', () => {
    expect(readConfig({ ...complete, ...seller })).toMatchObject({ SELLER_STATE: '29', TAX_RATE_PERCENT: 18 })
    expect(problemsOf({ ...complete, ...seller, SELLER_STATE: '29' })).toEqual([])
    expect(problemsOf({ ...complete, SELLER_NAME: 'Meera Learning', SELLER_STATE: 'Goa' })).toEqual([])
  })

  it.each(['SELLER_STATE', 'SAC', 'TAX_RATE_PERCENT'])('starts no seller with a GSTIN without %s', (name) => {
    const problems = problemsOf({ ...complete, ...seller, [name]: '' })
    expect(problems).toEqual([expect.stringMatching(`^${name}: is missing, and with SELLER_GSTIN`)])
  })

  it('starts no seller whose GSTIN is mistyped or of another state', () => {
    const problem = (changed: Environment) => problemsOf({ ...complete, ...seller, ...changed }).join()
    expect(problem({ SELLER_GSTIN: '29AAGCB7383J1Z5' })).toContain('SELLER_GSTIN: is not a GSTIN')
    expect(problem({ SELLER_STATE: 'Goa' })).toBe('SELLER_STATE: is not Karnataka, the state in SELLER_GSTIN')
    expect(problem({ SELLER_STATE: 'Atlantis' })).toContain('SELLER_STATE: is not a state of India')
    expect(problem({ TAX_RATE_PERCENT: '118' })).toContain('TAX_RATE_PERCENT')
    expect(problem({ SAC: 'courses' })).toContain('SAC')
  })
})

describe('TRUST_PROXY', () => {
  const hops = (word: string) => readConfig({ ...complete, TRUST_PROXY: word }).TRUST_PROXY

  it('is a number of proxies, and true is one', () => {
    expect(['true', 'false', '0', '2', ''].map(hops)).toEqual([1, 0, 0, 2, 0])
  })

  it('refuses any other word', () => {
    for (const word of ['yes', '-1', '1.5', '99'])
      expect(problemsOf({ ...complete, TRUST_PROXY: word })).toEqual([
        expect.stringMatching(/^TRUST_PROXY: takes true, false, or how many proxies/),
      ])
  })
})
