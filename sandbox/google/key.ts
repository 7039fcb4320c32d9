import { createPrivateKey, createPublicKey, createSign } from 'node:crypto'
import { keptKey } from '../kept-key'

export async function openKey(file: string) {
  const key = createPrivateKey(await keptKey(file))
  const kid = 'sandbox'

  return {
    jwks: { keys: [{ ...createPublicKey(key).export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' }] },
    sign(claims: object): string {
      const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
      const signed = `${part({ alg: 'RS256', kid, typ: 'JWT' })}.${part(claims)}`
      return `${signed}.${createSign('RSA-SHA256').update(signed).sign(key, 'base64url')}`
    },
  }
}
