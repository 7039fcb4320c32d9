import { and, asc, desc, eq, isNotNull, isNull, or, sql } from 'drizzle-orm'
import { courses } from '../../db/schema'
import { AppError } from '../../errors'
import { groupDays, noFigures, type Period } from '../../rules/teach/earnings'
import { type CalendarDay, lastDays } from '../../rules/teach/earnings-days'
import type { Services } from '../../services'
import { completionOf } from '../learn/completion'
import { type Sales, selectSales } from './earnings-sales'

type DbNowConfig = Pick<Services, 'db' | 'now' | 'config'>
export type Earnings = Awaited<ReturnType<typeof findEarnings>>

const maxListed = 100

/** In the site's time zone, by day (by week for a year) and by course, at the price really paid. */
export async function findEarnings(services: DbNowConfig, ownerId: string, period: Period) {
  const days = lastDays(services.now(), period, services.config.TIME_ZONE)
  const sales = selectSales(services.db, ownerId, firstMoment(days))
  const [students, byDay, byCourse] = await Promise.all([
    countStudents(services, sales),
    groupByDay(services, sales, days),
    groupByCourse(services, ownerId, sales),
  ])
  const completion = await completionOf(
    services,
    byCourse.map(({ id }) => id),
  )
  return {
    students,
    spans: groupDays(byDay, period === 365 ? 7 : 1),
    courses: byCourse.map((course) => ({ ...course, completion: completion.get(course.id) ?? null })),
  }
}

/** Newest first; AppError `invalid` above `limit`. */
export async function listSales(services: DbNowConfig, ownerId: string, period: Period, limit = 100_000) {
  const sales = selectSales(
    services.db,
    ownerId,
    firstMoment(lastDays(services.now(), period, services.config.TIME_ZONE)),
  )
  const list = await services.db
    .select({
      soldAt: sales.soldAt,
      course: courses.title,
      pricePaise: sales.pricePaise,
      refundedPaise: sales.refundedPaise,
      isKept: sales.isKept,
    })
    .from(sales)
    .innerJoin(courses, eq(courses.id, sales.courseId))
    .orderBy(desc(sales.soldAt), asc(sales.courseId), asc(sales.userId))
    .limit(limit + 1)
  if (list.length > limit)
    throw new AppError('invalid', 'There are too many sales for one file. Choose fewer days.')
  return list
}

const firstMoment = (days: CalendarDay[]): Date => days[0]?.startsAt ?? new Date(0)

const figures = (sales: Sales) => ({
  sales: sql`coalesce(sum(${sales.pricePaise} > 0), 0)`.mapWith(Number).as('sale_count'),
  soldPaise: sql`coalesce(sum(${sales.pricePaise}), 0)`.mapWith(Number).as('sum_sold'),
  refundedPaise: sql`coalesce(sum(${sales.refundedPaise}), 0)`.mapWith(Number).as('sum_refunded'),
  freeJoins: sql`coalesce(sum(${sales.pricePaise} = 0 and ${sales.isKept}), 0)`.mapWith(Number).as('joins'),
})

async function countStudents({ db }: DbNowConfig, sales: Sales): Promise<number> {
  const [row] = await db
    .select({ n: sql`count(distinct if(${sales.isKept}, ${sales.userId}, null))`.mapWith(Number) })
    .from(sales)
  return row?.n ?? 0
}

/** In moments at which days begin, because the database may know no time zones. */
async function groupByDay({ db }: DbNowConfig, sales: Sales, days: CalendarDay[]) {
  const starts = days.map(({ startsAt }) => sql`${Math.floor(startsAt.getTime() / 1000)}`)
  const day =
    sql`interval(timestampdiff(second, '1970-01-01', ${sales.soldAt}), ${sql.join(starts, sql`, `)}) - 1`
      .mapWith(Number)
      .as('day_index')
  const rows = await db
    .select({ day, ...figures(sales) })
    .from(sales)
    .groupBy(day)
  const found = new Map(rows.map(({ day: index, ...each }) => [index, each]))
  return days.map(({ date }, index) => ({ date, ...(found.get(index) ?? noFigures) }))
}

async function groupByCourse({ db }: DbNowConfig, ownerId: string, sales: Sales) {
  const sold = db
    .select({ courseId: sales.courseId, ...figures(sales) })
    .from(sales)
    .groupBy(sales.courseId)
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
