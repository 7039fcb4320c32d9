import { notFound } from '../../errors'
import type { User } from '../../models/account/session'
import { findCategory } from '../../models/admin/categories'
import { findAdminCourse } from '../../models/admin/courses'
import { findDisputeRecord } from '../../models/admin/disputes'
import { findPayment } from '../../models/admin/payments'
import { findPersonCourse } from '../../models/admin/person-courses'
import { findUserDetails } from '../../models/admin/users'
import { findWebhook } from '../../models/admin/webhooks'
import { findOrder } from '../../models/purchases/order'
import { findAskedRefund } from '../../models/purchases/refund-decision'
import { findRefundOfPayment } from '../../models/purchases/refused-refund'
import type { Access } from '../../paths'
import type { AppContext } from '../env'
import { param } from '../param'
import { signedIn } from '../session'
import type { Guards } from './found'

type AdminAccess = Extract<Access, `admin${string}`>

/** Whoever is no administrator gets 404. */
export const adminGuards: Pick<Guards, AdminAccess> = {
  admin: async (c) => ({ user: await adminOf(c) }),
  adminCategory: async (c) => {
    const user = await adminOf(c)
    return { user, category: await findCategory(c.var.services, param(c, 'categoryId')) }
  },
  adminUser: async (c) => {
    const user = await adminOf(c)
    return { user, person: await findUserDetails(c.var.services, param(c, 'userId')) }
  },
  adminOrder: async (c) => {
    const user = await adminOf(c)
    return { user, order: await findOrder(c.var.services, param(c, 'orderId')) }
  },
  adminRefundRequest: async (c) => {
    const user = await adminOf(c)
    const order = await findOrder(c.var.services, param(c, 'orderId'))
    const request = await findAskedRefund(c.var.services, order.id, param(c, 'requestId'))
    return { user, order, request }
  },
  adminPayment: async (c) => {
    const user = await adminOf(c)
    return { user, payment: await findPayment(c.var.services, param(c, 'paymentId')) }
  },
  adminRefund: async (c) => {
    const user = await adminOf(c)
    const payment = await findPayment(c.var.services, param(c, 'paymentId'))
    const request = await findRefundOfPayment(c.var.services, payment.id, param(c, 'requestId'))
    return { user, payment, request }
  },
  adminDispute: async (c) => {
    const user = await adminOf(c)
    return { user, dispute: await findDisputeRecord(c.var.services, param(c, 'disputeId')) }
  },
  adminWebhook: async (c) => {
    const user = await adminOf(c)
    return { user, webhook: await findWebhook(c.var.services, param(c, 'webhookId')) }
  },
  adminPurchase: async (c) => {
    const user = await adminOf(c)
    const person = await findUserDetails(c.var.services, param(c, 'userId'))
    return { user, person, course: await findPersonCourse(c.var.services, person.id, param(c, 'courseId')) }
  },
  adminCourse: async (c) => {
    const user = await adminOf(c)
    return { user, course: await findAdminCourse(c.var.services, param(c, 'courseId')) }
  },
  adminChapter: async (c) => {
    const user = await adminOf(c)
    const course = await findAdminCourse(c.var.services, param(c, 'courseId'))
    const chapter = course.chapters.find(({ id }) => id === param(c, 'chapterId'))
    if (!chapter) throw notFound('lesson')
    return { user, course, chapter }
  },
  adminAttachment: async (c) => {
    const user = await adminOf(c)
    const course = await findAdminCourse(c.var.services, param(c, 'courseId'))
    const file = course.files.find(({ id }) => id === param(c, 'attachmentId'))
    if (!file) throw notFound('file')
    return { user, course, file }
  },
}

async function adminOf(c: AppContext): Promise<User> {
  const user = await signedIn(c)
  if (user.role !== 'admin') throw notFound('page')
  return user
}
