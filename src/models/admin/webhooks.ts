import { and, desc, eq, like, lt, not } from 'drizzle-orm'
import { webhookEvents } from '../../db/schema'
import { isId } from '../../ids'
import type { WebhookQuery } from '../../rules/admin/webhook-query'
import type { Services } from '../../services'

export type WebhookList = Awaited<ReturnType<typeof listWebhooks>>

const pageSize = 25

/** Newest first; `next` is the id after which the next page begins. */
export async function listWebhooks({ db }: Pick<Services, 'db'>, { source, outcome, after }: WebhookQuery) {
  const isUnclear = like(webhookEvents.outcome, 'not understood%')
  const rows = await db
    .select()
    .from(webhookEvents)
    .where(
      and(
        source ? eq(webhookEvents.source, source) : undefined,
        outcome ? (outcome === 'understood' ? not(isUnclear) : isUnclear) : undefined,
        after && isId(after) ? lt(webhookEvents.id, after) : undefined,
      ),
    )
    .orderBy(desc(webhookEvents.id))
    .limit(pageSize + 1)
  const list = rows.slice(0, pageSize)
  return { list, next: rows.length > pageSize ? (list.at(-1)?.id ?? null) : null }
}
