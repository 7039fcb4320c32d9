import { describe, expect, it } from 'vitest'
import { decrypt, encrypt } from './encryption'

const secret = 'a secret of thirty-two characters'
const text = 'ya29.token – with ünicode'

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
