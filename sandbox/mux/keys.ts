import { createHmac, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { join } from 'node:path'
import { keptKey } from '../kept-key'
import { derivedKey } from '../places'
import type { SandboxOptions } from '../sandbox'

export interface Keys {
  tokenId: string
  tokenSecret: string
  webhookSecret: string
  signingKeyId: string
  /** Base64 of a PEM. */
  signingPrivateKey: string
  signingPublicKey: string
}

const webhookSecret = 'sandbox-mux-webhook-secret'

const der = [
  'MIIEvgIBADANBgkqhkiG9w0BAQEFAASCBKgwggSkAgEAAoIBAQDh3a/xki10aX+YW3k5RPPeFTwzWKIcsVs9pnPY64NLsfHB',
  '8kLld8ZRgxm01lmXWDMCSroDTrCI0zyubLrCuWafbq8D2kDEZEs+iy5PlP8gPQwcVDd5Z9gA6n5ehmQ0TUu6jWx6iT/HaSm3',
  '8k7iEo97bdVODVaSywPEeb7M8RxiYfcPXW2jnwiKAtr3upnL7XhRK7eRw1oJMmtPIAJvNQhOb1ZXYpNn1xiJE0kW0PSK7lAv',
  'dfhkmBjiHNM27pyRFDHMM0mgZ4fvfJjRUKsuPvlVbW3mD9TuCESSW4QbK7SZy+pqKW+IS8g5riPLanF8RXXnVteiMCPUhU9g',
  'GyecgtQPAgMBAAECggEAIeRMBGm03GUAOnJvbEKGfWqeT+4a1Udfs46Ij6I3X2JiLoIVu60PWyfa8aHAa89WSB/CbcCfCMj5',
  'sAqss49ycLYBGQjk8xNBny7vUg2/gqzmZlHUySjl5q1JLRHpc1et515VSsXRhjCni+yWHaI/WXwPp9ikhv5joFXMZaBAbBqS',
  '5LKslXdnwvYB7DvJnNX9hM7A7kVSZGSYpKckZmAeVE6cDAavEqbR2TMeUrWO++pOPS4Y1q4f0h1ZYZ9BIwLyfo0z9WNoJ39H',
  'Az6CRm7WRvlAur+QWsmep3C568cm93CKZh/TrXiUPRfy7KRPFtc66n0d1/2I1IaQTZF33LYGcQKBgQD7plUDmv0ewAAyOM5h',
  'ytuCsaXtfQU4O1VyTmzVSMqWZzA3UCV8cR5Y8hMu5jWWrkFSVPTEsGfrcK2UfTMcfSs5+GbBZAH1p/ZriRBjX3r9qK7hlhV3',
  'M2jit88NC+3PXw8snpBTfLI+PilAFp3A83UBe8p634Wv1umPVkvsqazs2wKBgQDlxT/8R1FxJYueA6e0yTctGlXK/dPuAfQq',
  'lmPoOsJqSnTk9ccwBiKvqF1coNxMfHq+3oFA6G+G1Mt2xgDHMM2zAuzMeg6wJAf1t1EOxdVn+S/ZAMfVx7D+l3Q4QcSroYZj',
  '95YlpLbOgfG0DVQq9aweyB4iNhvGkCIN7EuFwqCB3QKBgQDXvGj1hlGpowCIDZsgy0AUcyfEyYFIC9XdAM7cqmLDPgNf6B26',
  '6V8S8bTwZ/tZClqFsr+EP5dXiGnG+u5uZgBA2mt9L7deWngvCHo8NwbBn3MNghU086Xfd6TRkoB1XxErN2STrjtAkRncD4d+',
  'ezi75NxZKnb5oEzqzRiZ83yEMQKBgQDiHSEAtXZyMI6bK+GoSbPg0N/I6c3blVShbGpZKSoVy7wJbc1dd0w/LSLjevIQ2xc4',
  'KmNsatEGEPdBpU0yuNZU6fX6q8s0j+C9cG92aD3BGjp6BQijWubVRFp82kwe0tAcJJQ/6z5zLvGbTNqdhDKkAC+XX0QqPcEl',
  'jnor4gJuiQKBgG9xv4iSxZUGkYi5B/bRRJ1CLTY4Gj7JMcjYx/SNpKJyUIj8Cs9JTqCBJi/ArK3oQW5BJkcDRD4bTXhqtM1K',
  'PHJz3UOYi8KhkzedWeQZXyqT8h0wJCGKgWQXEA8RxexEhpMBx6YxbUr23K6TQbjo+8HW28tNHFPiXa0QxD1qRkiQ',
].join('')

/** They guard a development machine; the label of the PEM lets a public site refuse it. */
const sandboxKeys: Keys = {
  tokenId: 'sandbox-token-id',
  tokenSecret: 'sandbox-token-secret',
  webhookSecret,
  signingKeyId: 'sandbox-signing-key',
  signingPrivateKey: btoa(`-----BEGIN SANDBOX PRIVATE KEY-----\n${der}\n-----END SANDBOX PRIVATE KEY-----\n`),
  signingPublicKey: publicPem(
    createPrivateKey({ key: Buffer.from(der, 'base64'), format: 'der', type: 'pkcs8' }),
  ),
}

export async function openKeys({ rehearsal, dataDir }: SandboxOptions): Promise<Keys> {
  if (!rehearsal) return sandboxKeys
  const pem = await keptKey(join(dataDir, 'signing-key.json'))
  return {
    tokenId: derivedKey(rehearsal, 'mux token'),
    tokenSecret: derivedKey(rehearsal, 'mux token secret'),
    webhookSecret: derivedKey(rehearsal, 'mux webhook'),
    signingKeyId: derivedKey(rehearsal, 'mux signing key'),
    signingPrivateKey: btoa(pem),
    signingPublicKey: publicPem(createPrivateKey(pem)),
  }
}

function publicPem(key: KeyObject): string {
  return createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString()
}

/**
 * The `mux-signature` header of a webhook sent now:
 * https://www.mux.com/docs/core/verify-webhook-signatures
 */
export function muxSignature(
  body: string,
  seconds = Math.floor(Date.now() / 1000),
  secret = webhookSecret,
): string {
  const digest = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')
  return `t=${seconds},v1=${digest}`
}
