import { Hono } from 'hono'
import * as z from 'zod'
import { removePicture } from '../../models/account/picture'
import { saveProfile } from '../../models/account/profile'
import { paths } from '../../paths'
import { phoneNumber } from '../../rules/account/phone'
import { leaveNotice } from '../../web/cookies'
import type { Env } from '../../web/env'
import { form } from '../../web/forms'
import { on } from '../../web/guards'
import { type SignedInContext, showAccount } from './account-page'
import { accountDeletion } from './deletion'
import { accountExport } from './export'
import { PersonName } from './fields'
import { accountPassword } from './password'
import { sessions } from './sessions'
import { signIn } from './sign-in'
import { signUp } from './sign-up'

const PhoneNumber = z.string().transform((typed, context) => {
  if (typed.trim() === '') return null
  const number = phoneNumber(typed)
  if (number) return number
  context.addIssue('Enter ten digits such as 98765 43210, or a number from abroad such as +44 20 7946 0958.')
  return z.NEVER
})

const AccountForm = z.object({ name: PersonName.optional(), phoneNumber: PhoneNumber.optional() })

export const account = new Hono<Env>()
  .route('/', signUp)
  .route('/', signIn)
  .route('/', accountPassword)
  .route('/', sessions)
  .route('/', accountExport)
  .route('/', accountDeletion)
  .get(...on(paths.account), (c) => showAccount(c))
  .post(
    ...on(paths.account),
    form(AccountForm, (c: SignedInContext, { values, errors }) =>
      showAccount(c, { profile: { ...shown(values), errors } }, 422),
    ),
    async (c) => {
      const { services, user } = c.var
      const typed = c.req.valid('form')
      if ((await saveProfile(services, user.id, typed)) === 'phone taken') {
        const errors = { phoneNumber: 'Another account has this number already. Enter another one, or none.' }
        const values = { name: typed.name, phoneNumber: typed.phoneNumber ?? undefined }
        return showAccount(c, { profile: { ...shown(values), errors } }, 422)
      }
      leaveNotice(c, { kind: 'success', text: 'Your details are saved.' })
      return c.redirect(paths.account(), 303)
    },
  )
  .post(...on(paths.accountPictureDelete), async (c) => {
    await removePicture(c.var.services, c.var.user.id)
    leaveNotice(c, { kind: 'success', text: 'Your picture is removed.' })
    return c.redirect(paths.account(), 303)
  })

/** Of what was typed, what the form shows again; what was not sent stays as it is. */
const shown = ({ name, phoneNumber }: { name?: string; phoneNumber?: string }) => ({
  ...(name !== undefined && { name }),
  ...(phoneNumber !== undefined && { phoneNumber }),
})
