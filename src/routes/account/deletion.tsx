import { Hono } from 'hono'
import * as z from 'zod'
import { DeletePage, type DeletePageProps } from '../../../views/account/delete'
import { deleteAccount, foreseeDeparture } from '../../models/account/deletion'
import { findOwnAccount } from '../../models/account/own-account'
import { paths } from '../../paths'
import { browserOf } from '../../web/client'
import { leaveNotice } from '../../web/cookies'
import type { Env } from '../../web/env'
import { form } from '../../web/forms'
import { on } from '../../web/guards'
import { show } from '../../web/html'
import { endSession } from '../../web/session'
import type { SignedInContext } from './account-page'

const DeletionForm = z.object({
  password: z.string().default(''),
  email: z.string().trim().toLowerCase().default(''),
})

const mismatches = {
  password: 'This is not your password. Check it and try again.',
  email: 'This is not the address of this account. Type it as it stands above.',
}

export const accountDeletion = new Hono<Env>()
  .get(...on(paths.accountDelete), (c) => page(c))
  .post(
    ...on(paths.accountDelete),
    form(DeletionForm, (c: SignedInContext, { errors }) => page(c, { errors }, 422)),
    async (c) => {
      const { services, user } = c.var
      const typed = c.req.valid('form')
      const departure = await deleteAccount(services, user, typed, browserOf(c))
      if (departure === 'mismatch') return page(c, { errors: mismatches, typed: typed.email }, 422)
      if (departure === 'stale') return page(c, {}, 403)
      if (departure !== 'gone') return page(c, { obstacle: departure }, 409)
      endSession(c)
      leaveNotice(c, { kind: 'success', text: 'Your account is deleted. Thank you for having been here.' })
      return c.redirect(paths.home(), 303)
    },
  )

async function page(
  c: SignedInContext,
  given: Partial<Pick<DeletePageProps, 'typed' | 'errors' | 'obstacle'>> = {},
  status: 200 | 403 | 409 | 422 = 200,
): Promise<Response> {
  const { services, user } = c.var
  const { email, passwordHash, isFresh } = await findOwnAccount(services, user)
  const foreseen = await foreseeDeparture(services, user)
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
