import { and, count, desc, eq, inArray, like, or, type SQL } from 'drizzle-orm'
import { alias, type MySqlColumn } from 'drizzle-orm/mysql-core'
import { auditEvents, categories, chapters, courses, users } from '../../db/schema'
import type { AuditQuery } from '../../rules/admin/audit-query'
import type { Services } from '../../services'
import type { AuditAction, AuditSubject } from '../audit'

export type AuditList = Awaited<ReturnType<typeof listAudit>>
export type AuditLine = AuditList['events'][number]

const pageSize = 50
const maxCounted = 1000
const maxOfOne = 20

const actor = alias(users, 'actor')
const person = alias(users, 'person')

const isAbout = (type: AuditSubject, id: MySqlColumn) =>
  and(eq(auditEvents.subjectType, type), eq(id, auditEvents.subjectId))

const columns = {
  id: auditEvents.id,
  action: auditEvents.action,
  subjectType: auditEvents.subjectType,
  subjectId: auditEvents.subjectId,
  reason: auditEvents.reason,
  details: auditEvents.details,
  createdAt: auditEvents.createdAt,
  actor: { id: actor.id, name: actor.name },
  person: person.name,
  course: courses.title,
  chapter: { title: chapters.title, courseId: chapters.courseId },
  category: categories.name,
}

const select = ({ db }: Pick<Services, 'db'>) =>
  db
    .select(columns)
    .from(auditEvents)
    .leftJoin(actor, eq(actor.id, auditEvents.actorId))
    .leftJoin(person, isAbout('user', person.id))
    .leftJoin(courses, isAbout('course', courses.id))
    .leftJoin(chapters, isAbout('chapter', chapters.id))
    .leftJoin(categories, isAbout('category', categories.id))

type Row = Awaited<ReturnType<typeof select>>[number]

/** Newest first; `more` than the thousand counted; a page beyond the last is the last. */
export async function listAudit(services: Pick<Services, 'db'>, query: AuditQuery) {
  const where = matching(query)
  const some = services.db
    .select({ id: auditEvents.id })
    .from(auditEvents)
    .leftJoin(actor, eq(actor.id, auditEvents.actorId))
    .leftJoin(person, isAbout('user', person.id))
    .leftJoin(courses, isAbout('course', courses.id))
    .where(where)
    .limit(maxCounted + 1)
    .as('some')
  const [counted] = await services.db.select({ n: count() }).from(some)
  const total = counted?.n ?? 0
  const pages = Math.max(1, Math.ceil(Math.min(total, maxCounted) / pageSize))
  const page = Math.min(query.page ?? 1, pages)
  const rows = await select(services)
    .where(where)
    .orderBy(desc(auditEvents.createdAt), desc(auditEvents.id))
    .limit(pageSize)
    .offset((page - 1) * pageSize)
  const events = await withCourses(services, rows)
  return { events, count: Math.min(total, maxCounted), more: total > maxCounted, page, pages }
}

/** The newest twenty about one thing. */
export async function listAuditOf(
  services: Pick<Services, 'db'>,
  { type, id }: { type: AuditSubject; id: string },
): Promise<AuditLine[]> {
  const rows = await select(services)
    .where(and(eq(auditEvents.subjectType, type), eq(auditEvents.subjectId, id)))
    .orderBy(desc(auditEvents.createdAt), desc(auditEvents.id))
    .limit(maxOfOne)
  return withCourses(services, rows)
}

const anywhere = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`

function matching({ q, action }: AuditQuery): SQL | undefined {
  const found = q
    ? or(
        eq(auditEvents.subjectId, q),
        eq(auditEvents.actorId, q),
        ...[actor.name, person.name, courses.title].map((column) => like(column, anywhere(q))),
        ...[actor.email, person.email].map((column) => like(column, anywhere(q.toLowerCase()))),
      )
    : undefined
  return and(found, action ? eq(auditEvents.action, action) : undefined)
}

/** Details name courses by id. */
async function withCourses({ db }: Pick<Services, 'db'>, rows: Row[]) {
  const ids = [...new Set(rows.flatMap(({ details }) => courseIn(details) ?? []))]
  const found = ids.length
    ? await db.select({ id: courses.id, title: courses.title }).from(courses).where(inArray(courses.id, ids))
    : []
  return rows.map(({ action, subjectType, subjectId, person, course, chapter, category, ...row }) => ({
    ...row,
    action: action as AuditAction,
    details: row.details ?? {},
    subject: {
      type: subjectType as AuditSubject,
      id: subjectId,
      name: person ?? course ?? chapter?.title ?? category ?? nameIn(row.details),
    },
    course: found.find(({ id }) => id === courseIn(row.details)) ?? null,
  }))
}

type Details = Row['details']
const courseIn = (details: Details) => (typeof details?.course === 'string' ? details.course : null)
const nameIn = (details: Details) => (typeof details?.name === 'string' ? details.name : null)
