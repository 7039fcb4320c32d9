import type { Connection } from 'mysql2/promise'
import { newId } from '../../src/ids'
import { searchWords } from '../../src/rules/catalogue/search'

const subjects = 'python,sql,react,statistics,drawing,guitar,chess,hindi,cooking,beekeeping'.split(',')
const kinds = ['course', 'workshop', 'introduction', 'masterclass']
const lessonsEach = 3
const batch = 500

/** Courses on sale by the demo's first instructor, three lessons each; nothing when there are none to add. */
export async function addCourses(line: Connection, count: number): Promise<void> {
  if (count === 0) return
  const [[owner]] = (await line.query(
    'select owner_id as id, category_id as category from courses limit 1',
  )) as never as [[{ id: string; category: string }]]
  for (let from = 0; from < count; from += batch) {
    const courses: unknown[][] = []
    const chapters: unknown[][] = []
    const videos: unknown[][] = []
    for (let n = from; n < Math.min(from + batch, count); n++) {
      const [id, title] = [newId(), `${subjects[n % 10]} ${kinds[n % 4]} ${n}`]
      const words = searchWords(title, 'Threads and patience.')
      const at = new Date(1_700_000_000_000 + n * 60_000)
      courses.push([
        id,
        owner.id,
        owner.category,
        `bench-${n}`,
        title,
        'Threads and patience.',
        words,
        (n % 3) * 49_900,
        true,
        at,
        at,
        n % 997,
        lessonsEach,
        lessonsEach * 300,
      ])
      for (let position = 0; position < lessonsEach; position++) {
        const chapter = newId()
        chapters.push([chapter, id, `Lesson ${position + 1}`, 'About it.', position, true])
        videos.push([newId(), chapter, `asset-${chapter}`, `playback-${chapter}`, 300])
      }
    }
    await line.query(
      'insert into courses (id, owner_id, category_id, slug, title, description, search_words, price_paise, is_published, published_at, updated_at, student_count, lesson_count, lesson_seconds) values ?',
      [courses],
    )
    await line.query(
      'insert into chapters (id, course_id, title, description, position, is_published) values ?',
      [chapters],
    )
    await line.query(
      'insert into mux_data (id, chapter_id, asset_id, playback_id, duration_seconds) values ?',
      [videos],
    )
  }
  await line.query('analyze table courses; analyze table chapters; analyze table mux_data')
}
