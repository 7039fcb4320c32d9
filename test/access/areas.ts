import type { Access } from '../../src/paths'

/**
 * Whom the addresses are for, written down a second time: by where they stand, not one by one. What
 * `paths` says has to agree, so that a word changed by mistake is noticed.
 */
const areas: [start: string, access: Access][] = [
  ['/theme', 'visitor'],
  ['/sitemap.xml', 'visitor'],
  ['/sitemaps/:file', 'visitor'],
  ['/robots.txt', 'visitor'],
  ['/courses', 'visitor'],
  ['/courses/:slug', 'visibleCourse'],
  ['/courses/:slug/purchase', 'customer'],

  ['/sign-up', 'visitor'],
  ['/sign-in', 'visitor'],
  ['/sign-in/two-factor', 'secondStep'],
  ['/sign-out', 'visitor'],
  ['/verify-email', 'visitor'],
  ['/verify-email/again', 'signedIn'],
  ['/password-reset', 'visitor'],
  ['/password-reset/code', 'resetRequest'],
  ['/password-reset/again', 'resetRequest'],
  ['/password-reset/new', 'resetGrant'],
  ['/account', 'signedIn'],
  ['/account/session', 'visitor'],

  ['/learning', 'signedIn'],
  ['/learn/:slug', 'visibleCourse'],
  ['/learn/:slug/:chapterId', 'visibleChapter'],
  ['/learn/:slug/attachments', 'buyer'],
  ['/learn/:slug/:chapterId/player', 'watcher'],
  ['/learn/:slug/:chapterId/progress', 'learner'],
  ['/learn/:slug/:chapterId/position', 'learner'],
  ['/purchases', 'signedIn'],
  ['/purchases/:orderId', 'ownOrder'],
  ['/purchases/callback', 'machine'],

  ['/teach', 'signedIn'],
  ['/teach/courses', 'instructor'],
  ['/teach/earnings', 'instructor'],
  ['/teach/orders', 'instructor'],
  ['/teach/orders/:orderId', 'ownSale'],
  ['/teach/earnings.csv', 'instructor'],
  ['/teach/courses/:courseId', 'ownCourse'],
  ['/teach/courses/:courseId/chapters/:chapterId', 'ownChapter'],

  ['/admin', 'admin'],
  ['/admin/categories/:categoryId', 'adminCategory'],
  ['/admin/people/:userId', 'adminUser'],
  ['/admin/orders/:orderId', 'adminOrder'],
  ['/admin/orders/:orderId/refund-requests', 'adminRefundRequest'],
  ['/admin/payments/:paymentId', 'adminPayment'],
  ['/admin/payments/:paymentId/refunds', 'adminRefund'],
  ['/admin/disputes/:disputeId', 'adminDispute'],
  ['/admin/webhooks/:webhookId', 'adminWebhook'],
  ['/admin/people/:userId/purchases/:courseId', 'adminPurchase'],
  ['/admin/courses/:courseId', 'adminCourse'],
  ['/admin/courses/:courseId/chapters/:chapterId', 'adminChapter'],
  ['/admin/courses/:courseId/attachments/:attachmentId', 'adminAttachment'],
  ['/webhooks', 'machine'],
  ['/api', 'uploader'],
  ['/health', 'machine'],
  ['/metrics', 'machine'],
]

/** The word of the innermost area around this pattern. */
export function areaOf(pattern: string): Access | undefined {
  if (pattern === '/') return 'visitor'
  const around = areas.filter(([start]) => pattern === start || pattern.startsWith(`${start}/`))
  return around.sort(([a], [b]) => b.length - a.length)[0]?.[1]
}
