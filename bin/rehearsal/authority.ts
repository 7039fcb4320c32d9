import { createHash, generateKeyPair, randomBytes, X509Certificate } from 'node:crypto'
import { promisify } from 'node:util'
import forge from 'node-forge'
import { dayMs } from '../../src/rules/time'

export interface Authority {
  /** PEM, as the others. */
  ca: string
  /** For these names of servers, and for 127.0.0.1. */
  sign(names: string[]): Certificate
}

export interface Certificate {
  certificate: string
  key: string
  /** SHA-256 of the public key in base64, by which Chromium is told to believe it. */
  fingerprint: string
}

const lifetimeDays = 30
const dnsName = 2
const ipAddress = 7

/**
 * Made anew at each start, and its own key is never written down: nobody can sign anything else in
 * the name of what somebody may have come to trust.
 */
export async function openAuthority(): Promise<Authority> {
  const name = 'Rehearsal authority of this machine'
  const [root, own] = await Promise.all([newKey(), newKey()])
  const issue = (subject: string, publicKey: string, extensions: object[]) =>
    signed({ subject, publicKey, extensions, issuer: name, by: root.privateKey })
  return {
    ca: issue(name, root.publicKey, ofAuthority),
    sign(names) {
      const certificate = issue('rehearsal', own.publicKey, ofServer(names))
      return { certificate, key: own.privateKey, fingerprint: fingerprintOf(certificate) }
    },
  }
}

function fingerprintOf(certificate: string): string {
  const { publicKey } = new X509Certificate(certificate)
  return createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('base64')
}

const newKey = () =>
  promisify(generateKeyPair)('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })

function signed(what: {
  subject: string
  issuer: string
  publicKey: string
  by: string
  extensions: object[]
}): string {
  const certificate = forge.pki.createCertificate()
  certificate.publicKey = forge.pki.publicKeyFromPem(what.publicKey)
  // With a first digit above 7 the number would be negative.
  certificate.serialNumber = `1${randomBytes(16).toString('hex').slice(1)}`
  certificate.validity.notBefore = new Date(Date.now() - dayMs)
  certificate.validity.notAfter = new Date(Date.now() + lifetimeDays * dayMs)
  certificate.setSubject([{ name: 'commonName', value: what.subject }])
  certificate.setIssuer([{ name: 'commonName', value: what.issuer }])
  certificate.setExtensions(what.extensions)
  certificate.sign(forge.pki.privateKeyFromPem(what.by), forge.md.sha256.create())
  return forge.pki.certificateToPem(certificate)
}

const ofAuthority = [
  { name: 'basicConstraints', cA: true, critical: true },
  { name: 'keyUsage', keyCertSign: true, critical: true },
]

const ofServer = (names: string[]) => [
  { name: 'basicConstraints', cA: false },
  { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
  { name: 'extKeyUsage', serverAuth: true },
  {
    name: 'subjectAltName',
    altNames: [...names.map((value) => ({ type: dnsName, value })), { type: ipAddress, ip: '127.0.0.1' }],
  },
]
