import { sql } from 'drizzle-orm'
import { customType, datetime } from 'drizzle-orm/mysql-core'

export const uuid = customType<{ data: string; driverData: string }>({
  dataType: () => 'char(36) character set ascii collate ascii_bin',
})

export const exact = customType<{ data: string; driverData: string; config: { length: number } }>({
  dataType: (config) => `varchar(${config?.length ?? 255}) character set ascii collate ascii_bin`,
})

/** Lower-cased; accents count, because José and Jose are two people. */
export const emailAddress = customType<{ data: string; driverData: string }>({
  dataType: () => 'varchar(254) character set utf8mb4 collate utf8mb4_bin',
})

export const line = customType<{ data: string; driverData: string; config: { length: number } }>({
  dataType: (config) =>
    `varchar(${config?.length ?? 255}) character set utf8mb4 collate utf8mb4_unicode_520_ci`,
})

export const prose = customType<{ data: string; driverData: string }>({
  dataType: () => 'text character set utf8mb4 collate utf8mb4_unicode_520_ci',
})

export const moment = (name: string) => datetime(name, { fsp: 3, mode: 'date' })

export const createdAt = () => moment('created_at').notNull().default(sql`CURRENT_TIMESTAMP(3)`)
