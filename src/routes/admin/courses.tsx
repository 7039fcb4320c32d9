import { Hono } from 'hono'
import * as z from 'zod'
import { AdminCoursePage, CourseSale } from '../../../views/admin/course'
import { AdminCoursesPage } from '../../../views/admin/courses'
import {
  Erasure,
  ErasurePage,
  type ErasureProps,
  erasableChapter,
  erasableFile,
} from '../../../views/admin/erasure'
import { neededConfirmation } from '../../models/account/confirmation'
import { eraseAttachment } from '../../models/admin/attachment-erasure'
import { eraseChapter } from '../../models/admin/chapter-erasure'
import { liftCourseSuspension, suspendCourse } from '../../models/admin/course-suspension'
import { listAdminCourses } from '../../models/admin/courses'
import { paths } from '../../paths'
import { readCourseQuery } from '../../rules/admin/course-query'
import type { Env } from '../../web/env'
import { type FormProblem, form } from '../../web/forms'
import { on } from '../../web/guards'
import type { GuardedContext } from '../../web/guards/found'
import { changed, show } from '../../web/html'
import { Password, passwordProblem } from '../account/confirm'
import { Reason } from './fields'

const ReasonForm = z.object({ reason: Reason })
const ErasureForm = z.object({ reason: Reason, password: Password })

const lifted = {
  'on sale': 'is on sale again.',
  'not published': 'can be published by its instructor again.',
  'not suspended': 'was not taken off sale. Nothing has changed.',
}

export const adminCourses = new Hono<Env>()
  .get(...on(paths.adminCourses), async (c) => {
    const { services } = c.var
    const query = readCourseQuery(new URL(c.req.url).searchParams)
    const found = await listAdminCourses(services, query)
    return show(c, { title: 'Courses', page: <AdminCoursesPage {...{ found, query }} /> })
  })
  .get(...on(paths.adminCourse), (c) => showCourse(c))
  .post(...on(paths.courseSuspension), form(ReasonForm, showCourse), async (c) => {
    const { services, user, course } = c.var
    const { reason } = c.req.valid('form')
    const outcome = await suspendCourse(services, user.id, { courseId: course.id, reason })
    const notice =
      outcome === 'suspended'
        ? `${course.title} is off sale. ${course.instructor.name} can read why.`
        : `${course.title} was off sale already. Nothing has changed.`
    return changed(c, { notice, to: paths.adminCourse(course.id) })
  })
  .post(...on(paths.courseSuspensionDelete), async (c) => {
    const { services, user, course } = c.var
    const outcome = await liftCourseSuspension(services, user.id, course.id)
    return changed(c, { notice: `${course.title} ${lifted[outcome]}`, to: paths.adminCourse(course.id) })
  })
  .get(...on(paths.adminChapter), (c) => showChapter(c))
  .post(...on(paths.adminChapterDelete), form(ErasureForm, showChapter), async (c) => {
    const { services, user, course, chapter } = c.var
    const { reason, password } = c.req.valid('form')
    const problem = await passwordProblem(c, { reason, password })
    if (problem) return showChapter(c, problem)
    await eraseChapter(services, user.id, { id: chapter.id, courseId: course.id, reason })
    return changed(c, {
      notice: `${chapter.title} is erased, with its video.`,
      to: paths.adminCourse(course.id),
    })
  })
  .get(...on(paths.adminAttachment), (c) => showFile(c))
  .post(...on(paths.adminAttachmentDelete), form(ErasureForm, showFile), async (c) => {
    const { services, user, course, file } = c.var
    const { reason, password } = c.req.valid('form')
    const problem = await passwordProblem(c, { reason, password })
    if (problem) return showFile(c, problem)
    await eraseAttachment(services, user.id, { id: file.id, courseId: course.id, reason })
    return changed(c, { notice: `${file.name} is erased.`, to: paths.adminCourse(course.id) })
  })

function showCourse(c: GuardedContext<'adminCourse'>, problem?: FormProblem): Promise<Response> {
  const { services, course } = c.var
  const props = {
    ...{ course, timeZone: services.config.TIME_ZONE },
    problem: problem && { ...problem, action: paths.courseSuspension(course.id) },
  }
  return show(c, {
    title: course.title,
    status: problem ? 422 : 200,
    page: <AdminCoursePage {...props} />,
    part: <CourseSale {...props} />,
  })
}

function showChapter(c: GuardedContext<'adminChapter'>, problem?: FormProblem): Promise<Response> {
  return showErasure(c, erasableChapter(c.var.course, c.var.chapter), problem)
}

function showFile(c: GuardedContext<'adminAttachment'>, problem?: FormProblem): Promise<Response> {
  return showErasure(c, erasableFile(c.var.course, c.var.file), problem)
}

async function showErasure(
  c: GuardedContext<'adminCourse'>,
  erasable: ErasureProps['erasable'],
  problem?: FormProblem,
): Promise<Response> {
  const { services, user, course } = c.var
  const props = {
    ...{ course, erasable, timeZone: services.config.TIME_ZONE },
    confirmation: await neededConfirmation(services, user),
    problem: problem && { ...problem, action: erasable.action },
  }
  return show(c, {
    title: `${erasable.name} · ${course.title}`,
    status: problem ? 422 : 200,
    page: <ErasurePage {...props} />,
    part: <Erasure {...props} />,
  })
}
