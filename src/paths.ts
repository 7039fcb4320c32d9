/** Nowhere else is an address of the site spelled out. */

/** `web/guards` says what each word asks and what it finds. */
export type Access =
  | 'visitor'
  | 'visibleCourse'
  | 'visibleChapter'
  | 'resetRequest'
  | 'resetGrant'
  | 'secondStep'
  | 'signedIn'
  | 'customer'
  | 'watcher'
  | 'learner'
  | 'buyer'
  | 'ownOrder'
  | 'ownSale'
  | 'instructor'
  | 'ownCourse'
  | 'ownChapter'
  | 'uploader'
  | 'admin'
  | 'adminCategory'
  | 'adminUser'
  | 'adminOrder'
  | 'adminRefundRequest'
  | 'adminPayment'
  | 'adminRefund'
  | 'adminDispute'
  | 'adminWebhook'
  | 'adminPurchase'
  | 'adminCourse'
  | 'adminChapter'
  | 'adminAttachment'
  | 'machine'

export const openToAll: readonly Access[] = ['visitor', 'visibleCourse', 'visibleChapter']

type Query = Record<string, string | number | undefined>

/** One string for each `:name` of a pattern, in order. */
type Params<Pattern extends string> = Pattern extends `${string}:${infer Rest}`
  ? [string, ...(Rest extends `${string}/${infer Tail}` ? Params<Tail> : [])]
  : []

export interface Path<Pattern extends string = string, A extends Access = Access> {
  (...given: [...Params<Pattern>, query?: Query]): string
  readonly pattern: Pattern
  readonly access: A
  readonly formPage: string
}

export function fill(pattern: string, params: readonly string[]): string {
  let place = 0
  return pattern.replace(/:\w+/g, () => params[place++] ?? '')
}

function search(query: Query): string {
  const entries = Object.entries(query).flatMap(([name, value]) =>
    value === undefined || value === '' || (name === 'page' && value === 1) ? [] : [[name, String(value)]],
  )
  return entries.length > 0 ? `?${new URLSearchParams(entries)}` : ''
}

function path<const Pattern extends string, A extends Access>(
  access: A,
  pattern: Pattern,
  formPage: string = pattern,
): Path<Pattern, A> {
  const count = pattern.match(/:\w+/g)?.length ?? 0
  const link = (...given: (string | Query | undefined)[]) => {
    const query = given[count] as Query | undefined
    return fill(pattern, given.slice(0, count) as string[]) + (query ? search(query) : '')
  }
  return Object.assign(link, { access, pattern, formPage }) as Path<Pattern, A>
}

