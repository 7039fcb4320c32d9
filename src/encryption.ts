import { base64url } from 'oslo/encoding'

const version = 'v1'
const ivBytes = 12
const bytesOf = (text: string) => Uint8Array.from(new TextEncoder().encode(text))

/**
 * Encrypts with AES-256-GCM and a fresh IV. The key is derived by HKDF-SHA-256 from `secret` for this `purpose` alone, so
 * what was encrypted for one row or cookie does not open as another's. Gives `v1.<iv>.<text and tag>` in base64url.
 */
export async function encrypt(secret: string, purpose: string, text: string): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(ivBytes))
  const key = await keyFor(secret, purpose)
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, bytesOf(text))
  return [version, encode(iv), encode(new Uint8Array(sealed))].join('.')
}

/** The text again; throws when the secret or the purpose is another, or a single character was changed. */
export async function decrypt(secret: string, purpose: string, sealed: string): Promise<string> {
  const [found, iv, text, ...rest] = sealed.split('.')
  if (found !== version || !iv || !text || rest.length > 0) throw new Error('This is no text of ours')
  const key = await keyFor(secret, purpose)
  const clear = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: decode(iv) }, key, decode(text))
  return new TextDecoder().decode(clear)
}

async function keyFor(secret: string, purpose: string): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey('raw', bytesOf(secret), 'HKDF', false, ['deriveKey'])
  const derivation = {
    name: 'HKDF',
    hash: 'SHA-256',
    salt: bytesOf('encryption at rest'),
    info: bytesOf(purpose),
  }
  return crypto.subtle.deriveKey(derivation, material, { name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ])
}

const encode = (bytes: Uint8Array) => base64url.encode(bytes, { includePadding: false })
const decode = (text: string) => Uint8Array.from(base64url.decode(text, { strict: false }))
