import { Hono } from 'hono'
import * as z from 'zod'
import { DeletePage, type DeletePageProps } from '../../../views/account/delete'
import { findOwnAccount } from '../../models/account/account-proof'
import { deleteAccount, foreseeDeparture } from '../../models/account/deletion'
import { urls } from '../../urls'
import { endSession, signedIn, signedInFirst } from '../../web/auth'
import { leaveNotice } from '../../web/cookies'
import type { AppContext, Env } from '../../web/env'
import { form } from '../../web/forms'
import { show } from '../../web/html'
import { browserOf } from '../../web/limits'

const DeletionForm = z.object({
  password: z.string().default(''),
  email: z.string().trim().toLowerCase().default(''),
})

const mismatches = {
  password: 'This is not your password. Check it and try again.',
  email: 'This is not the address of this account. Type it as it stands above.',
}

export const accountDeletion = new Hono<Env>()
  .get(urls.accountDeletion, (c) => page(c))
  .post(
    urls.accountDeletion,
    signedInFirst,
    form(DeletionForm, (c, { errors }) => page(c, { errors }, 422)),
    async (c) => {
      const viewer = await signedIn(c)
      const typed = c.req.valid('form')
      const departure = await deleteAccount(c.get('services'), viewer, typed, browserOf(c))
      if (departure === 'mismatch') return page(c, { errors: mismatches, typed: typed.email }, 422)
      if (departure === 'stale') return page(c, {}, 403)
      if (departure !== 'gone') return page(c, { obstacle: departure }, 409)
      endSession(c)
      leaveNotice(c, { kind: 'success', text: 'Your account is deleted. Thank you for having been here.' })
      return c.redirect(urls.home, 303)
    },
  )

async function page(
  c: AppContext,
  given: Partial<Pick<DeletePageProps, 'typed' | 'errors' | 'obstacle'>> = {},
  status: 200 | 403 | 409 | 422 = 200,
): Promise<Response> {
  const viewer = await signedIn(c)
  const services = c.get('services')
  const { email, passwordHash, isFresh } = await findOwnAccount(services, viewer)
  const foreseen = await foreseeDeparture(services, viewer)
  return show(c, {
    title: 'Delete your account',
    status,
    page: (
      <DeletePage
        email={email}
        hasPassword={passwordHash !== null}
        isFresh={isFresh}
        {...foreseen}
        {...given}
      />
    ),
  })
}
