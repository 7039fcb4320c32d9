import { Hono } from 'hono'
import * as z from 'zod'
import { DeleteAccountPage, type DeleteAccountPageProps } from '../../../views/account/delete'
import { deleteAccount, previewDeletion } from '../../models/account/deletion'
import { findOwnAccount } from '../../models/account/own-account'
import { paths } from '../../paths'
import { clientOf } from '../../web/client'
import type { Env } from '../../web/env'
import { form } from '../../web/forms'
import { on } from '../../web/guards'
import { changed, show } from '../../web/html'
import { endSession } from '../../web/session'
import type { SignedInContext } from './account-page'

const DeletionForm = z.object({
  password: z.string().default(''),
  email: z.string().trim().toLowerCase().default(''),
})

const errors = {
  password: 'This is not your password. Check it and try again.',
  email: 'This is not the email address of this account. Type it as shown above.',
}

export const accountDeletion = new Hono<Env>()
  .get(...on(paths.accountDelete), (c) => page(c))
  .post(
    ...on(paths.accountDelete),
    form(DeletionForm, (c: SignedInContext, { errors }) => page(c, { errors }, 422)),
    async (c) => {
      const { services, user } = c.var
      const typed = c.req.valid('form')
      const result = await deleteAccount(services, user, typed, clientOf(c))
      switch (result) {
        case 'deleted':
          endSession(c)
          return changed(c, {
            notice: 'Your account is deleted. Thank you for learning with us.',
            to: paths.home(),
          })
        case 'wrong-password':
        case 'wrong-email':
          return page(c, { errors, typed: typed.email }, 422)
        case 'sign-in-again':
          return page(c, {}, 403)
        default:
          return page(c, { obstacle: result }, 409)
      }
    },
  )

async function page(
  c: SignedInContext,
  given: Partial<Pick<DeleteAccountPageProps, 'typed' | 'errors' | 'obstacle'>> = {},
  status: 200 | 403 | 409 | 422 = 200,
): Promise<Response> {
  const { services, user } = c.var
  const { email, passwordHash, isFresh } = await findOwnAccount(services, user)
  const preview = await previewDeletion(services, user)
  return show(c, {
    title: 'Delete your account',
    status,
    page: (
      <DeleteAccountPage
        email={email}
        hasPassword={passwordHash !== null}
        isFresh={isFresh}
        {...preview}
        {...given}
      />
    ),
  })
}
