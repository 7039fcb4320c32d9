import { Hono } from 'hono'
import { courseUnpublishedText, keptText } from '../../../views/teach/chapter'
import { type CoursePageProps, CourseUpdates } from '../../../views/teach/course'
import {
  publishChapter,
  publishCourse,
  unpublishChapter,
  unpublishCourse,
} from '../../models/teach/publishing'
import { paths } from '../../paths'
import type { Env } from '../../web/env'
import { on } from '../../web/guards'
import { changed } from '../../web/html'
import { showChapter } from './chapter-page'
import { showCourse } from './course-page'

export const teachPublication = new Hono<Env>()
  .post(...on(paths.teachPublication), async (c) => {
    const { services, course } = c.var
    const missing = await publishCourse(services, course)
    if (missing === 'suspended' || missing.length > 0)
      return showCourse(c, state, { status: 422, isRefused: true })
    return changed(c, {
      notice: 'The course is published. Everyone can find it now.',
      to: paths.teachCourse(course.id),
      part: () => showCourse(c, state),
    })
  })
  .post(...on(paths.teachPublicationDelete), async (c) => {
    const { services, course } = c.var
    await unpublishCourse(services, course)
    return changed(c, {
      notice: 'The course is unpublished. Students who have it keep it.',
      to: paths.teachCourse(course.id),
      part: () => showCourse(c, state),
    })
  })
  .post(...on(paths.teachChapterPublication), async (c) => {
    const { services, course, chapter } = c.var
    const missing = await publishChapter(services, course, chapter)
    if (missing.length > 0) return showChapter(c, undefined, { status: 422, isRefused: true })
    return changed(c, {
      notice: 'The chapter is published.',
      to: paths.teachChapter(course.id, chapter.id),
      part: () => showChapter(c),
    })
  })
  .post(...on(paths.teachChapterPublicationDelete), async (c) => {
    const { services, course, chapter } = c.var
    const { keepers, courseUnpublished } = await unpublishChapter(services, course, chapter)
    const text = `The chapter is unpublished.${keepers > 0 ? ` ${keptText(keepers)}` : ''}`
    return changed(c, {
      notice: courseUnpublished ? `${text} ${courseUnpublishedText}` : text,
      to: paths.teachChapter(course.id, chapter.id),
      part: () => showChapter(c, undefined, { courseUnpublished }),
    })
  })

const state = ({ course, isRefused }: CoursePageProps) => (
  <CourseUpdates course={course} isRefused={isRefused} />
)
