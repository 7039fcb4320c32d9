import { and, asc, desc, eq, gte, inArray, isNotNull, isNull, lt, or, sql } from 'drizzle-orm'
import type { Db } from '../../db/connect'
import { courses, purchases } from '../../db/schema'
import { indiaTimeZone, type Span } from '../../rules/purchases/financial-year'
import { groupDays, isByWeek, noFigures, type Period } from '../../rules/teach/earnings'
import { type CalendarDay, lastDays } from '../../rules/teach/earnings-days'
import { dayMs, daySeconds, later } from '../../rules/time'
import type { Services } from '../../services'
import { completionOf } from '../learn/completion'
import { type MoneyLines, moneyFigures, selectMoney } from '../purchases/money'

type DbNowConfig = Pick<Services, 'db' | 'now' | 'config'>
export type Earnings = Awaited<ReturnType<typeof findEarnings>>

const maxListed = 100

/** By day (by week for a year) and by course, at the price really paid. */
export async function findEarnings(services: DbNowConfig, ownerId: string, period: Period) {
  const days = daysOf(services, period)
  const money = within(services.db, selectMoney(services.db, ownerId), spanOf(services, period))
  const [students, byDay, byCourse] = await Promise.all([
    countStudents(services, money),
    groupByDay(services, money, days),
    groupByCourse(services, ownerId, money),
  ])
  const completion = await completionOf(
    services,
    byCourse.map(({ id }) => id),
  )
  return {
    students,
    spans: groupDays(byDay, isByWeek(period) ? 7 : 1),
    courses: byCourse.map((course) => ({ ...course, completion: completion.get(course.id) ?? null })),
  }
}

/** Days are the site's, months and financial years India's. */
function daysOf({ now, config }: DbNowConfig, period: Period): CalendarDay[] {
  if ('days' in period) return lastDays(now(), period.days, config.TIME_ZONE)
  const { from, until } = period.span
  const amount = Math.round((until.getTime() - from.getTime()) / dayMs)
  return lastDays(new Date(until.getTime() - 1), amount, indiaTimeZone)
}

/** From the first moment of a period to the one after its last. */
export function spanOf(services: DbNowConfig, period: Period): Span {
  if (!('days' in period)) return period.span
  return {
    from: daysOf(services, period)[0]?.startsAt ?? new Date(0),
    until: later(services.now(), daySeconds),
  }
}

const within = (db: Db, money: MoneyLines, { from, until }: Span): MoneyLines =>
  db
    .select()
    .from(money)
    .where(and(gte(money.at, from), lt(money.at, until)))
    .as('money') as unknown as MoneyLines

async function countStudents({ db }: DbNowConfig, money: MoneyLines): Promise<number> {
  const [row] = await db
    .select({ n: sql`count(distinct ${purchases.userId})`.mapWith(Number) })
    .from(money)
    .innerJoin(
      purchases,
      and(
        eq(purchases.courseId, money.courseId),
        eq(purchases.userId, money.userId),
        isNull(purchases.revokedAt),
      ),
    )
    .where(inArray(money.kind, ['sale', 'join']))
  return row?.n ?? 0
}

/** In moments at which days begin, because the database may know no time zones. */
async function groupByDay({ db }: DbNowConfig, money: MoneyLines, days: CalendarDay[]) {
  const starts = days.map(({ startsAt }) => sql`${Math.floor(startsAt.getTime() / 1000)}`)
  const day =
    sql`interval(timestampdiff(second, '1970-01-01', ${money.at}), ${sql.join(starts, sql`, `)}) - 1`
      .mapWith(Number)
      .as('day_index')
  const rows = await db
    .select({ day, ...moneyFigures(money) })
    .from(money)
    .groupBy(day)
  const found = new Map(rows.map(({ day: index, ...each }) => [index, each]))
  return days.map(({ date }, index) => ({ date, ...(found.get(index) ?? noFigures) }))
}

async function groupByCourse({ db }: DbNowConfig, ownerId: string, money: MoneyLines) {
  const sold = db
    .select({ courseId: money.courseId, ...moneyFigures(money) })
    .from(money)
    .groupBy(money.courseId)
    .as('sold')
  return db
    .select({
      id: courses.id,
      title: courses.title,
      slug: courses.slug,
      isDeleted: isNotNull(courses.archivedAt).mapWith(Boolean),
      sales: sql`coalesce(${sold.sales}, 0)`.mapWith(Number),
      soldPaise: sql`coalesce(${sold.soldPaise}, 0)`.mapWith(Number),
      refundedPaise: sql`coalesce(${sold.refundedPaise}, 0)`.mapWith(Number),
      freeJoins: sql`coalesce(${sold.freeJoins}, 0)`.mapWith(Number),
    })
    .from(courses)
    .leftJoin(sold, eq(sold.courseId, courses.id))
    .where(and(eq(courses.ownerId, ownerId), or(isNull(courses.archivedAt), isNotNull(sold.courseId))))
    .orderBy(
      desc(sql`coalesce(${sold.soldPaise} - ${sold.refundedPaise}, -1)`),
      asc(courses.title),
      asc(courses.id),
    )
    .limit(maxListed)
}
