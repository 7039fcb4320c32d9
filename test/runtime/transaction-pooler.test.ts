import mysql from 'mysql2/promise'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { openTransactionPooler, type TransactionPooler } from './transaction-pooler'

let poolers: Record<'plain' | 'caching', TransactionPooler>
beforeAll(async () => {
  const url = `${inject('databaseUrl')}/mysql`
  poolers = {
    plain: await openTransactionPooler(url, { isCaching: false }),
    caching: await openTransactionPooler(url, { isCaching: true }),
  }
})
afterAll(() => Promise.all(Object.values(poolers).map((pooler) => pooler.close())))

const ask = async (connection: mysql.Connection, sql: string) =>
  ((await connection.query(sql))[0] as { a: unknown }[])[0]?.a

it('answers as the database does, and loses every SET', async () => {
  const connection = await mysql.createConnection({ uri: poolers.plain.url })
  expect(await ask(connection, "select 'नमस्ते' as a")).toBe('नमस्ते')
  const [rows] = await connection.query('select 1 as a union select 2')
  expect(rows).toHaveLength(2)
  await connection.query('set @kept = 1')
  expect(await ask(connection, 'select @kept as a')).toBeNull()
  await expect(connection.query('select nothing')).rejects.toThrow('nothing')
  await connection.end()
})

it('keeps one connection for the length of a transaction', async () => {
  const [one, two] = await Promise.all([1, 2].map(() => mysql.createConnection({ uri: poolers.plain.url })))
  if (!one || !two) throw new Error('no connections')
  await one.query('start transaction')
  await one.query('select @mine := 7 as a')
  await two.query('select @mine := 8 as a')
  expect(await ask(one, 'select @mine as a')).toBe(7)
  await one.query('commit')
  await Promise.all([one.end(), two.end()])
})

it('answers from its cache outside of a transaction only', async () => {
  const connection = await mysql.createConnection({ uri: poolers.caching.url })
  const random = 'select rand() as a'
  const before = await ask(connection, random)
  expect(await ask(connection, random)).toBe(before)
  await connection.query('start transaction')
  expect(await ask(connection, random)).not.toBe(before)
  await connection.query('commit')
  expect(await ask(connection, random)).toBe(before)
  await connection.end()
})
