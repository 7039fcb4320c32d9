import { and, eq, gte, lte, or } from 'drizzle-orm'
import { serviceProbes } from '../../db/schema'
import { log } from '../../log'
import {
  askEveryMs,
  isDue,
  type Probe,
  type ServiceName,
  type ServiceState,
  serviceLabels,
  serviceNames,
  stateOf,
} from '../../rules/admin/health'
import type { DbNow, Services } from '../../services'
import { missingParts } from '../readiness'
import { askInTime, questionsFor } from './service-question'

export interface ServiceHealth {
  name: ServiceName
  what: string
  vendor: string
  state: ServiceState
  probe: Probe | null
}
export type Health = Awaited<ReturnType<typeof findHealth>>

/** What is known, without asking anybody but the database. */
export async function findHealth(services: Services) {
  const [missing, rows] = await Promise.all([missingParts(services), listProbes(services)])
  const questions = questionsFor(services)
  const now = services.now()
  const list = serviceNames.map((name): ServiceHealth => {
    const probe = rows.get(name)
    const state = stateOf(probe, questions[name] !== null, now)
    return { name, ...serviceLabels[name], state, probe: probe ?? null }
  })
  return { missing, list }
}

/**
 * Asks all that are due, at once, and waits so long at most; whoever else asks meanwhile finds that
 * somebody has. Never throws for what a service does.
 */
export async function askServices(services: Services, waitMs: number): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, waitMs)
  })
  try {
    await Promise.race([askDue(services), late])
  } finally {
    clearTimeout(timer)
  }
}

async function askDue(services: Services): Promise<void> {
  const questions = questionsFor(services)
  try {
    const rows = await listProbes(services)
    const now = services.now()
    const due = serviceNames.filter((name) => questions[name] && isDue(rows.get(name), now))
    await Promise.all(
      due.map(async (name) => {
        const question = questions[name]
        if (question && (await claim(services, name))) await ask(services, name, question)
      }),
    )
  } catch (error) {
    // The database takes no write: that is said by `missing`, and who asked still gets a page.
    log('warn', { health: 'services were not asked', error })
  }
}

async function ask(
  services: DbNow,
  name: ServiceName,
  question: NonNullable<ReturnType<typeof questionsFor>[ServiceName]>,
): Promise<void> {
  const found = await askInTime(question).then(
    (latencyMs) => ({ answeredAt: services.now(), latencyMs }),
    (error: Error) => {
      log('warn', { health: name, error: error.cause })
      return { failedAt: services.now(), error: error.message.slice(0, 500) }
    },
  )
  await services.db.update(serviceProbes).set(found).where(eq(serviceProbes.service, name))
}

/** Whether it is this one who asks: of all processes one in ten seconds. */
async function claim({ db, now }: DbNow, service: ServiceName): Promise<boolean> {
  const askedAt = now()
  const before = new Date(askedAt.getTime() - askEveryMs)
  const after = new Date(askedAt.getTime() + askEveryMs)
  const [first] = await db.insert(serviceProbes).ignore().values({ service, askedAt })
  if (first.affectedRows > 0) return true
  const [again] = await db
    .update(serviceProbes)
    .set({ askedAt })
    .where(
      and(
        eq(serviceProbes.service, service),
        or(lte(serviceProbes.askedAt, before), gte(serviceProbes.askedAt, after)),
      ),
    )
  return again.affectedRows > 0
}

async function listProbes({ db }: Pick<Services, 'db'>): Promise<Map<string, Probe>> {
  const rows = await db.select().from(serviceProbes)
  return new Map(rows.map(({ service, ...probe }) => [service, probe]))
}
