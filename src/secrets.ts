import { alphabet, constantTimeEqual, generateRandomString, HMAC, sha256 } from 'oslo/crypto'
import { encodeHex } from 'oslo/encoding'

const encode = (text: string) => new TextEncoder().encode(text)

/** A secret of 200 random bits that fits into an address and a cookie. */
export const newSecret = (): string => generateRandomString(40, alphabet('a-z', '0-9'))

/** Six digits, each as likely as any other. */
export const newCode = (): string => generateRandomString(6, alphabet('0-9'))

/** SHA-256 in hex: what is kept of a secret that has 160 bits or more. */
export const hashOf = async (secret: string): Promise<string> => encodeHex(await sha256(encode(secret)))

/** HMAC-SHA-256 in hex: what is kept of something a person could guess. */
export const hmacOf = async (key: string, text: string): Promise<string> =>
  encodeHex(await new HMAC('SHA-256').sign(encode(key), encode(text)))

export const isSame = (one: string, other: string): boolean => constantTimeEqual(encode(one), encode(other))
