import { Hono } from 'hono'
import { findStartedPurchase, startPurchase } from '../../models/purchases/start-purchase'
import { paths } from '../../paths'
import { leaveNotice } from '../../web/cookies'
import type { Env } from '../../web/env'
import { on } from '../../web/guards'
import { changed, go } from '../../web/html'

export const checkout = new Hono<Env>()
  .get(...on(paths.buy), async (c) => {
    const { services, user } = c.var
    const { course, orderId, isOwned } = await findStartedPurchase(services, user.id, c.req.param('slug'))
    if (orderId) return go(c, paths.purchase(orderId))
    if (isOwned) return go(c, paths.learn(course.slug))
    // Who comes back from Google has asked for this course, and one press is left.
    leaveNotice(c, { kind: 'success', text: `You are signed in. One press takes you on to ${course.title}.` })
    return go(c, paths.course(course.slug))
  })
  .post(...on(paths.buy), async (c) => {
    const { services, user } = c.var
    const { course, orderId, hasJoined } = await startPurchase(services, user.id, c.req.param('slug'))
    if (orderId) return go(c, paths.purchase(orderId))
    if (!hasJoined) return go(c, paths.learn(course.slug))
    return changed(c, { notice: `You have joined ${course.title}.`, to: paths.learn(course.slug) })
  })
