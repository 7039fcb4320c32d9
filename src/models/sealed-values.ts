import { and, asc, eq, gt, isNotNull, sql } from 'drizzle-orm'
import type { MySqlColumn, MySqlTable } from 'drizzle-orm/mysql-core'
import { seal, unseal } from '../crypto'
import { accounts, twoFactors } from '../db/schema'
import type { Services } from '../services'
import { tokenPurpose } from './account/google-account'
import { secretPurpose } from './account/two-factor'

interface SealedColumn {
  table: MySqlTable
  key: MySqlColumn
  value: MySqlColumn
  /** What the purpose is made of. */
  owner: MySqlColumn
  purpose: (owner: string) => string
}

const google = { table: accounts, key: accounts.id, owner: accounts.providerAccountId }

/** All that is kept and sealed with APP_SECRET. */
const sealedColumns: SealedColumn[] = [
  { ...google, value: accounts.accessToken, purpose: (sub) => tokenPurpose('access', sub) },
  { ...google, value: accounts.refreshToken, purpose: (sub) => tokenPurpose('refresh', sub) },
  {
    ...{ table: twoFactors, key: twoFactors.userId, owner: twoFactors.userId },
    ...{ value: twoFactors.secret, purpose: secretPurpose },
  },
]

type Parts = Pick<Services, 'db' | 'config'>
interface Row {
  key: string
  owner: string
  value: string
}

const pageLength = 100

/**
 * Seals anew what the secret before sealed, and tells how many; `unreadable` opens with neither.
 * Safe to run twice.
 */
export async function resealValues(services: Parts): Promise<{ resealed: number; unreadable: number }> {
  const told = { resealed: 0, unreadable: 0 }
  for (const column of sealedColumns) {
    for (let rows = await rowsAfter(services, column, ''); rows.length > 0; ) {
      for (const row of rows) {
        const outcome = await reseal(services, column, row)
        if (outcome) told[outcome] += 1
      }
      rows = await rowsAfter(services, column, rows.at(-1)?.key ?? '')
    }
  }
  return told
}

async function rowsAfter({ db }: Parts, column: SealedColumn, last: string): Promise<Row[]> {
  const { table, key, owner, value } = column
  const rows = await db
    .select({ key, owner, value })
    .from(table)
    .where(and(gt(key, last), isNotNull(value)))
    .orderBy(asc(key))
    .limit(pageLength)
  return rows as Row[]
}

async function reseal(
  { db, config }: Parts,
  { table, key, value, purpose }: SealedColumn,
  row: Row,
): Promise<'resealed' | 'unreadable' | null> {
  const opened = await unseal(config, purpose(row.owner), row.value).catch(() => null)
  if (!opened) return 'unreadable'
  if (!opened.isOld) return null
  const sealed = await seal(config, purpose(row.owner), opened.text)
  const isSame = and(eq(key, row.key), eq(value, row.value))
  // Who signs in meanwhile has written a newer one.
  await db.execute(sql`update ${table} set ${sql.identifier(value.name)} = ${sealed} where ${isSame}`)
  return 'resealed'
}
