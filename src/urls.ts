/** Every address of the site; nowhere else is one spelled out. */

export interface CatalogueQuery {
  q?: string
  category?: string
  price?: 'free' | 'paid'
  sort?: 'relevance' | 'newest' | 'popular' | 'price'
  page?: number
}

export interface PeopleQuery {
  q?: string
  role?: string
  page?: number
}

const query = (values: Record<string, string | number | undefined>): string => {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined && value !== '') search.set(name, String(value))
  }
  return search.size > 0 ? `?${search}` : ''
}
const course = (slug: string) => `/courses/${slug}`
const lesson = (slug: string, chapterId: string) => `/learn/${slug}/${chapterId}`
const teachCourse = (id: string) => `/teach/courses/${id}`
const teachChapter = (courseId: string, id: string) => `${teachCourse(courseId)}/chapters/${id}`
const adminCategory = (id: string) => `/admin/categories/${id}`
const adminPerson = (id: string) => `/admin/people/${id}`

export const urls = {
  home: '/',
  theme: '/theme',
  sitemap: '/sitemap.xml',
  robots: '/robots.txt',

  courses: (filter: CatalogueQuery = {}) =>
    `/courses${query({ ...filter, page: filter.page === 1 ? undefined : filter.page })}`,
  course,
  purchase: (slug: string) => `${course(slug)}/purchase`,

  signUp: (next?: string) => `/sign-up${query({ next })}`,
  signIn: (next?: string) => `/sign-in${query({ next })}`,
  signOut: '/sign-out',
  googleSignIn: (next?: string) => `/sign-in/google${query({ next })}`,
  googleCallback: '/sign-in/google/callback',
  googleLink: '/sign-in/google/link',
  googleUnlink: '/account/google/delete',
  verifyEmail: (token?: string) => `/verify-email${query({ token })}`,
  verifyEmailAgain: '/verify-email/again',
  passwordReset: '/password-reset',
  passwordResetCode: '/password-reset/code',
  passwordResetAgain: '/password-reset/again',
  passwordResetLink: (token?: string) => `/password-reset/link${query({ token })}`,
  passwordResetNew: '/password-reset/new',
  account: '/account',
  accountPassword: '/account/password',
  accountPictureRemoval: '/account/picture/delete',
  session: '/account/session',
  sessions: '/account/sessions',
  sessionEnd: (id: string) => `/account/sessions/${id}/delete`,
  otherSessionsEnd: '/account/sessions/delete',
  accountExport: '/account/export',
  accountDeletion: '/account/delete',
  accountTeaching: '/account/teaching',

  learning: '/learning',
  learn: (slug: string) => `/learn/${slug}`,
  lesson,
  progress: (slug: string, chapterId: string) => `${lesson(slug, chapterId)}/progress`,
  position: (slug: string, chapterId: string) => `${lesson(slug, chapterId)}/position`,
  player: (slug: string, chapterId: string) => `${lesson(slug, chapterId)}/player`,
  learnAttachment: (slug: string, id: string) => `/learn/${slug}/attachments/${id}`,

  purchases: '/purchases',
  purchaseStatus: (orderId: string) => `/purchases/${orderId}`,
  purchaseReceipt: '/purchases/receipt',
  purchaseCallback: (orderId?: string) => `/purchases/callback${query({ order: orderId })}`,
  purchaseRecovery: '/purchases/recovery',

  teach: '/teach',
  teachCourses: '/teach/courses',
  teachCourse,
  teachPublication: (id: string) => `${teachCourse(id)}/publication`,
  teachPublicationDelete: (id: string) => `${teachCourse(id)}/publication/delete`,
  teachCourseDelete: (id: string) => `${teachCourse(id)}/delete`,
  teachChapters: (id: string) => `${teachCourse(id)}/chapters`,
  teachChapterOrder: (id: string) => `${teachCourse(id)}/chapter-order`,
  teachChapter,
  teachChapterPublication: (courseId: string, id: string) => `${teachChapter(courseId, id)}/publication`,
  teachChapterPublicationDelete: (courseId: string, id: string) =>
    `${teachChapter(courseId, id)}/publication/delete`,
  teachChapterDelete: (courseId: string, id: string) => `${teachChapter(courseId, id)}/delete`,
  teachVideo: (courseId: string, id: string) => `${teachChapter(courseId, id)}/video`,
  teachVideoDelete: (courseId: string, id: string) => `${teachChapter(courseId, id)}/video/delete`,
  teachVideoUploadDelete: (courseId: string, id: string) =>
    `${teachChapter(courseId, id)}/video/upload/delete`,
  teachAttachmentDelete: (courseId: string, id: string) =>
    `${teachCourse(courseId)}/attachments/${id}/delete`,
  earnings: (days?: number) => `/teach/earnings${query({ days })}`,
  earningsCsv: (days?: number) => `/teach/earnings.csv${query({ days })}`,

  admin: '/admin',
  adminCategories: '/admin/categories',
  adminCategory,
  adminCategoryDelete: (id: string) => `${adminCategory(id)}/delete`,
  adminPeople: (filter: PeopleQuery = {}) =>
    `/admin/people${query({ ...filter, page: filter.page === 1 ? undefined : filter.page })}`,
  adminPerson,
  adminRole: (id: string) => `${adminPerson(id)}/role`,
  adminSessionsDelete: (id: string) => `${adminPerson(id)}/sessions/delete`,
  adminSuspension: (id: string) => `${adminPerson(id)}/suspension`,
  adminSuspensionDelete: (id: string) => `${adminPerson(id)}/suspension/delete`,
  adminTeaching: (id: string) => `${adminPerson(id)}/teaching`,
  adminTeachingDelete: (id: string) => `${adminPerson(id)}/teaching/delete`,

  razorpayWebhook: '/webhooks/razorpay',
  muxWebhook: '/webhooks/mux',
  uploadThing: '/api/uploadthing',
  healthLive: '/health/live',
  healthReady: '/health/ready',
}
