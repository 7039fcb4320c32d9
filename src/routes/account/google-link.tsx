import { Hono } from 'hono'
import * as z from 'zod'
import { GoogleLinkPage } from '../../../views/account/google-link'
import { unlinkGoogleAccount } from '../../models/account/google-account'
import { findAccountToLink, type LinkRefusal, linkGoogle } from '../../models/account/google-link'
import { paths } from '../../paths'
import { clientOf } from '../../web/client'
import type { AppContext, Env } from '../../web/env'
import { form } from '../../web/forms'
import { dropPendingLink, type PendingLink, readPendingLink } from '../../web/google-cookies'
import { on } from '../../web/guards'
import { changed, show } from '../../web/html'
import { startSession } from '../../web/session'
import { placeAfterSignIn } from './after-sign-in'
import { CurrentPassword } from './fields'
import { googleProblem } from './google-problem'
import { askSecondStep } from './second-step'

const LinkForm = z.object({ password: CurrentPassword })

const wrongPassword = 'This is not the password of this account. Check it and try again.'

export const googleLink = new Hono<Env>()
  .get(...on(paths.googleLink), (c) => askPassword(c))
  .post(
    ...on(paths.googleLink),
    form(LinkForm, (c, { errors }) => askPassword(c, errors.password)),
    async (c) => {
      const pending = await readPendingLink(c)
      if (!pending) return googleProblem(c, 'expired')
      const result = await linkGoogle(c.var.services, pending, c.req.valid('form').password, clientOf(c))
      if ('refusal' in result) return refuse(c, result.refusal, pending)
      if ('secondStep' in result)
        return askSecondStep(c, { token: result.secondStep, next: pending.next, links: true })
      dropPendingLink(c)
      startSession(c, result.token)
      const to = await placeAfterSignIn(c, result.token, pending.next)
      return changed(c, { notice: 'You can now sign in with Google, too.', to })
    },
  )
  .post(...on(paths.googleUnlink), async (c) => {
    if ((await unlinkGoogleAccount(c.var.services, c.var.user.id, clientOf(c))) === 'no-password')
      return googleProblem(c, 'no-password')
    const notice = 'Your Google account is unlinked. Sign in with your password from now on.'
    return changed(c, { notice, to: paths.account() })
  })

function refuse(c: AppContext, refusal: LinkRefusal, { next }: PendingLink): Promise<Response> {
  if (refusal === 'wrong-credentials') return askPassword(c, wrongPassword)
  if (refusal === 'no-password') return askPassword(c)
  dropPendingLink(c)
  return googleProblem(c, refusal === 'account-deleted' ? 'expired' : refusal, next)
}

async function askPassword(c: AppContext, error?: string): Promise<Response> {
  const pending = await readPendingLink(c)
  const account = pending && (await findAccountToLink(c.var.services, pending.userId))
  if (!pending || !account) return googleProblem(c, 'expired')
  const { google, next } = pending
  return show(c, {
    title: 'Link your Google account',
    status: error ? 422 : 200,
    page: <GoogleLinkPage {...account} googleEmail={google.profile.email} next={next} error={error} />,
  })
}
