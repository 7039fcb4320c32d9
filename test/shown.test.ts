import { and, eq } from 'drizzle-orm'
import { beforeAll, expect, it } from 'vitest'
import { chapters, courses, muxData } from '../src/db/schema'
import { recountLessons } from '../src/models/teach/lesson-count'
import { paths } from '../src/paths'
import { completeCourse } from './complete-course'
import { member } from './member'
import { newBuyer, owns, pay, paymentWorld } from './payments'
import { course, type Person, person } from './people'
import { sharedSite } from './shared-site'
import { until } from './until'
import { picture, upload } from './upload'

const world = paymentWorld()
const site = sharedSite(world)
const reason = 'Asked for by mail'

let admin: Person
let teacher: Person
let made: Awaited<ReturnType<typeof completeCourse>>
beforeAll(async () => {
  admin = await person(world, { role: 'admin' })
  teacher = await member(world, { role: 'instructor', name: 'Meera Iyer' })
  made = await completeCourse(world, { owner: teacher, title: 'Queues', chapters: 3 })
})

const addresses = () => [
  paths.home(),
  paths.courses(),
  paths.courses({ category: 'testing' }),
  paths.course(made.slug),
]
const shared = () => Promise.all(addresses().map(async (path) => (await site.get(path)).text()))
const direct = () =>
  Promise.all(addresses().map(async (path) => (await world.app.request(world.origin + path)).text()))

const teach = (path: string, fields?: Record<string, string> | [string, string][]) =>
  teacher.browser.post(path, fields)
const desk = (path: string, fields?: Record<string, string>) => admin.browser.post(path, fields)
const setting = (fields: Record<string, string>) => () => teach(paths.teachCourse(made.id), fields)
const first = () => made.chapters[0]?.id ?? ''

const countsOf = async (id: string) => {
  const [row] = await world.services.db.select().from(courses).where(eq(courses.id, id))
  return { lessons: row?.lessonCount, seconds: row?.lessonSeconds }
}
const countedAnew = async (id: string) => {
  const lessons = await world.services.db
    .select({ seconds: muxData.durationSeconds })
    .from(chapters)
    .leftJoin(muxData, eq(muxData.chapterId, chapters.id))
    .where(and(eq(chapters.courseId, id), eq(chapters.isPublished, true)))
  return { lessons: lessons.length, seconds: lessons.reduce((sum, { seconds }) => sum + (seconds ?? 0), 0) }
}

/** In this order: each verb that changes what a visitor sees, and one use of it. */
const verbs: [what: string, verb: () => Promise<unknown>][] = [
  ['title of a course', setting({ title: 'Queues, again' })],
  ['description', setting({ description: 'Who waits for whom, and why.' })],
  ['price', setting({ price: '1,234' })],
  ['level', setting({ level: 'beginner' })],
  ['outcomes', setting({ outcomes: 'Tell a queue from a stack' })],
  ['title of a lesson', () => teach(paths.teachChapter(made.id, first()), { title: 'Waiting' })],
  ['free lesson', () => teach(paths.teachChapter(made.id, first()), { isFree: 'on' })],
  ['lesson withdrawn', () => teach(paths.teachChapterPublicationDelete(made.id, made.chapters[1]?.id ?? ''))],
  ['lesson published', () => teach(paths.teachChapterPublication(made.id, made.chapters[1]?.id ?? ''))],
  [
    'order of lessons',
    () =>
      teach(
        paths.teachChapterOrder(made.id),
        made.chapters.map(({ id }) => ['chapter', id] as [string, string]).reverse(),
      ),
  ],
  [
    'picture of a course',
    () => upload(world, teacher.browser, 'courseImage', { file: picture(), input: { courseId: made.id } }),
  ],
  [
    'name of a category',
    async () => desk(paths.category((await made.row())?.categoryId ?? ''), { name: 'Waiting rooms' }),
  ],
  ['new category', () => desk(paths.categories(), { name: 'Beekeeping' })],
  ['name of an instructor', () => teach(paths.account(), { name: 'Meera Iyer Rao' })],
  ['course off sale', () => desk(paths.courseSuspension(made.id), { reason })],
  ['course on sale again', () => desk(paths.courseSuspensionDelete(made.id))],
  ['course unpublished', () => teach(paths.teachPublicationDelete(made.id))],
  ['course published', () => teach(paths.teachPublication(made.id))],
  ['video removed', () => teach(paths.teachVideoDelete(made.id, made.chapters[0]?.id ?? ''))],
  ['lesson erased', () => desk(paths.adminChapterDelete(made.id, made.chapters[2]?.id ?? ''), { reason })],
  [
    'a sale, by which another course is the most popular',
    async () => {
      const buyer = await newBuyer(world, { title: 'Sold most' })
      await pay(world, buyer.vendorOrderId)
      await until(() => owns(world, buyer.student))
    },
  ],
  ['courses handed over', () => desk(paths.personRole(teacher.id), { role: 'student', handOver: 'on' })],
]

it.each(verbs)('A visitor sees the change of: %s', async (_, verb) => {
  const before = await shared()
  expect(before).toEqual(await direct())
  await verb()
  const after = await shared()
  expect(after).toEqual(await direct())
  expect(after).not.toEqual(before)
  expect(await countsOf(made.id)).toEqual(await countedAnew(made.id))
})

it('What the version before has changed meanwhile is counted at night', async () => {
  const offered = await course(world, { chapters: 3 })
  const right = await countsOf(offered.id)
  await world.services.db
    .update(courses)
    .set({ lessonCount: 9, lessonSeconds: 9 })
    .where(eq(courses.id, offered.id))
  await recountLessons(world.services)
  expect(await countsOf(offered.id)).toEqual(right)
  expect(right).toEqual({ lessons: 3, seconds: 180 })
})
