const encoder = new TextEncoder()

/** Whether `signature` is the HMAC-SHA256 of `text` in hex; compares in constant time, never throws. */
export async function isSigned(text: string, signature: string, secret: string): Promise<boolean> {
  const bytes = bytesOf(signature)
  if (!bytes) return false
  const key = await crypto.subtle.importKey(
    'raw',
    encoder.encode(secret),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['verify'],
  )
  return crypto.subtle.verify('HMAC', key, bytes, encoder.encode(text))
}

function bytesOf(hex: string) {
  if (!/^[0-9a-f]{64}$/i.test(hex)) return null
  return Uint8Array.from({ length: 32 }, (_, n) => Number.parseInt(hex.slice(2 * n, 2 * n + 2), 16))
}
