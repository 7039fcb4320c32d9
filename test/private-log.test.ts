import { createHmac } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { connect } from '../src/db/connect'
import { jobs } from '../src/db/schema'
import { addJob } from '../src/models/job'
import { missingParts } from '../src/models/readiness'
import { listenToLog } from './log-lines'
import { type Person, person } from './people'
import { askToUpload, picture, sendBytes } from './upload'
import { fileWorld } from './world'

const name = 'Asha Unmistakable'
const phone = '+919876501234'
const address = 'planted@private.example.com'
const secret = 'planted-secret-in-a-query'

const world = fileWorld()
let asha: Person
let lines: ReturnType<typeof listenToLog>
beforeAll(async () => {
  asha = await person(world, { name })
  // What MySQL says of a value that it refuses repeats the value.
  for (const [table, verb] of Object.entries({
    users: 'update',
    verification_tokens: 'insert',
    webhook_events: 'insert',
  }))
    await world.services.db.execute(
      sql.raw(
        `create trigger refuse_${table} before ${verb} on ${table} for each row signal sqlstate 'HY000' ` +
          `set mysql_errno = 1366, message_text = 'Incorrect string value: ''${name} ${address}'' for column ''planted'''`,
      ),
    )
})
beforeEach(() => {
  lines = listenToLog()
})
afterEach(() => lines.stop())

/** The only event that tells of an error; nothing private stands anywhere in what was printed. */
function failure(...alsoPrivate: (string | undefined)[]) {
  const session = asha.browser.cookies.get('session')
  for (const value of [
    name,
    'Unmistakable',
    phone,
    '9876501234',
    address,
    asha.email,
    secret,
    session,
    ...alsoPrivate,
  ])
    expect(lines.text()).not.toContain(value)
  const told = lines.events().filter(({ error }) => error !== undefined)
  expect(told).toHaveLength(1)
  return told[0] ?? {}
}
const queryAndCause = (statement: string, table: string) => [
  expect.stringMatching(new RegExp(`^Error: Failed query: ${statement} \`${table}\`.*\\n {4}at `)),
  expect.stringMatching(
    `^Error \\[ER_TRUNCATED_WRONG_VALUE_FOR_FIELD\\]: Incorrect string value: '…' for column 'planted'\\n {4}at `,
  ),
]

describe('the log keeps why, and nothing private, when', () => {
  it('a form cannot be saved', async () => {
    const answer = await asha.browser.post(`/account?token=${secret}`, { name, phoneNumber: phone })
    expect(answer.status).toBe(500)
    expect(failure()).toMatchObject({
      request: answer.headers.get('X-Request-Id'),
      method: 'POST',
      path: '/account',
      error: queryAndCause('update', 'users'),
    })
  })

  it('a finished upload cannot be kept', async () => {
    const file = picture(`${name}.png`)
    const { url = '', key } = await askToUpload(world, asha.browser, 'avatar', { file })
    await sendBytes(url, file)
    expect(failure(key)).toMatchObject({
      upload: 'was finished but could not be saved',
      error: queryAndCause('insert into', 'webhook_events'),
    })
  })

  it('a job fails, and in what is kept with the job', async () => {
    const newcomer = await person(world, { name, isVerified: false })
    await world.services.db.delete(jobs)
    await addJob(world.services, 'mail-verify-address', { userId: newcomer.id })
    await world.runJobs()
    expect(failure(newcomer.email)).toMatchObject({
      job: 'mail-verify-address',
      attempts: expect.any(Number),
      error: queryAndCause('insert into', 'verification_tokens'),
    })
    const [{ lastError } = {}] = await world.services.db.select().from(jobs)
    expect(lastError).toContain(
      "Error [ER_TRUNCATED_WRONG_VALUE_FOR_FIELD]: Incorrect string value: '…' for column 'planted'",
    )
    expect(lastError).not.toContain(address)
  })

  it('a webhook cannot be kept', async () => {
    const entity = {
      id: 'pay_Planted1',
      order_id: 'order_1',
      status: 'failed',
      amount: 100,
      currency: 'INR',
      email: address,
      contact: phone,
      notes: { for: name },
    }
    const body = JSON.stringify({ event: 'payment.failed', payload: { payment: { entity } }, created_at: 1 })
    const answer = await world.app.request(`${world.origin}/webhooks/razorpay`, {
      method: 'POST',
      body,
      headers: {
        'X-Razorpay-Signature': createHmac('sha256', world.environment.RAZORPAY_WEBHOOK_SECRET ?? '')
          .update(body)
          .digest('hex'),
        'x-razorpay-event-id': 'event-1',
      },
    })
    expect(answer.status).toBe(500)
    expect(failure()).toMatchObject({
      request: answer.headers.get('X-Request-Id'),
      path: '/webhooks/razorpay',
      error: queryAndCause('insert into', 'webhook_events'),
    })
  })

  it('the database lets nobody in', async () => {
    const uri = new URL(world.environment.DATABASE_URL ?? '')
    uri.username = 'planted-user'
    uri.password = secret
    const locked = connect({ uri: uri.href })
    expect(await missingParts({ ...world.services, db: locked.db })).toEqual([
      'the database does not answer (ER_ACCESS_DENIED_ERROR)',
    ])
    await locked.close()
    expect(failure('planted-user')).toMatchObject({
      readiness: 'the database does not answer',
      error: [
        expect.stringContaining('__drizzle_migrations'),
        expect.stringMatching(/^Error \[ER_ACCESS_DENIED_ERROR\]: Access denied for user '…'@'…'/),
      ],
    })
  })
})
