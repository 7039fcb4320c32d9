import { AppError } from '../../errors'
import { findUser } from '../../models/account/session'
import { findCourse } from '../../models/catalogue/course'
import { startPurchase } from '../../models/purchases/start-purchase'
import { paramsOf, paths } from '../../paths'
import { leaveNotice } from '../../web/cookies'
import type { AppContext } from '../../web/env'
import { safeNext } from '../../web/forms'

export interface Offer {
  title: string
  instructor: string
  pricePaise: number
}

const slugToBuy = (next: string | undefined): string | undefined =>
  next === undefined ? undefined : paramsOf(paths.buy, next)?.[0]

/** The course that somebody is about to buy, while it is on sale. */
export async function findOffer(c: AppContext, next: string | undefined): Promise<Offer | null> {
  const slug = slugToBuy(safeNext(next))
  const course = slug ? await findCourse(c.var.services, slug, null) : null
  if (!course?.isOnSale || course.pricePaise === null) return null
  const { title, instructor, pricePaise } = course
  return { title, instructor, pricePaise }
}

/** Where to go with a new session; what `next` wants to buy is begun on the way. */
export async function placeAfterSignIn(
  c: AppContext,
  token: string,
  next: string | undefined,
): Promise<string> {
  const path = safeNext(next)
  const slug = slugToBuy(path)
  return slug ? startBuying(c, token, slug) : (path ?? paths.learning())
}

async function startBuying(c: AppContext, token: string, slug: string): Promise<string> {
  const { services } = c.var
  const found = await findUser(services, token)
  if (!found) return paths.course(slug)
  try {
    const { course, orderId, hasJoined } = await startPurchase(services, found.user.id, slug)
    if (hasJoined) leaveNotice(c, { kind: 'success', text: `You have joined ${course.title}.` })
    return orderId ? paths.purchase(orderId) : paths.learn(slug)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    // The session stands, and that address knows how far buying has come.
    return paths.buy(slug)
  }
}
