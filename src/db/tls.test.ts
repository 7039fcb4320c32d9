import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningDatabase, startDatabase } from '../../bin/database/start'
import { codeOf } from '../errors'
import { databaseAddress } from './address'
import { connect } from './connect'

const hasOpenssl = (() => {
  try {
    return execFileSync('openssl', ['version']).length > 0
  } catch {
    return false
  }
})()

describe.skipIf(!hasOpenssl)('a database with a certificate for localhost by an authority of its own', () => {
  const dir = mkdtempSync(join(tmpdir(), 'lms-tls-'))
  const file = (name: string) => join(dir, name)
  const openssl = (line: string) => execFileSync('openssl', line.split(' '), { cwd: dir, stdio: 'pipe' })
  let server: RunningDatabase

  beforeAll(async () => {
    const key = '-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes'
    openssl(`req -x509 ${key} -keyout ca.key -out ca.pem -days 2 -subj /CN=authority`)
    openssl(
      `req -x509 ${key} -keyout server.key -out server.pem -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost -CA ca.pem -CAkey ca.key`,
    )
    server = await startDatabase({
      ...{ dir: file('database'), durable: false, fetchDir: '.data/server' },
      args: [
        `--ssl-ca=${file('ca.pem')}`,
        `--ssl-cert=${file('server.pem')}`,
        `--ssl-key=${file('server.key')}`,
      ],
    })
  })
  afterAll(async () => {
    await server?.stop()
    rmSync(dir, { recursive: true, force: true })
  })

  /** The cipher of the line, '' for an open one, or why there is no line. */
  async function cipher(query: string, ca?: string, host = 'localhost'): Promise<string> {
    const url = new URL(`${server.url}/mysql${query}`)
    url.hostname = host
    const connection = connect(databaseAddress({ DATABASE_URL: url.href, DATABASE_CA: ca }))
    try {
      const [rows] = await connection.db.execute(sql`show status like 'Ssl_cipher'`)
      return (rows as unknown as { Value: string }[])[0]?.Value ?? 'nothing'
    } catch (error) {
      return codeOf(error) ?? String(error)
    } finally {
      await connection.close()
    }
  }
  const ca = () => readFileSync(file('ca.pem'), 'utf8')

  it('is asked over TLS only when the address says so', async () => {
    expect(await cipher('')).toBe('')
    expect(await cipher('?ssl-mode=REQUIRED')).toMatch(/^TLS_/)
    expect(await cipher('?sslaccept=accept_invalid_certs')).toMatch(/^TLS_/)
  })

  it('is not trusted without its authority, and trusted with it', async () => {
    for (const query of ['?ssl-mode=VERIFY_CA', '?sslaccept=strict', '?ssl=true', '?ssl={}'])
      expect([query, await cipher(query)]).toEqual([query, 'HANDSHAKE_SSL_ERROR'])
    for (const query of ['', '?ssl-mode=REQUIRED', '?ssl-mode=VERIFY_IDENTITY', '?sslaccept=strict'])
      expect([query, await cipher(query, ca())]).toEqual([query, expect.stringMatching(/^TLS_/)])
  })

  it('is refused under another name where its identity counts', async () => {
    expect(await cipher('?ssl-mode=VERIFY_CA', ca(), '127.0.0.1')).toMatch(/^TLS_/)
    expect(await cipher('?ssl-mode=VERIFY_IDENTITY', ca(), 'db.localhost')).not.toMatch(/^TLS_/)
  })
})
