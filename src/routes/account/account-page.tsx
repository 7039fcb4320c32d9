import { AccountPage, type AccountPageProps } from '../../../views/account/account'
import { PictureChange } from '../../../views/account/image-card'
import { findGoogleLink } from '../../models/account/google-account'
import { findOwnAccount } from '../../models/account/own-account'
import { imageUrl } from '../../services'
import type { GuardedContext } from '../../web/guards'
import { show } from '../../web/html'

export type SignedInContext = GuardedContext<'signedIn'>

/** What was typed, and what is wrong with it. */
interface Typed {
  profile?: Partial<AccountPageProps['profile']>
  password?: Pick<AccountPageProps['password'], 'errors'>
}

/** The account page; the picture is the part of it that changes in place. */
export async function showAccount(
  c: SignedInContext,
  typed: Typed = {},
  status: 200 | 403 | 422 = 200,
): Promise<Response> {
  const { services, user } = c.var
  const { email, phoneNumber, passwordHash, isFresh } = await findOwnAccount(services, user)
  const { name, isVerified, imageKey } = user
  const picture = { name, imageUrl: imageUrl(services, imageKey), canUpload: services.files !== null }
  return show(c, {
    title: 'Account',
    status,
    policy: 'upload',
    scripts: ['upload.js'],
    part: <PictureChange {...picture} />,
    page: (
      <AccountPage
        profile={{ name, phoneNumber: phoneNumber ?? '', email, isVerified, ...typed.profile }}
        picture={picture}
        password={{ email, hasPassword: passwordHash !== null, isFresh, ...typed.password }}
        google={{
          link: await findGoogleLink(services, user.id),
          isOffered: services.identity !== null,
          isVerified,
        }}
      />
    ),
  })
}
