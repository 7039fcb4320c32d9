import { Hono, type MiddlewareHandler } from 'hono'
import * as z from 'zod'
import { AccountPage, type AccountPageProps } from '../../views/account/account'
import { hasGoogle } from '../models/google-account'
import { renameUser } from '../models/user'
import { urls } from '../urls'
import { signedIn } from '../web/auth'
import { leaveNotice } from '../web/cookies'
import type { AppContext, Env } from '../web/env'
import { form } from '../web/forms'
import { show } from '../web/html'
import { PersonName } from './account-fields'
import { signIn } from './sign-in'
import { signUp } from './sign-up'

const AccountForm = z.object({ name: PersonName })

const mine: MiddlewareHandler<Env> = async (c, next) => {
  await signedIn(c)
  await next()
}

const page = async (
  c: AppContext,
  typed: Partial<Pick<AccountPageProps, 'name' | 'errors'>> = {},
  status: 200 | 422 = 200,
) => {
  const { id, name, email } = await signedIn(c)
  const services = c.get('services')
  const google = { isLinked: await hasGoogle(services, id), isOffered: services.identity !== null }
  return show(c, {
    title: 'Account',
    status,
    page: <AccountPage name={name} email={email} google={google} {...typed} />,
  })
}

export const account = new Hono<Env>()
  .route('/', signUp)
  .route('/', signIn)
  .get(urls.account, (c) => page(c))
  .post(
    urls.account,
    mine,
    form(AccountForm, (c, { values, errors }) => page(c, { name: values.name ?? '', errors }, 422)),
    async (c) => {
      const { id } = await signedIn(c)
      await renameUser(c.get('services'), id, c.req.valid('form').name)
      leaveNotice(c, { kind: 'success', text: 'Your name is saved.' })
      return c.redirect(urls.account, 303)
    },
  )
