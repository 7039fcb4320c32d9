import { createVerificationToken } from '../../src/models/account/verification-link'
import type { Access } from '../../src/paths'
import { fillPattern, findPath, listRoutes, openPlace } from '../addresses'
import type { BrowserSession } from '../browser-session'
import { continueWithGoogle, googleUser } from '../google'
import { askForReset } from '../mailbox'
import { member, memberPassword } from '../member'
import { openCheckout } from '../payments'
import { course, person } from '../people'
import { turnOn, twoFactorMember } from '../two-factor'
import type { World } from '../world'

export const lookers = ['visitor', 'student', 'instructor', 'admin'] as const
export type Looker = (typeof lookers)[number]

/** Who looks at the pages of each word. */
const lookerOf: Record<Access, Looker> = {
  visitor: 'visitor',
  visibleCourse: 'visitor',
  visibleChapter: 'visitor',
  machine: 'visitor',
  uploader: 'student',
  resetRequest: 'visitor',
  resetGrant: 'visitor',
  secondStep: 'visitor',
  signedIn: 'student',
  customer: 'student',
  watcher: 'student',
  learner: 'student',
  buyer: 'student',
  ownOrder: 'student',
  ownSale: 'instructor',
  instructor: 'instructor',
  ownCourse: 'instructor',
  ownChapter: 'instructor',
  admin: 'admin',
  adminCategory: 'admin',
  adminUser: 'admin',
  adminOrder: 'admin',
  adminRefundRequest: 'admin',
  adminPayment: 'admin',
  adminRefund: 'admin',
  adminDispute: 'admin',
  adminWebhook: 'admin',
  adminPurchase: 'admin',
  adminCourse: 'admin',
  adminChapter: 'admin',
  adminAttachment: 'admin',
}

export interface Looks {
  browsers: Record<Looker, BrowserSession>
  pages: Record<Looker, string[]>
  /** Pages whose first form is sent with nothing in it. */
  forms: Record<Looker, string[]>
  /** Patterns that only lead elsewhere, whoever looks. */
  leading: string[]
}

const long = 'Donaudampfschifffahrtsgesellschaftskapitän und die Kunst der langen Überschriften'

/** Every page of the table with somebody who sees it, and the states without an address of their own. */
export async function openLooks(world: World): Promise<Looks> {
  const instructor = await person(world, { role: 'instructor', name: 'Śrīnivāsa Rāmānujan Aiyangar' })
  const student = await person(world, { isVerified: false })
  const admin = await person(world, { role: 'admin' })
  const { ids, course: owned } = await openPlace(
    world,
    { instructor, buyer: student },
    { title: 'हिंदी में प्रोग्रामिंग', chapters: 3, previews: 1 },
  )
  const offered = await course(world, { owner: instructor, title: long, chapters: 3, previews: 1 })
  const { orderId } = await openCheckout(student, offered)
  await turnOn(world, instructor.browser)
  const verification = `/verify-email?token=${await createVerificationToken(world.services, student.email)}`
  const { visitor, resetLink } = await forgetful(world)

  const states: Record<Looker, string[]> = {
    visitor: [
      '/courses?q=lang',
      '/courses?q=nothingatall',
      `/courses/${offered.slug}`,
      `/sign-up?next=/courses/${offered.slug}/purchase`,
      `/sign-in?next=/courses/${offered.slug}/purchase`,
      `/learn/${offered.slug}/${offered.chapters[0]?.id}`,
      resetLink,
      verification,
      '/sign-in/two-factor?with=recovery-code',
      '/no-such-page',
    ],
    student: [
      '/',
      '/courses',
      `/courses/${owned.slug}`,
      `/learn/${owned.slug}/${owned.chapters[0]?.id}`,
      `/purchases/${orderId}`,
      '/verify-email',
      verification,
    ],
    instructor: ['/teach', `/teach/courses/${offered.id}`, verification, '/account/two-factor'],
    admin: [],
  }

  const browsers = {
    visitor,
    student: student.browser,
    instructor: instructor.browser,
    admin: admin.browser,
  }
  const pages: Looks['pages'] = { visitor: [], student: [], instructor: [], admin: [] }
  const leading: string[] = []
  for (const { pattern } of listRoutes('GET')) {
    const who = lookerOf[findPath(pattern)?.access ?? 'visitor']
    const path = fillPattern(pattern, ids)
    const { status, headers } = await browsers[who].get(path)
    if (status === 303) leading.push(pattern)
    else if (headers.get('Content-Type')?.startsWith('text/html')) pages[who].push(path)
  }
  for (const who of lookers) pages[who].push(...states[who])
  const forms: Looks['forms'] = {
    visitor: ['/sign-up', '/sign-in/two-factor'],
    student: ['/account', '/account/two-factor'],
    instructor: [`/teach/courses/${ids.courseId}`],
    admin: ['/admin/categories'],
  }
  return { browsers, pages, forms, leading }
}

/** A visitor in the middle of a new password, of linking a Google account and of signing in. */
async function forgetful(world: World): Promise<{ visitor: BrowserSession; resetLink: string }> {
  const visitor = world.browser()
  const { email } = await member(world)
  await continueWithGoogle(world, visitor, googleUser({ email }))
  const used = await askForReset(world, email, visitor)
  const { link } = await askForReset(world, email, visitor)
  await visitor.post('/password-reset/link', { token: used.token })
  const careful = await twoFactorMember(world)
  await visitor.post('/sign-in', { email: careful.email, password: memberPassword })
  return { visitor, resetLink: link }
}
