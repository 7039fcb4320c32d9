import { AccountPage, type AccountPageProps } from '../../../views/account/account'
import { ImageChange } from '../../../views/account/image-card'
import { findLinkedGoogleAccount } from '../../models/account/google-account'
import { findOwnAccount } from '../../models/account/own-account'
import { imageUrl } from '../../services'
import type { GuardedContext } from '../../web/guards/found'
import { show } from '../../web/html'

export type SignedInContext = GuardedContext<'signedIn'>

interface Typed {
  profile?: Partial<AccountPageProps['profile']>
  password?: Pick<AccountPageProps['password'], 'errors'>
}

export async function showAccount(
  c: SignedInContext,
  typed: Typed = {},
  status: 200 | 403 | 422 = 200,
): Promise<Response> {
  const { services, user } = c.var
  const { email, phoneNumber, passwordHash, isFresh } = await findOwnAccount(services, user)
  const { name, isVerified, imageKey } = user
  const image = { name, imageUrl: imageUrl(services, imageKey), canUpload: services.files !== null }
  return show(c, {
    title: 'Account',
    status,
    policy: 'upload',
    scripts: ['upload.js'],
    part: <ImageChange {...image} />,
    page: (
      <AccountPage
        profile={{ name, phoneNumber: phoneNumber ?? '', email, isVerified, ...typed.profile }}
        image={image}
        password={{ email, hasPassword: passwordHash !== null, isFresh, ...typed.password }}
        google={{
          linked: await findLinkedGoogleAccount(services, user.id),
          isEnabled: services.identity !== null,
          isVerified,
        }}
        hasTwoFactor={user.hasTwoFactor}
      />
    ),
  })
}
