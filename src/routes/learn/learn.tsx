import { Hono } from 'hono'
import { LearningPage } from '../../../views/learn/learning'
import { LessonPage, LockedPage } from '../../../views/learn/lesson'
import { notFound } from '../../errors'
import { findContinuation, listLearning } from '../../models/learn/learning'
import { findLesson, listLessons } from '../../models/learn/lesson'
import { findLessonFile, listLessonFiles } from '../../models/learn/lesson-file'
import { required } from '../../services'
import { urls } from '../../urls'
import { signedIn, viewerOf } from '../../web/auth'
import { leaveNotice } from '../../web/cookies'
import type { Env } from '../../web/env'
import { show } from '../../web/html'
import { playable } from './player'
import { lessonProgress } from './progress'

/** Long enough to click, too short to pass on. */
const fileSeconds = 300

export const learn = new Hono<Env>()
  .get(urls.learning, async (c) => {
    const viewer = await signedIn(c)
    const learning = await listLearning(c.get('services'), viewer.id)
    return show(c, { title: 'Learning', page: <LearningPage {...learning} /> })
  })
  .get('/learn/:slug', async (c) => {
    const slug = c.req.param('slug')
    const viewer = await viewerOf(c)
    const found = await findContinuation(c.get('services'), viewer?.id ?? null, slug)
    if (!found) throw notFound('course')
    if (!found.hasAccess) return c.redirect(urls.course(slug), 303)
    if (found.nextChapterId) return c.redirect(urls.lesson(slug, found.nextChapterId), 303)
    leaveNotice(c, { kind: 'success', text: 'This course has no lessons yet. Come back soon.' })
    return c.redirect(urls.course(slug), 303)
  })
  .get('/learn/:slug/attachments/:id', async (c) => {
    const viewer = await signedIn(c)
    const services = c.get('services')
    const file = await findLessonFile(services, viewer.id, c.req.param('slug'), c.req.param('id'))
    if (!file) throw notFound('file')
    return c.redirect(await required(services.files, 'Files').temporaryUrl(file.fileKey, fileSeconds), 303)
  })
  .get('/learn/:slug/:chapterId', async (c) => {
    const services = c.get('services')
    const viewerId = (await viewerOf(c))?.id ?? null
    const lesson = await findLesson(services, viewerId, c.req.param('slug'), c.req.param('chapterId'))
    if (!lesson) throw notFound('lesson')
    c.header('Cache-Control', 'private, no-store')
    const { access, course } = lesson
    const title = `${lesson.title} · ${course.title}`
    const canPay = services.payments !== null
    const has = access === 'owner' || access === 'buyer'
    const [lessons, files] = await Promise.all([
      listLessons(services, viewerId, course.id, access === 'owner'),
      has ? listLessonFiles(services, course.id) : [],
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
      page: <LessonPage {...{ lesson, lessons, files, player, canPay }} isSignedIn={viewerId !== null} />,
    })
  })
  .route('/', lessonProgress)