/** The values of an address of this pattern, in order; undefined for any other address. */
export function paramsOf({ pattern }: Path, address: string): string[] | undefined {
  const [path = ''] = address.split(/[?#]/)
  const found = new RegExp(`^${pattern.replace(/:\w+/g, '([^/]+)')}$`).exec(path)
  return found?.slice(1)
}

const course = '/courses/:slug'
const chapter = '/learn/:slug/:chapterId'
const teachCourse = '/teach/courses/:courseId'
const teachChapter = `${teachCourse}/chapters/:chapterId`
const category = '/admin/categories/:categoryId'
const person = '/admin/people/:userId'
const adminOrder = '/admin/orders/:orderId'
const adminRefundRequest = `${adminOrder}/refund-requests/:requestId`
const adminPayment = '/admin/payments/:paymentId'
const adminRefund = `${adminPayment}/refunds/:requestId`
const adminCourse = '/admin/courses/:courseId'
const adminChapter = `${adminCourse}/chapters/:chapterId`
const adminAttachment = `${adminCourse}/attachments/:attachmentId`

export const paths = {
  home: path('visitor', '/'),
  theme: path('visitor', '/theme', '/'),
  sitemap: path('visitor', '/sitemap.xml'),
  sitemapFile: path('visitor', '/sitemaps/:file'),
  robots: path('visitor', '/robots.txt'),
  courses: path('visitor', '/courses'),
  course: path('visibleCourse', course),

  signUp: path('visitor', '/sign-up'),
  signIn: path('visitor', '/sign-in'),
  secondStep: path('secondStep', '/sign-in/two-factor'),
  signOut: path('visitor', '/sign-out', '/'),
  googleSignIn: path('visitor', '/sign-in/google'),
  googleCallback: path('visitor', '/sign-in/google/callback'),
  googleLink: path('visitor', '/sign-in/google/link'),
  googleUnlink: path('signedIn', '/account/google/delete', '/account'),
  verifyEmail: path('visitor', '/verify-email'),
  verifyEmailAgain: path('signedIn', '/verify-email/again', '/verify-email'),
  passwordReset: path('visitor', '/password-reset'),
  passwordResetCode: path('resetRequest', '/password-reset/code'),
  passwordResetAgain: path('resetRequest', '/password-reset/again', '/password-reset/code'),
  passwordResetLink: path('visitor', '/password-reset/link'),
  passwordResetNew: path('resetGrant', '/password-reset/new'),
  account: path('signedIn', '/account'),
  accountPassword: path('signedIn', '/account/password', '/account'),
  accountImageDelete: path('signedIn', '/account/picture/delete', '/account'),
  twoFactor: path('signedIn', '/account/two-factor'),
  recoveryCodes: path('signedIn', '/account/two-factor/recovery-codes', '/account/two-factor'),
  twoFactorDelete: path('signedIn', '/account/two-factor/delete', '/account/two-factor'),
  accountExport: path('signedIn', '/account/export'),
  accountDelete: path('signedIn', '/account/delete'),
  accountTeaching: path('signedIn', '/account/teaching', '/teach'),
  session: path('visitor', '/account/session'),
  sessions: path('signedIn', '/account/sessions'),
  sessionDelete: path('signedIn', '/account/sessions/:sessionId/delete', '/account/sessions'),
  otherSessionsDelete: path('signedIn', '/account/sessions/delete', '/account/sessions'),

  learning: path('signedIn', '/learning'),
  learn: path('visibleCourse', '/learn/:slug'),
  attachment: path('buyer', '/learn/:slug/attachments/:attachmentId'),
  chapter: path('visibleChapter', chapter),
  chapterProgress: path('learner', `${chapter}/progress`, chapter),
  chapterPosition: path('learner', `${chapter}/position`, chapter),
  chapterPlayer: path('watcher', `${chapter}/player`),

  buy: path('customer', `${course}/purchase`, course),
  purchases: path('signedIn', '/purchases'),
  purchase: path('ownOrder', '/purchases/:orderId'),
  purchaseCheck: path('ownOrder', '/purchases/:orderId/check', '/purchases/:orderId'),
  purchaseRefund: path('ownOrder', '/purchases/:orderId/refund'),
  purchaseBilling: path('ownOrder', '/purchases/:orderId/billing', '/purchases/:orderId'),
  purchasePapers: path('ownOrder', '/purchases/:orderId/receipt', '/purchases/:orderId'),
  purchaseReceipt: path('signedIn', '/purchases/receipt', '/purchases'),
  purchaseCallback: path('machine', '/purchases/callback'),
  purchaseRecovery: path('signedIn', '/purchases/recovery', '/purchases'),

  teach: path('signedIn', '/teach'),
  teachCourses: path('instructor', '/teach/courses', '/teach'),
  teachCourse: path('ownCourse', teachCourse),
  teachCourseDelete: path('ownCourse', `${teachCourse}/delete`, teachCourse),
  teachPublication: path('ownCourse', `${teachCourse}/publication`, teachCourse),
  teachPublicationDelete: path('ownCourse', `${teachCourse}/publication/delete`, teachCourse),
  teachChapters: path('ownCourse', `${teachCourse}/chapters`, teachCourse),
  teachChapterOrder: path('ownCourse', `${teachCourse}/chapter-order`, teachCourse),
  teachAttachmentDelete: path('ownCourse', `${teachCourse}/attachments/:attachmentId/delete`, teachCourse),
  teachChapter: path('ownChapter', teachChapter),
  teachChapterDelete: path('ownChapter', `${teachChapter}/delete`, teachChapter),
  teachChapterPublication: path('ownChapter', `${teachChapter}/publication`, teachChapter),
  teachChapterPublicationDelete: path('ownChapter', `${teachChapter}/publication/delete`, teachChapter),
  teachVideo: path('ownChapter', `${teachChapter}/video`, teachChapter),
  teachVideoDelete: path('ownChapter', `${teachChapter}/video/delete`, teachChapter),
  teachUploadDelete: path('ownChapter', `${teachChapter}/video/upload/delete`, teachChapter),
  sales: path('instructor', '/teach/orders'),
  sale: path('ownSale', '/teach/orders/:orderId'),
  saleRefund: path('ownSale', '/teach/orders/:orderId/refund', '/teach/orders/:orderId'),
  earnings: path('instructor', '/teach/earnings'),
  earningsCsv: path('instructor', '/teach/earnings.csv'),

  admin: path('admin', '/admin'),
  reports: path('admin', '/admin/reports'),
  reportsCsv: path('admin', '/admin/reports.csv'),
  categories: path('admin', '/admin/categories'),
  category: path('adminCategory', category),
  categoryDelete: path('adminCategory', `${category}/delete`, category),
  people: path('admin', '/admin/people'),
  person: path('adminUser', person),
  personRole: path('adminUser', `${person}/role`, person),
  personSessionsDelete: path('adminUser', `${person}/sessions/delete`, person),
  personSuspension: path('adminUser', `${person}/suspension`, person),
  personSuspensionDelete: path('adminUser', `${person}/suspension/delete`, person),
  personTwoFactorDelete: path('adminUser', `${person}/two-factor/delete`, person),
  personTeaching: path('adminUser', `${person}/teaching`, person),
  personTeachingDelete: path('adminUser', `${person}/teaching/delete`, person),
  adminOrders: path('admin', '/admin/orders'),
  adminOrder: path('adminOrder', adminOrder),
  adminOrderCheck: path('adminOrder', `${adminOrder}/check`, adminOrder),
  adminOrderGrant: path('adminOrder', `${adminOrder}/grant`, adminOrder),
  adminOrderRevoke: path('adminOrder', `${adminOrder}/revoke`, adminOrder),
  adminOrderRefund: path('adminOrder', `${adminOrder}/refund`, adminOrder),
  adminOrderReceipt: path('adminOrder', `${adminOrder}/receipt`, adminOrder),
  adminRefundApprove: path('adminRefundRequest', `${adminRefundRequest}/approve`, adminOrder),
  adminRefundDecline: path('adminRefundRequest', `${adminRefundRequest}/decline`, adminOrder),
  adminPayments: path('admin', '/admin/payments'),
  adminPaymentAccept: path('adminPayment', `${adminPayment}/accept`, '/admin/payments'),
  adminPaymentReturn: path('adminPayment', `${adminPayment}/return`, '/admin/payments'),
  adminRefundRetry: path('adminRefund', `${adminRefund}/retry`, '/admin/payments'),
  adminRefundDrop: path('adminRefund', `${adminRefund}/drop`, '/admin/payments'),
  adminDisputes: path('admin', '/admin/disputes'),
  adminDispute: path('adminDispute', '/admin/disputes/:disputeId'),
  adminWebhooks: path('admin', '/admin/webhooks'),
  adminJobs: path('admin', '/admin/jobs'),
  adminJobRun: path('admin', '/admin/jobs/:jobId/run', '/admin/jobs'),
  adminJobDrop: path('admin', '/admin/jobs/:jobId/drop', '/admin/jobs'),
  adminWebhookProcess: path('adminWebhook', '/admin/webhooks/:webhookId/process', '/admin/webhooks'),
  adminHealth: path('admin', '/admin/health'),
  adminHealthMail: path('admin', '/admin/health/mail', '/admin/health'),
  personPurchases: path('adminUser', `${person}/purchases`, person),
  personPurchaseDelete: path('adminPurchase', `${person}/purchases/:courseId/delete`, person),
  adminCourses: path('admin', '/admin/courses'),
  adminCourse: path('adminCourse', adminCourse),
  courseSuspension: path('adminCourse', `${adminCourse}/suspension`, adminCourse),
  courseSuspensionDelete: path('adminCourse', `${adminCourse}/suspension/delete`, adminCourse),
  adminChapter: path('adminChapter', adminChapter),
  adminChapterDelete: path('adminChapter', `${adminChapter}/delete`, adminChapter),
  adminAttachment: path('adminAttachment', adminAttachment),
  adminAttachmentDelete: path('adminAttachment', `${adminAttachment}/delete`, adminAttachment),
  audit: path('admin', '/admin/audit'),

  razorpayWebhook: path('machine', '/webhooks/razorpay'),
  muxWebhook: path('machine', '/webhooks/mux'),
  uploadThing: path('uploader', '/api/uploadthing'),
  healthLive: path('machine', '/health/live'),
  healthReady: path('machine', '/health/ready'),
  metrics: path('machine', '/metrics'),
}
