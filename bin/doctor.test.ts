import { type AddressInfo, createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import { doctorWorld, parts } from '../test/doctor'
import { until } from '../test/until'
import { doctor } from './doctor'

const { world, examined, wrongIn } = doctorWorld()

describe('the doctor', () => {
  it('finds nothing wrong where nothing is, and says what only a person can look at', async () => {
    await until(async () => wrongIn(await examined()).length === 0, 'all to be well')
    const checks = await examined()
    expect(checks.filter(({ verdict }) => verdict === 'unasked').map(({ at }) => at)).toEqual([
      'Razorpay: automatic capture',
      'Google: redirect address',
    ])
    expect(checks.filter(({ verdict }) => verdict === 'ok').map(({ at }) => at)).toEqual([
      ...['version', 'TLS', 'sql_mode', 'charset', 'migrations', 'FULLTEXT', 'writes', 'isolation'].map(
        (what) => `Database: ${what}`,
      ),
      ...['keys', 'mode', 'webhook'].map((what) => `Razorpay: ${what}`),
      ...['access token', 'permission', 'signing key', 'private key', 'playback policy', 'webhook'].map(
        (what) => `Mux: ${what}`,
      ),
      ...['UploadThing: token', 'UploadThing: private files', 'Google: client'],
      ...['Mail: TLS', 'Mail: login', 'MongoDB: login', 'MongoDB: TTL index'],
      ...['Site: APP_ORIGIN', 'Site: disk', 'Site: reachable', 'Site: webhooks', 'Clock: clock'],
    ])
    expect(checks.every(({ verdict, mend }) => verdict === 'ok' || mend)).toBe(true)
  })

  it('says so of everything that is down, each with what to do, and of nothing else', async () => {
    for (const part of parts) await world.settings(part, { down: true })
    const found = wrongIn(await examined())
    expect(found.map((line) => line.split(':')[0])).toEqual([
      ...['Razorpay', 'Mux', 'UploadThing', 'Google', 'Mail', 'MongoDB'],
    ])
  })

  it('waits for nobody longer than it has to', async () => {
    for (const part of ['razorpay', 'mux']) await world.settings(part, { answer: 'hang' })
    const silent = createServer(() => {})
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const { port } = silent.address() as AddressInfo
    const startedAt = performance.now()
    const found = wrongIn(
      await examined(
        {
          SMTP_URL: `smtp://a:b@127.0.0.1:${port}`,
          DATABASE_URL: `mysql://a:b@127.0.0.1:${port}/x`,
          MONGODB_URI: `mongodb://127.0.0.1:${port}/x`,
        },
        1000,
      ),
    )
    silent.close()
    expect(performance.now() - startedAt).toBeLessThan(30_000)
    for (const name of ['Database', 'Razorpay', 'Mux', 'Mail', 'MongoDB'])
      expect(found.some((line) => line.startsWith(`${name}: answers: `))).toBe(true)
  })

  it('prints each with the way to mend it, ends with how many, and fails where something is wrong', async () => {
    const lines: string[] = []
    const broken = { ...world.environment, MUX_TOKEN_SECRET: 'wrong' }
    expect(await doctor([], broken, (line) => lines.push(line))).toBe(false)
    const at = lines.indexOf('  WRONG          access token: Mux refuses it with 401')
    expect(lines[at + 1]).toContain('To mend it: Mux dashboard, Settings, Access Tokens')
    expect(lines.at(-1)).toMatch(/^\d+ ok, [1-9]\d* wrong, \d+ that could not be asked\.$/)
    const json: string[] = []
    await doctor(['--json'], broken, (line) => json.push(line))
    expect(JSON.parse(json.join('')).map(({ name }: { name: string }) => name)).toContain('Mux')
    await expect(doctor(['--fix'], broken, () => {})).rejects.toThrow('Usage')
  })

  it('names settings that are missing or wrong before it asks anybody', async () => {
    const lines: string[] = []
    const left = { ...world.environment, MUX_TOKEN_SECRET: '', APP_SECRET: 'short' }
    expect(await doctor([], left, (line) => lines.push(line))).toBe(false)
    expect(lines.join('\n')).toContain('WRONG          MUX_TOKEN_SECRET: is missing')
    expect(lines.join('\n')).toContain('WRONG          APP_SECRET: needs 32 characters')
  })

  it('prints no secret, whatever is wrong', async () => {
    for (const part of parts) await world.settings(part, { down: true })
    const lines: string[] = []
    const url = 'mysql://somebody:a-password-of-mine@127.0.0.1:1/lms'
    await doctor([], { ...world.environment, DATABASE_URL: url }, (line) => lines.push(line))
    const told = lines.join('\n')
    const secrets = Object.entries(world.environment).filter(([name]) => /SECRET|TOKEN$|KEY$/.test(name))
    expect(secrets.length).toBeGreaterThan(5)
    for (const [, value] of [...secrets, ['', 'a-password-of-mine'], ['', 'sandbox-mail-password']])
      expect(told).not.toContain(value)
  })
})
