import type { User } from '../../models/account/session'
import type { CategoryWithCounts } from '../../models/admin/categories'
import type { AdminAttachment, AdminChapter, AdminCourse } from '../../models/admin/courses'
import type { DisputeRecord } from '../../models/admin/disputes'
import type { KeptPayment } from '../../models/admin/payments'
import type { UserDetails } from '../../models/admin/users'
import type { KeptWebhook } from '../../models/admin/webhooks'
import type { Course } from '../../models/catalogue/course'
import type { LockedChapter, OpenChapter } from '../../models/learn/chapter'
import type { Order } from '../../models/purchases/order'
import type { RefundRequest } from '../../models/purchases/refund-decision'
import type { OwnChapter, OwnCourse } from '../../models/teach/own-course'
import type { Access, Path } from '../../paths'
import type { AppContext } from '../env'
import type { ResetRequest } from '../password-reset-cookies'
import type { SecondStep } from '../two-factor-cookies'

/** What the guard of an address finds for it. */
export interface Found {
  visitor: object
  machine: object
  resetRequest: { resetRequest: ResetRequest }
  resetGrant: { resetGrant: { email: string; token: string } }
  secondStep: { secondStep: SecondStep; email: string }
  signedIn: { user: User }
  customer: { user: User }
  visibleCourse: { user: User | null; course: Course }
  visibleChapter: { user: User | null; chapter: OpenChapter | LockedChapter }
  watcher: { chapter: OpenChapter }
  learner: { user: User; chapter: OpenChapter }
  buyer: { user: User; course: { id: string; slug: string; isOwner: boolean } }
  ownOrder: { user: User; order: Order }
  ownSale: { user: User; order: Order }
  instructor: { user: User }
  ownCourse: { user: User; course: OwnCourse }
  ownChapter: { user: User; course: OwnCourse; chapter: OwnChapter }
  /** Without a user when the file store calls back; its signature is checked with the body. */
  uploader: { user: User | null }
  admin: { user: User }
  adminCategory: { user: User; category: CategoryWithCounts }
  adminUser: { user: User; person: UserDetails }
  adminOrder: { user: User; order: Order }
  adminRefundRequest: { user: User; order: Order; request: RefundRequest }
  adminPayment: { user: User; payment: KeptPayment }
  adminRefund: { user: User; payment: KeptPayment; request: RefundRequest }
  adminDispute: { user: User; dispute: DisputeRecord }
  adminWebhook: { user: User; webhook: KeptWebhook }
  adminPurchase: { user: User; person: UserDetails; course: { id: string; title: string } }
  adminCourse: { user: User; course: AdminCourse }
  adminChapter: { user: User; course: AdminCourse; chapter: AdminChapter }
  adminAttachment: { user: User; course: AdminCourse; file: AdminAttachment }
}
export type GuardedContext<A extends Access> = AppContext<Found[A]>

export type Guards = { [A in Access]: (c: AppContext, path: Path) => Promise<Found[A] | Response> }
