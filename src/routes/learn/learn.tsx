import { Hono } from 'hono'
import { LessonPage, LockedPage } from '../../../views/learn/chapter'
import { LearningPage } from '../../../views/learn/learning'
import { notFound } from '../../errors'
import { findLesson, listLessons } from '../../models/learn/chapter'
import { findLessonFile, listLessonFiles } from '../../models/learn/course-content'
import { findContinuation, listLearning } from '../../models/learn/learning'
import { paths } from '../../paths'
import { required } from '../../services'
import { leaveNotice } from '../../web/cookies'
import type { Env } from '../../web/env'
import { on } from '../../web/guards'
import { show } from '../../web/html'
import { userOf } from '../../web/session'
import { playable } from './player'
import { progress } from './progress'

/** Long enough to click, too short to pass on. */
const fileUrlSeconds = 300

export const learn = new Hono<Env>()
  .get(...on(paths.learning), async (c) => {
    const learning = await listLearning(c.var.services, c.var.user.id)
    return show(c, { title: 'Learning', page: <LearningPage {...learning} /> })
  })
  .get(...on(paths.learn), async (c) => {
    const slug = c.req.param('slug')
    const user = await userOf(c)
    const found = await findContinuation(c.var.services, user?.id ?? null, slug)
    if (!found) throw notFound('course')
    if (!found.hasAccess) return c.redirect(paths.course(slug), 303)
    if (found.nextChapterId) return c.redirect(paths.chapter(slug, found.nextChapterId), 303)
    leaveNotice(c, { kind: 'success', text: 'This course has no lessons yet. Come back soon.' })
    return c.redirect(paths.course(slug), 303)
  })
  .get(...on(paths.attachment), async (c) => {
    const { services, course } = c.var
    const { fileKey } = await findLessonFile(services, course.id, c.req.param('attachmentId'))
    return c.redirect(await required(services.files, 'Files').temporaryUrl(fileKey, fileUrlSeconds), 303)
  })
  .get(...on(paths.chapter), async (c) => {
    const { services } = c.var
    const user = await userOf(c)
    const userId = user?.id ?? null
    const lesson = await findLesson(services, userId, c.req.param('slug'), c.req.param('chapterId'))
    if (!lesson) throw notFound('lesson')
    c.header('Cache-Control', 'private, no-store')
    if (lesson.access !== 'preview') c.header('X-Robots-Tag', 'noindex')
    const { access, course } = lesson
    const title = `${lesson.title} · ${course.title}`
    const canPay = services.payments !== null
    const hasCourse = access === 'owner' || access === 'buyer'
    const [lessons, files] = await Promise.all([
      listLessons(services, userId, course.id, access === 'owner'),
      hasCourse ? listLessonFiles(services, course.id) : [],
    ])
    if (lesson.access === 'locked') {
      return show(c, { title, withoutSearch: true, page: <LockedPage {...{ lesson, lessons, canPay }} /> })
    }
    const player = await playable(services, lesson)
    return show(c, {
      title,
      withoutSearch: true,
      policy: 'player',
      scripts: ['watch.js'],
      page: <LessonPage {...{ lesson, lessons, files, player, canPay }} isSignedIn={user !== null} />,
    })
  })
  .route('/', progress)
