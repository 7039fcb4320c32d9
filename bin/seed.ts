import { eq, isNull } from 'drizzle-orm'
import { isPublic, readConfig } from '../src/config'
import { databaseAddress } from '../src/db/address'
import { connect } from '../src/db/connect'
import { chapters, muxData, videoUploads } from '../src/db/schema'
import { hourMs } from '../src/rules/time'
import { openServices, type Services } from '../src/services'
import { demoInstructor } from './demo/course'
import { demoCourses } from './demo/courses'
import { demoEnrolment } from './demo/people'
import { publishDemoCourse, seedCourse } from './seed/courses'
import { seedEnrolment } from './seed/enrolment'
import { seedCategories, seedPeople } from './seed/people'

const encodingLimitMs = 120_000

async function seed(services: Services): Promise<void> {
  const people = await seedPeople(services)
  const categories = await seedCategories(services)
  const idOf = (ids: Map<string, string>, name: string) => {
    const id = ids.get(name)
    if (!id) throw new Error(`The demo data names ${name}, which it does not define`)
    return id
  }
  const begin = services.now().getTime() - demoCourses.length * hourMs
  const seeded = []
  for (const [index, demo] of demoCourses.entries()) {
    const createdAt = new Date(begin + index * hourMs)
    const ownerId = idOf(people, demo.instructor ?? demoInstructor)
    const course = await seedCourse(services, demo, {
      ownerId,
      categoryId: idOf(categories, demo.category),
      createdAt,
    })
    seeded.push({ demo, course, createdAt })
    console.log(`${demo.title} (${index + 1} of ${demoCourses.length})`)
  }
  await videosReady(services)
  for (const { demo, course, createdAt } of seeded) await publishDemoCourse(services, demo, course, createdAt)
  const bought = seeded.find(({ demo }) => demo.key === demoEnrolment.course)
  if (!bought) throw new Error(`The demo data has no course ${demoEnrolment.course}`)
  await seedEnrolment(services, idOf(people, demoEnrolment.student), bought.course.id)
}

async function videosReady({ db }: Services): Promise<void> {
  const deadline = Date.now() + encodingLimitMs
  for (;;) {
    const waiting = await db
      .selectDistinct({ title: chapters.title })
      .from(videoUploads)
      .innerJoin(chapters, eq(chapters.id, videoUploads.chapterId))
      .leftJoin(muxData, eq(muxData.chapterId, chapters.id))
      .where(isNull(muxData.id))
    if (waiting.length === 0) return
    if (Date.now() > deadline) {
      const titles = waiting.map(({ title }) => title).join(', ')
      throw new Error(`These videos did not become ready: ${titles}. Is the application running?`)
    }
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
}

const config = readConfig(process.env)
if (isPublic(config.APP_ORIGIN) || process.env.NODE_ENV === 'production') {
  console.error('Demo data exists in development only.')
  process.exit(1)
}
const connection = connect({ ...databaseAddress(config), connectionLimit: 4 })
try {
  await seed(openServices(config, connection.db))
} finally {
  await connection.close()
}
