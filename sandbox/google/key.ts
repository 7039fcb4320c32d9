import { createPrivateKey, createPublicKey, createSign, generateKeyPair } from 'node:crypto'
import { promisify } from 'node:util'
import { openStore } from '../store'

export async function openKey(file: string) {
  const store = openStore<{ pem?: string }>(file, {})
  if (!store.state.pem) {
    const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 })
    store.state.pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
    store.save()
  }
  await store.close()
  const key = createPrivateKey(store.state.pem)
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
