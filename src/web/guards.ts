import type { MiddlewareHandler } from 'hono'
import { createMiddleware } from 'hono/factory'
import { AppError, notFound } from '../errors'
import { findGrant } from '../models/account/password-reset'
import { findSecondStep } from '../models/account/second-step'
import type { User } from '../models/account/session'
import { findVisibleCourse } from '../models/catalogue/course'
import { findCurrentSlug } from '../models/catalogue/course-slug'
import { findChapter, type LockedChapter, type OpenChapter } from '../models/learn/chapter'
import { findDownloadableCourse } from '../models/learn/course-content'
import { findOwnOrder } from '../models/purchases/order'
import { findOwnChapter, findOwnCourse } from '../models/teach/own-course'
import { findOwnSale } from '../models/teach/sales'
import { type Access, fill, type Path, paths } from '../paths'
import { required } from '../services'
import type { AppContext, Env } from './env'
import { adminGuards } from './guards/admin'
import type { Found, Guards } from './guards/found'
import { go } from './html'
import { isFromOtherSite, returnTo } from './origin'
import { param } from './param'
import { readResetGrant, readResetRequest } from './password-reset-cookies'
import { signedIn, userOf } from './session'
import { readSecondStep } from './two-factor-cookies'
import { setUpFirst, startAgain } from './two-factor-first'

/** Asked before what somebody typed: 404 for what they may not see. */
const guards: Guards = {
  visitor: async () => ({}),
  machine: async () => ({}),
  resetRequest: async (c) => {
    const resetRequest = await readResetRequest(c)
    return resetRequest ? { resetRequest } : go(c, paths.passwordReset())
  },
  resetGrant: async (c) => {
    const token = readResetGrant(c)
    const email = await findGrant(c.var.services, token)
    return email ? { resetGrant: { email, token } } : go(c, paths.passwordReset())
  },
  secondStep: async (c) => {
    const secondStep = await readSecondStep(c)
    const email = secondStep && (await findSecondStep(c.var.services, secondStep.token))
    if (secondStep && email) return { secondStep, email }
    return startAgain(c, secondStep?.next)
  },
  signedIn: async (c) => ({ user: await signedIn(c) }),
  // Most who buy for the first time have no account yet.
  customer: async (c, path) => {
    const user = await userOf(c)
    return user ? { user } : go(c, paths.signUp({ next: fill(path.pattern, [param(c, 'slug')]) }))
  },
  visibleCourse: async (c, path) => {
    const user = await userOf(c)
    const [slug, userId] = [param(c, 'slug'), user?.id ?? null]
    const course = await findVisibleCourse(c.var.services, slug, userId)
    if (course) return { user, course }
    // Links to a slug that the course had before lead on.
    const current = await findCurrentSlug(c.var.services, slug, userId)
    if (!current) throw notFound('course')
    return go(c, fill(path.pattern, [current]))
  },
  visibleChapter: async (c) => ({ user: await userOf(c), chapter: await visibleChapter(c) }),
  watcher: async (c) => ({ chapter: await openChapter(c) }),
  learner: async (c) => ({ user: await signedIn(c), chapter: await openChapter(c) }),
  buyer: async (c) => {
    const user = await signedIn(c)
    return { user, course: await findDownloadableCourse(c.var.services, user.id, param(c, 'slug')) }
  },
  ownOrder: async (c) => {
    const user = await signedIn(c)
    const order = await findOwnOrder(c.var.services, user.id, param(c, 'orderId'))
    return { user, order }
  },
  ownSale: async (c) => {
    const user = await instructorOf(c)
    return { user, order: await findOwnSale(c.var.services, user.id, param(c, 'orderId')) }
  },
  instructor: async (c) => {
    const user = await signedIn(c)
    if (user.role !== 'student') return { user }
    if (c.req.method === 'GET') return go(c, paths.teach())
    throw new AppError('forbidden', 'Become an instructor first, then create courses.')
  },
  ownCourse: async (c) => {
    const user = await instructorOf(c)
    return { user, course: await findOwnCourse(c.var.services, user.id, param(c, 'courseId')) }
  },
  ownChapter: async (c) => {
    const user = await instructorOf(c)
    const [courseId, chapterId] = [param(c, 'courseId'), param(c, 'chapterId')]
    return { user, ...(await findOwnChapter(c.var.services, user.id, courseId, chapterId)) }
  },
  uploader: async (c) => {
    if (required(c.var.services.files, 'Uploading').isCallback(c.req.raw)) return { user: null }
    if (isFromOtherSite(c)) return c.json({ message: 'This upload was requested by another site.' }, 403)
    const user = await userOf(c)
    return user ? { user } : c.json({ message: 'Sign in to continue.' }, 403)
  },
  ...adminGuards,
}

/** The guard that the path names stands before everything else. */
export function on<Pattern extends string, A extends Access>(
  path: Path<Pattern, A>,
): [Pattern, MiddlewareHandler<Env & { Variables: Found[A] }, Pattern>] {
  const guard = createMiddleware<Env & { Variables: Found[A] }, Pattern>(async (c, next) => {
    c.set('returnTo' as never, returnTo(c, path) as never)
    const found = (await setUpFirst(c, path)) ?? (await guards[path.access](c, path))
    if (found instanceof Response) return found
    for (const [name, value] of Object.entries(found)) c.set(name as never, value as never)
    await next()
  })
  return [path.pattern, guard]
}

export const needs = (service: 'mail' | 'otp' | 'identity', what: string): MiddlewareHandler<Env> =>
  createMiddleware<Env>(async (c, next) => {
    required(c.var.services[service] as object | null, what)
    await next()
  })

async function instructorOf(c: AppContext): Promise<User> {
  const user = await signedIn(c)
  if (user.role === 'student') throw notFound('page')
  return user
}

async function visibleChapter(c: AppContext): Promise<OpenChapter | LockedChapter> {
  const user = await userOf(c)
  return findChapter(c.var.services, user?.id ?? null, param(c, 'slug'), param(c, 'chapterId'))
}

async function openChapter(c: AppContext): Promise<OpenChapter> {
  const chapter = await visibleChapter(c)
  if (chapter.access !== 'locked') return chapter
  throw new AppError('forbidden', 'This lesson is part of the course. Buy or join the course to watch it.')
}
