import type { MySql2Database } from 'drizzle-orm/mysql2'

export type Db = MySql2Database
export type Transaction = Parameters<Parameters<Db['transaction']>[0]>[0]
