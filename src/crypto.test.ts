import { describe, expect, it } from 'vitest'
import {
  decrypt,
  encrypt,
  hashOf,
  hmacOf,
  isSame,
  newCode,
  newRecoveryCode,
  newSecret,
  newTotpSecret,
  totpCode,
} from './crypto'

const secret = 'a secret of thirty-two characters'
const text = 'ya29.token – with ünicode'

describe('secrets', () => {
  it('are kept as the hashes that everybody knows', async () => {
    // FIPS 180-2, appendix B.1; RFC 4231, test case 2.
    expect(await hashOf('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
    const mac = '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843'
    expect(await hmacOf('Jefe', 'what do ya want for nothing?')).toBe(mac)
    const bytes = new TextEncoder().encode('what do ya want for nothing?')
    expect(await hmacOf('Jefe', bytes)).toBe(mac)
  })

  it('are compared by every character and by their length', () => {
    expect(isSame('5bdc', '5bdc')).toBe(true)
    for (const other of ['5bdd', '6bdc', '5bd', '5bdc0', '', '5bd\u00e7'])
      expect(isSame('5bdc', other), other).toBe(false)
  })

  it('are never given twice', () => {
    const many = Array.from({ length: 50 }, newSecret)
    expect(new Set(many).size).toBe(50)
    for (const one of many) expect(one).toMatch(/^[a-z0-9]{40}$/)
    expect(newCode()).toMatch(/^\d{6}$/)
  })
})

describe('codes of authenticator apps', () => {
  // RFC 6238, appendix B, by its last six digits.
  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_234_567_890, '005924'],
    [20_000_000_000, '353130'],
  ])('are those of the standard, at second %i', async (second, code) => {
    const ascii = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
    expect(await totpCode(ascii, Math.floor(second / 30))).toBe(code)
  })

  it('have a secret of their own, and codes beside it for who lost the app', async () => {
    const many = Array.from({ length: 20 }, newTotpSecret)
    expect(new Set(many).size).toBe(20)
    for (const one of many) expect(one).toMatch(/^[A-Z2-7]{32}$/)
    expect(await totpCode(many[0] ?? '', 1)).toMatch(/^\d{6}$/)
    for (const one of Array.from({ length: 20 }, newRecoveryCode))
      expect(one).toMatch(/^[0-9a-hjkmnp-tv-z]{10}$/)
  })
})

describe('encryption at rest', () => {
  it('gives the text back, and shows nothing of it meanwhile', async () => {
    const sealed = await encrypt(secret, 'tokens', text)
    expect(sealed).toMatch(/^v1\.[\w-]{16}\.[\w-]+$/)
    expect(sealed).not.toContain('ya29')
    expect(Buffer.from(sealed.split('.')[2] ?? '', 'base64url').toString()).not.toContain('ya29')
    expect(await decrypt(secret, 'tokens', sealed)).toBe(text)
    expect(await decrypt(secret, 'tokens', await encrypt(secret, 'tokens', ''))).toBe('')
  })

  it('never writes the same text twice in the same way', async () => {
    const sealed = await Promise.all(Array.from({ length: 50 }, () => encrypt(secret, 'tokens', text)))
    expect(new Set(sealed.map((one) => one.split('.')[1])).size).toBe(50)
    expect(new Set(sealed).size).toBe(50)
  })

  it('opens with no other secret and for no other purpose', async () => {
    const sealed = await encrypt(secret, 'tokens', text)
    await expect(decrypt(`${secret}!`, 'tokens', sealed)).rejects.toThrow()
    await expect(decrypt(secret, 'cookies', sealed)).rejects.toThrow()
  })

  it('notices any change', async () => {
    const sealed = await encrypt(secret, 'tokens', text)
    const [version, iv = '', body = ''] = sealed.split('.')
    const turned = (part: string) => `${part.startsWith('A') ? 'B' : 'A'}${part.slice(1)}`
    const changed = [
      `${version}.${turned(iv)}.${body}`,
      `${version}.${iv}.${turned(body)}`,
      `${version}.${iv}.${body.slice(0, -4)}`,
      `v2.${iv}.${body}`,
      `${version}.${iv}`,
      `${sealed}.more`,
      'nonsense',
      '',
    ]
    for (const one of changed) await expect(decrypt(secret, 'tokens', one), one).rejects.toThrow()
  })
})
