import { Hono } from 'hono'
import * as z from 'zod'
import { changePassword } from '../../models/account/password-change'
import { removeProfileImage, saveProfile } from '../../models/account/profile'
import { paths } from '../../paths'
import { passwordProblem } from '../../rules/account/password'
import { phoneNumber } from '../../rules/account/phone'
import { clientOf } from '../../web/client'
import type { Env } from '../../web/env'
import { form } from '../../web/forms'
import { on } from '../../web/guards'
import { changed } from '../../web/html'
import { startSession } from '../../web/session'
import { type SignedInContext, showAccount } from './account-page'
import { accountDeletion } from './deletion'
import { accountExport } from './export'
import { NewPassword, UserName } from './fields'
import { secondStep } from './second-step'
import { sessions } from './sessions'
import { signIn } from './sign-in'
import { signUp } from './sign-up'
import { twoFactor } from './two-factor'

const PhoneNumber = z.string().transform((typed, context) => {
  if (typed.trim() === '') return null
  const number = phoneNumber(typed)
  if (number) return number
  context.addIssue('Enter ten digits like 98765 43210, or a number from abroad like +44 20 7946 0958.')
  return z.NEVER
})

const ProfileForm = z.object({ name: UserName.optional(), phoneNumber: PhoneNumber.optional() })
const PasswordForm = z.object({ currentPassword: z.string().default(''), password: NewPassword })

const phoneTaken = 'This number cannot be used here. Enter a different one, or leave it empty.'
const wrongPassword = 'This is not your current password. Check it and try again.'

export const account = new Hono<Env>()
  .route('/', signUp)
  .route('/', signIn)
  .route('/', secondStep)
  .route('/', twoFactor)
  .route('/', sessions)
  .route('/', accountDeletion)
  .route('/', accountExport)
  .get(...on(paths.account), (c) => showAccount(c))
  .post(
    ...on(paths.account),
    form(ProfileForm, (c: SignedInContext, { values, errors }) =>
      showAccount(c, { profile: { ...typedProfile(values), errors } }, 422),
    ),
    async (c) => {
      const { services, user } = c.var
      const { name, phoneNumber } = c.req.valid('form')
      if ((await saveProfile(services, user.id, { name, phoneNumber })) === 'phone-taken') {
        const typed = typedProfile({ name, phoneNumber: phoneNumber ?? undefined })
        return showAccount(c, { profile: { ...typed, errors: { phoneNumber: phoneTaken } } }, 422)
      }
      return changed(c, { notice: 'Your details are saved.', to: paths.account() })
    },
  )
  .post(
    ...on(paths.accountPassword),
    form(PasswordForm, (c: SignedInContext, { errors }) => showAccount(c, { password: { errors } }, 422)),
    async (c) => {
      const { services, user } = c.var
      const typed = c.req.valid('form')
      const password = passwordProblem(typed.password, [user.name, user.email, services.config.SITE_NAME])
      if (password) return showAccount(c, { password: { errors: { password } } }, 422)
      const result = await changePassword(services, user, typed, clientOf(c))
      if ('refusal' in result) {
        if (result.refusal === 'sign-in-again') return showAccount(c, {}, 403)
        return showAccount(c, { password: { errors: { currentPassword: wrongPassword } } }, 422)
      }
      startSession(c, result.token)
      const done = result.isFirst ? 'Your password is set.' : 'Your password is changed.'
      return changed(c, { notice: `${done} All other browsers are signed out.`, to: paths.account() })
    },
  )
  .post(...on(paths.accountImageDelete), async (c) => {
    await removeProfileImage(c.var.services, c.var.user.id)
    return changed(c, { notice: 'Your profile picture is removed.', to: paths.account() })
  })

const typedProfile = ({ name, phoneNumber }: { name?: string; phoneNumber?: string }) => ({
  ...(name !== undefined && { name }),
  ...(phoneNumber !== undefined && { phoneNumber }),
})
