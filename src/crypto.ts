import { alphabet, constantTimeEqual, generateRandomString, HMAC, sha256 } from 'oslo/crypto'
import { base32, base64url, encodeHex } from 'oslo/encoding'
import { generateHOTP } from 'oslo/otp'
import type { Config } from './config'

type Bytes = Uint8Array<ArrayBuffer>

const bytesOf = (text: string): Bytes => Uint8Array.from(new TextEncoder().encode(text))

/** A secret of 200 random bits that fits into an address and a cookie. */
export const newSecret = (): string => generateRandomString(40, alphabet('a-z', '0-9'))

/** Six digits, each as likely as any other. */
export const newCode = (): string => generateRandomString(6, alphabet('0-9'))

/** Crockford's: no letter can be taken for a digit. */
const recoveryAlphabet = '0123456789abcdefghjkmnpqrstvwxyz'

/** Ten characters, 50 bits. */
export const newRecoveryCode = (): string => generateRandomString(10, recoveryAlphabet)

/** 160 random bits in base32, as RFC 4226 asks of a secret shared with an authenticator app. */
export const newTotpSecret = (): string =>
  base32.encode(crypto.getRandomValues(new Uint8Array(20)), { includePadding: false })

/** The six digits of RFC 6238 for this step; `secret` is base32. */
export const totpCode = (secret: string, step: number): Promise<string> =>
  generateHOTP(Uint8Array.from(base32.decode(secret, { strict: false })), step)

/** SHA-256 in hex, for secrets of 160 bits or more. */
export const hashOf = async (secret: string): Promise<string> => encodeHex(await sha256(bytesOf(secret)))

/** HMAC-SHA-256 in hex, for signatures and for what a person could guess. */
export const hmacOf = async (key: string, message: string | Bytes): Promise<string> =>
  encodeHex(
    await new HMAC('SHA-256').sign(bytesOf(key), typeof message === 'string' ? bytesOf(message) : message),
  )

/** Takes a time that does not tell where they differ. */
export const isSame = (one: string, other: string): boolean => constantTimeEqual(bytesOf(one), bytesOf(other))

const version = 'v1'
const ivBytes = 12

/**
 * Gives `v1.<iv>.<text and tag>` in base64url: AES-256-GCM with a fresh IV, and a key derived by
 * HKDF-SHA-256 from `secret` for `purpose` alone, so one row's or cookie's text opens as no
 * other's.
 */
export async function encrypt(secret: string, purpose: string, text: string): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(ivBytes))
  const key = await keyFor(secret, purpose)
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, bytesOf(text))
  return [version, toBase64(iv), toBase64(new Uint8Array(sealed))].join('.')
}

/** Throws when the secret or the purpose is another, or a single character was changed. */
export async function decrypt(secret: string, purpose: string, sealed: string): Promise<string> {
  const [found, iv, text, ...rest] = sealed.split('.')
  if (found !== version || !iv || !text || rest.length > 0) throw new Error('This was not encrypted here')
  const key = await keyFor(secret, purpose)
  const clear = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: ofBase64(iv) }, key, ofBase64(text))
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

/** The site's secret, and the one before it while it is changed. */
export type Secrets = Pick<Config, 'APP_SECRET' | 'APP_SECRET_OLD'>

/** As `encrypt`, with the secret that the site has now. */
export const seal = ({ APP_SECRET }: Secrets, purpose: string, text: string): Promise<string> =>
  encrypt(APP_SECRET, purpose, text)

/** Opens what either secret sealed; `isOld` asks to seal it again. Throws as `decrypt` does. */
export async function unseal(
  { APP_SECRET, APP_SECRET_OLD }: Secrets,
  purpose: string,
  sealed: string,
): Promise<{ text: string; isOld: boolean }> {
  try {
    return { text: await decrypt(APP_SECRET, purpose, sealed), isOld: false }
  } catch (error) {
    if (!APP_SECRET_OLD) throw error
    return { text: await decrypt(APP_SECRET_OLD, purpose, sealed), isOld: true }
  }
}

/** By each secret, the present one first. */
export const hmacsOf = (
  { APP_SECRET, APP_SECRET_OLD }: Secrets,
  message: string,
): Promise<[string, ...string[]]> =>
  Promise.all([hmacOf(APP_SECRET, message), ...(APP_SECRET_OLD ? [hmacOf(APP_SECRET_OLD, message)] : [])])

const toBase64 = (bytes: Bytes) => base64url.encode(bytes, { includePadding: false })
const ofBase64 = (text: string) => Uint8Array.from(base64url.decode(text, { strict: false }))
