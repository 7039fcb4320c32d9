import { describe, expect, it } from 'vitest'
import { cheapHash } from '../../../test/password'
import { hashPassword, isOutdated, isPassword, nobodysPassword } from './password'

describe('a stored password', () => {
  it('names its parameters and hides the password under a salt of its own', { timeout: 20_000 }, async () => {
    const [one, other] = await Promise.all([hashPassword('learn-by-doing'), hashPassword('learn-by-doing')])
    expect(one).toMatch(/^scrypt\$16384\$8\$5\$[A-Za-z0-9+/]{22}==\$[A-Za-z0-9+/]{43}=$/)
    expect(one).not.toBe(other)
    expect(await isPassword('learn-by-doing', one)).toBe(true)
    expect(await isPassword('learn-by-doinG', one)).toBe(false)
    expect(await isPassword('', one)).toBe(false)
    expect(isOutdated(one)).toBe(false)
  })

  it('is checked with its own parameters, and recognised as outdated', async () => {
    const stored = cheapHash('learn-by-doing')
    expect(await isPassword('learn-by-doing', stored)).toBe(true)
    expect(await isPassword('something else', stored)).toBe(false)
    expect(isOutdated(stored)).toBe(true)
  })

  it('may need more memory than Node allows by default', { timeout: 20_000 }, async () => {
    const stored = cheapHash('learn-by-doing', { N: 2 ** 15, r: 12 })
    expect(await isPassword('learn-by-doing', stored)).toBe(true)
  })

  it('is the same for keyboards that compose accents differently', async () => {
    expect(await isPassword('cafe\u0301-au-lait', cheapHash('caf\u00e9-au-lait'))).toBe(true)
  })

  it('refuses a stored value that is no hash of ours', async () => {
    await expect(isPassword('learn-by-doing', '$2b$10$abcdefghijklmnopqrstuv')).rejects.toThrow(
      'cannot be read',
    )
    await expect(isPassword('learn-by-doing', 'scrypt$16384$8$5$$')).rejects.toThrow('cannot be read')
  })

  it('can be compared with nobody’s', { timeout: 20_000 }, async () => {
    expect(await isPassword('learn-by-doing', nobodysPassword)).toBe(false)
    expect(isOutdated(nobodysPassword)).toBe(false)
  })
})
