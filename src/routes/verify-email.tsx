import { Hono } from 'hono'
import * as z from 'zod'
import {
  DeadVerificationPage,
  UnverifiedPage,
  VerifiedPage,
  VerifyEmailPage,
} from '../../views/account/verify-email'
import { askForVerification, findVerification, verifyAddress } from '../models/verification'
import { required } from '../services'
import { urls } from '../urls'
import { signedIn, signedInFirst, viewerOf } from '../web/auth'
import { leaveNotice } from '../web/cookies'
import type { AppContext, Env } from '../web/env'
import { form } from '../web/forms'
import { show } from '../web/html'

const VerifyForm = z.object({ token: z.string() })

const dead = async (c: AppContext) =>
  show(c, {
    title: 'Link over',
    status: 410,
    page: <DeadVerificationPage viewer={await viewerOf(c)} />,
  })

/** Showing that an address is one's own; works for whoever holds the link, signed in or not. */
export const verifyEmail = new Hono<Env>()
  .get(urls.verifyEmail(), async (c) => {
    const token = c.req.query('token')
    if (token === undefined) {
      const { email, isVerified } = await signedIn(c)
      const page = isVerified ? <VerifiedPage email={email} /> : <UnverifiedPage email={email} />
      return show(c, { title: 'Your e-mail address', page })
    }
    const email = await findVerification(c.get('services'), token)
    if (!email) return dead(c)
    return show(c, { title: 'Confirm address', page: <VerifyEmailPage email={email} token={token} /> })
  })
  .post(urls.verifyEmail(), form(VerifyForm, dead), async (c) => {
    const email = await verifyAddress(c.get('services'), c.req.valid('form').token)
    if (!email) return dead(c)
    leaveNotice(c, { kind: 'success', text: `Your address ${email} is confirmed.` })
    return c.redirect((await viewerOf(c)) ? urls.learning : urls.signIn(), 303)
  })
  .post(urls.verifyEmailAgain, signedInFirst, async (c) => {
    const { id, email, isVerified } = await signedIn(c)
    const services = c.get('services')
    required(services.mail, 'Mail')
    if (!isVerified) {
      await askForVerification(services, id)
      leaveNotice(c, { kind: 'success', text: `A new mail is on its way to ${email}.` })
    }
    return c.redirect(urls.verifyEmail(), 303)
  })
