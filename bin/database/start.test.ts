import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import mysql from 'mysql2/promise'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createDatabase } from './server'
import { startDatabase } from './start'

let dir = ''
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'lms-database-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const query = async (url: string, sql: string) => {
  const connection = await mysql.createConnection({ uri: url, multipleStatements: true })
  try {
    const [rows] = await connection.query<mysql.RowDataPacket[]>(sql)
    return rows
  } finally {
    await connection.end()
  }
}

describe('the private database server', () => {
  it('keeps what was written when it is killed', async () => {
    const first = await startDatabase({ dir })
    const url = await createDatabase(first.url, 'kept')
    await query(url, 'create table notes (body varchar(20)); insert into notes values ("still here")')
    process.kill(Number(readFileSync(join(dir, 'server.pid'), 'utf8')), 'SIGKILL')
    await first.ended

    const second = await startDatabase({ dir })
    try {
      const again = await createDatabase(second.url, 'kept')
      expect(await query(again, 'select body from notes')).toEqual([{ body: 'still here' }])
    } finally {
      await second.stop()
    }
  })

  it('does not outlive a process that was killed, and starts again on the same folder', async () => {
    const script = `
      const { startDatabase } = await import(${JSON.stringify(new URL('./start.ts', import.meta.url).href)})
      const { url } = await startDatabase({ dir: ${JSON.stringify(dir)} })
      console.log(url)
      setInterval(() => {}, 1000)`
    const parent = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script])
    const url = await new Promise<string>((resolve, reject) => {
      parent.stdout.once('data', (line) => resolve(String(line).trim()))
      parent.stderr.on('data', (line) => reject(new Error(String(line))))
    })
    expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }])
    parent.kill('SIGKILL')

    const next = await startDatabase({ dir })
    try {
      expect(await query(next.url, 'select 1 as one')).toEqual([{ one: 1 }])
      await expect(query(url, 'select 1')).rejects.toThrow()
    } finally {
      await next.stop()
    }
  })

  it('lets nobody in without the password', async () => {
    const server = await startDatabase({ dir })
    try {
      const { port } = new URL(server.url)
      for (const name of ['root', 'lms']) {
        await expect(query(`mysql://${name}@127.0.0.1:${port}`, 'select 1')).rejects.toThrow(/denied/i)
      }
    } finally {
      await server.stop()
    }
  })
})
