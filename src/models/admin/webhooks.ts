import { and, count, desc, eq, gte, like, lt, not, or, type SQL } from 'drizzle-orm'
import { webhookEvents } from '../../db/schema'
import { notFound } from '../../errors'
import { isId } from '../../ids'
import {
  outcomeStarts,
  type WebhookOutcome,
  type WebhookQuery,
  type WebhookSource,
} from '../../rules/admin/webhook-query'
import { dayMs } from '../../rules/time'
import type { DbNow, Services } from '../../services'

export type WebhookList = Awaited<ReturnType<typeof listWebhooks>>
export type KeptWebhook = typeof webhookEvents.$inferSelect
export type WebhookCounts = { source: WebhookSource; today: number }[]

const pageSize = 25

const startsWith = (start: string) => like(webhookEvents.outcome, `${start}%`)
const isOdd = or(...Object.values(outcomeStarts).map(startsWith)) as SQL

const hasOutcome = (outcome: WebhookOutcome): SQL =>
  outcome === 'understood' ? not(isOdd) : startsWith(outcomeStarts[outcome])

/** Newest first; `next` is the id after which the next page begins. */
export async function listWebhooks({ db }: Pick<Services, 'db'>, { source, outcome, after }: WebhookQuery) {
  const rows = await db
    .select()
    .from(webhookEvents)
    .where(
      and(
        source ? eq(webhookEvents.source, source) : undefined,
        outcome ? hasOutcome(outcome) : undefined,
        after && isId(after) ? lt(webhookEvents.id, after) : undefined,
      ),
    )
    .orderBy(desc(webhookEvents.id))
    .limit(pageSize + 1)
  const list = rows.slice(0, pageSize)
  return { list, next: rows.length > pageSize ? (list.at(-1)?.id ?? null) : null }
}

/** Of the last day, so that many of one service hide none of another. */
export async function countWebhooks({ db, now }: DbNow): Promise<WebhookCounts> {
  const rows = await db
    .select({ source: webhookEvents.source, today: count() })
    .from(webhookEvents)
    .where(gte(webhookEvents.receivedAt, new Date(now().getTime() - dayMs)))
    .groupBy(webhookEvents.source)
    .orderBy(webhookEvents.source)
  return rows as WebhookCounts
}

/** AppError `not_found`. */
export async function findWebhook({ db }: Pick<Services, 'db'>, id: string): Promise<KeptWebhook> {
  if (!isId(id)) throw notFound('webhook')
  const [row] = await db.select().from(webhookEvents).where(eq(webhookEvents.id, id))
  if (!row) throw notFound('webhook')
  return row
}
