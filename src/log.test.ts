import { DrizzleQueryError } from 'drizzle-orm/errors'
import { expect, it } from 'vitest'
import { listenToLog } from '../test/log-lines'
import { newSecret } from './crypto'
import { AppError } from './errors'
import { log, reasonOf } from './log'

/** What a driver throws: a code, and a message with the value that was refused. */
const refused = (message: string) => Object.assign(new Error(message), { code: 'ER_DUP_ENTRY', errno: 1062 })

const lineOf = (fields: Record<string, unknown>) => {
  const lines = listenToLog()
  log('error', fields)
  lines.stop()
  return lines.text()
}

it('Keeps the query, the codes, every cause and where it happened, and no value', () => {
  const values = [
    "o'brien@x.example",
    'Asha Verma',
    'a name\n    at first.line (x:1:1)\nwith lines',
    '+919876543210',
  ]
  const cause = refused(`Duplicate entry '${values[0]}' for key 'users.users_email_unique'`)
  const query = new DrizzleQueryError('insert into `users` (`email`) values (?)', values, cause)
  const said = lineOf({
    request: 'cd0fb2f45aa14cd7a5c14cd7a5c14cd7',
    error: new AppError('unavailable', 'Not just now.', { cause: query }),
  })
  expect(JSON.parse(said)).toMatchObject({ level: 'error', request: 'cd0fb2f45aa14cd7a5c14cd7a5c14cd7' })
  const [first, second, third] = JSON.parse(said).error
  expect(first).toMatch(/^AppError \[unavailable\]: Not just now\.\n {4}at .*log\.test\.ts/)
  expect(second).toMatch(
    /^Error: Failed query: insert into `users` \(`email`\) values \(\?\)\n {4}at .*log\.test\.ts/,
  )
  expect(third).toMatch(
    /^Error \[ER_DUP_ENTRY\]: Duplicate entry '…' for key 'users.users_email_unique'\n {4}at /,
  )
  for (const value of ['brien', 'Asha', 'first.line', 'with lines', '9876543210'])
    expect(said).not.toContain(value)
  expect(reasonOf(query)).toBe(
    "Error: Failed query: insert into `users` (`email`) values (?) < Error [ER_DUP_ENTRY]: Duplicate entry '…' for key 'users.users_email_unique'",
  )
})

const secret = newSecret()
it.each([
  [
    'an address',
    'Recipient <asha@x.example> was refused: 550 5.1.1',
    'asha',
    'Recipient <[email]> was refused: 550 5.1.1',
  ],
  ['an address in an address', 'GET /people/asha%40x.example failed', 'asha', 'GET /people/[email] failed'],
  ['an address of India', 'No mail to आशा@डाक.भारत today', 'आशा', 'No mail to [email] today'],
  ['a phone number', 'Call +91 98765 43210 or 09876543210', '43210', 'Call [phone] or [phone]'],
  ['a token', `The link ${secret} is over`, secret, 'The link [token] is over'],
  [
    'a signed token',
    'Refused eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.abc-DEF',
    'eyJ',
    'Refused [token]',
  ],
  [
    'a query',
    'fetch https://x.example/f/1?expires=1&signature=ab failed',
    'expires',
    'fetch https://x.example/f/1?… failed',
  ],
  [
    'a password in an address',
    'cannot reach mysql://lms:hunter2@db:3306/lms',
    'hunter2',
    'cannot reach mysql://[left out]@db:3306/lms',
  ],
  ['cookies', 'cookie: session=short; theme=dark', 'short', 'cookie: [left out]'],
  ['a header', 'authorization: Basic c2hvcnQ=', 'c2hvcnQ', 'authorization: [left out]'],
  ['a field', '{"password":"hunter2","size":3}', 'hunter2', '{"password"=[left out],"size":3}'],
  [
    'a refused value',
    "Incorrect date value: 'Asha's day' for column 'born' at row 1",
    'Asha',
    "Incorrect date value: '…' for column 'born' at row 1",
  ],
  [
    'a refused user',
    "Access denied for user 'asha'@'10.0.0.1' (using password: YES)",
    'asha',
    "Access denied for user '…'@'…' (using password: YES)",
  ],
  [
    'a body',
    'Unexpected token \'A\', "Asha is 7" is not valid JSON',
    'Asha',
    'Unexpected token \'…\', "…" is not valid JSON',
  ],
])('Leaves out %s', (_what, text, value, kept) => {
  const said = lineOf({ error: text })
  expect(said).not.toContain(value)
  expect(JSON.parse(said).error).toBe(kept)
})

it.each([
  'connect ECONNREFUSED 127.0.0.1:3306',
  "Unknown column 'image_key' in 'field list'",
  'order 01a21086-a01d-7175-8d32-1c793c8abf87 of pay_Abc123Def456Gh is 49900 at 2026-11-25 02:36:46',
  'RAZORPAY_KEY_SECRET: is missing',
  "The store doesn’t answer, it isn't there, and the bank doesn't either",
])('Keeps %s', (text) => {
  expect(JSON.parse(lineOf({ error: text })).error).toBe(text)
})

it('Leaves out of any field what its name says is private, at any depth', () => {
  const said = lineOf({
    outcome: { email: 'asha', list: [{ phoneNumber: 'nine', cookie: 'a=b', code: 'E1', at: new Date(0) }] },
    token: 'short',
    path: '/learn/asha@x.example',
    loop: 10n,
  })
  expect(JSON.parse(said)).toMatchObject({
    outcome: {
      email: '[left out]',
      list: [{ phoneNumber: '[left out]', cookie: '[left out]', code: 'E1', at: '1970-01-01T00:00:00.000Z' }],
    },
    token: '[left out]',
    path: '/learn/[email]',
    loop: '10',
  })
})

it('Shortens each cause where there is little room, so that the last one is told, too', () => {
  const cause = refused('Table is full')
  const query = new Error(`Failed query: select ${'x, '.repeat(300)}`, { cause })
  const said = reasonOf(query, 200)
  expect(said.length).toBeLessThanOrEqual(200)
  expect(said).toMatch(/^Error: Failed query: select x.*… < Error \[ER_DUP_ENTRY\]: Table is full$/)
})

it('Tells of whatever is thrown, and of each address that was tried', () => {
  const circle: Error & { cause?: unknown } = new Error('round')
  circle.cause = circle
  expect(reasonOf(circle)).toBe('Error: round')
  expect(reasonOf({ statusCode: 400, error: { code: 'BAD', email: 'asha' } })).toBe(
    '{"statusCode":400,"error":{"code":"BAD","email":"[left out]"}}',
  )
  expect(reasonOf('just words')).toBe('just words')
  const tries = [refused('connect ECONNREFUSED ::1:3306'), refused('connect ECONNREFUSED 127.0.0.1:3306')]
  expect(reasonOf(new AggregateError(tries))).toBe(
    'AggregateError < Error [ER_DUP_ENTRY]: connect ECONNREFUSED ::1:3306 < Error [ER_DUP_ENTRY]: connect ECONNREFUSED 127.0.0.1:3306',
  )
})
