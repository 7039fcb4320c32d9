import { Hono } from 'hono'
import { ChapterPage, LockedPage } from '../../../views/learn/chapter'
import { LearningPage } from '../../../views/learn/learning'
import { findSurroundings } from '../../models/learn/chapter'
import { findAttachment, noteFetch } from '../../models/learn/course-content'
import { findNextChapter, listLearning } from '../../models/learn/learning'
import { paths } from '../../paths'
import { required } from '../../services'
import { leaveNotice } from '../../web/cookies'
import type { Env } from '../../web/env'
import { on } from '../../web/guards'
import { show } from '../../web/html'
import { openPlayer, player } from './player'
import { progress } from './progress'

/** Long enough to click, too short to pass on. */
const fileUrlSeconds = 300

export const learn = new Hono<Env>()
  .get(...on(paths.learning), async (c) => {
    const learning = await listLearning(c.var.services, c.var.user.id)
    return show(c, { title: 'Learning', page: <LearningPage {...learning} /> })
  })
  .get(...on(paths.learn), async (c) => {
    const { services, user, course } = c.var
    if (!course.isOwner && !course.isPurchased) return c.redirect(paths.course(course.slug), 303)
    const chapterId = await findNextChapter(services, course, user?.id ?? null)
    if (chapterId) return c.redirect(paths.chapter(course.slug, chapterId), 303)
    leaveNotice(c, { kind: 'success', text: 'This course has no lessons yet. Come back soon.' })
    return c.redirect(paths.course(course.slug), 303)
  })
  .get(...on(paths.attachment), async (c) => {
    const { services, user, course } = c.var
    const student = course.isOwner ? undefined : user.id
    const file = await findAttachment(services, course.id, c.req.param('attachmentId'), student)
    const url = await required(services.files, 'Files').temporaryUrl(file.fileKey, fileUrlSeconds)
    await noteFetch(services, user.id, file.id)
    return c.redirect(url, 303)
  })
  .get(...on(paths.chapter), async (c) => {
    const { services, user, chapter } = c.var
    const surroundings = await findSurroundings(services, user?.id ?? null, chapter)
    c.header('Cache-Control', 'private, no-store')
    if (chapter.access !== 'preview') c.header('X-Robots-Tag', 'noindex')
    const page = { title: `${chapter.title} · ${chapter.course.title}`, withoutSearch: true }
    const props = { ...surroundings, canPay: services.payments !== null }
    if (chapter.access === 'locked') {
      return show(c, { ...page, page: <LockedPage {...props} chapter={chapter} /> })
    }
    const opened = await openPlayer(services, chapter)
    return show(c, {
      ...page,
      policy: 'player',
      scripts: ['watch.js'],
      page: <ChapterPage {...props} chapter={chapter} player={opened} isSignedIn={user !== null} />,
    })
  })
  .route('/', player)
  .route('/', progress)
