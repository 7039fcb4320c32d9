import { describe, expect, it } from 'vitest'
import { ConfigError } from '../config'
import { databaseAddress } from './address'

const of = (query: string, DATABASE_CA?: string) =>
  databaseAddress({ DATABASE_URL: `mysql://lms:p%40ss@db.example.com/lms${query}`, DATABASE_CA })
const tls = (query: string, ca?: string) => of(query, ca).ssl
const refusal = (work: () => unknown): string => {
  try {
    work()
    return 'taken'
  } catch (error) {
    if (error instanceof ConfigError) return error.problems.join()
    throw error
  }
}

const encrypted = { rejectUnauthorized: false }
const ofAuthority = { rejectUnauthorized: true, verifyIdentity: false }
const ofHost = { rejectUnauthorized: true, verifyIdentity: true }

describe('the address of the database', () => {
  it('is taken apart, and its signs are read', () => {
    expect(of('')).toEqual({
      ...{ host: 'db.example.com', port: 3306, user: 'lms', password: 'p@ss', database: 'lms' },
    })
    const six = databaseAddress({ DATABASE_URL: 'mysql://lms@[::1]:3307/lms?connection_limit=4' })
    expect(six).toMatchObject({ host: '::1', port: 3307, connectionLimit: 4 })
  })

  it.each([
    ['?ssl-mode=REQUIRED', encrypted],
    ['?sslmode=require', encrypted],
    ['?ssl-mode=PREFERRED', encrypted],
    ['?ssl-mode=VERIFY_CA', ofAuthority],
    ['?ssl_mode=verify-ca', ofAuthority],
    ['?ssl-mode=VERIFY_IDENTITY', ofHost],
    ['?ssl-mode=disabled', undefined],
    ['?sslaccept=strict', ofHost],
    ['?sslaccept=accept_invalid_certs', encrypted],
    ['?ssl=true', ofAuthority],
    ['?ssl=false', undefined],
    ['?tls=true', ofHost],
    ['?tls=skip-verify', encrypted],
    ['?ssl={"rejectUnauthorized":true}', { rejectUnauthorized: true }],
    ['?ssl={"rejectUnauthorized":false}', encrypted],
    ['?ssl={}', { rejectUnauthorized: true }],
    ['', undefined],
  ])('with %s means what hosts mean by it', (query, wanted) => {
    expect(tls(query)).toEqual(wanted)
  })

  it('is checked by an authority of one’s own, whichever words ask for TLS, and by none at all', () => {
    const pem = '-----BEGIN CERTIFICATE-----\\nabc\\n-----END CERTIFICATE-----'
    const ca = pem.replaceAll('\\n', '\n')
    expect(tls('', pem)).toEqual({ rejectUnauthorized: true, ca })
    expect(tls('?ssl-mode=REQUIRED', pem)).toEqual({ rejectUnauthorized: true, ca })
    expect(tls('?ssl-mode=VERIFY_IDENTITY', pem)).toEqual({ ...ofHost, ca })
    expect(refusal(() => tls('?ssl-mode=DISABLED', pem))).toMatch(/^DATABASE_URL: switches TLS off/)
  })

  it('refuses what it does not understand, in words and without the password', () => {
    for (const query of [
      '?ssl-mode=MAYBE',
      '?sslaccept=1',
      '?ssl={"rejectUnauthorised":false}',
      '?ssl={',
      '?sslcert=x',
    ])
      expect(refusal(() => of(query))).toMatch(/^DATABASE_URL: (does not know|has a ssl that is no JSON)/)
    for (const address of [
      'mysql://lms:p%ass@db/lms',
      'db.example.com',
      'postgres://lms@db/lms',
      'mysql:///lms',
    ]) {
      const said = refusal(() => databaseAddress({ DATABASE_URL: address }))
      expect(said).toMatch(/^DATABASE_URL: is no address such as/)
      expect(said).not.toContain('p%ass')
    }
  })
})
