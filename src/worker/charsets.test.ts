import { expect, it } from 'vitest'
import { getDecoder, getEncoder } from './charsets'

it('The Worker reads and writes what a database keeps as utf8mb3, also in pieces', () => {
  const text = '\ufeffनमस्ते, café – ₹499'
  const bytes = getEncoder('cesu8').write(text)
  expect(bytes).toEqual(Buffer.from(text))
  const decoder = getDecoder('cesu8')
  const read = [...bytes].map((byte) => decoder.write(Uint8Array.of(byte))).join('') + decoder.end()
  expect(read).toBe(text)
})

it('The Worker names a character set that it does not know', () => {
  for (const open of [getDecoder, getEncoder])
    expect(() => open('koi8r')).toThrow('character set koi8r, and on Workers only utf8mb4')
})
