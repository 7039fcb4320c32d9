import { paths } from '../../src/paths'
import { Avatar } from './avatar'
import { Icon } from './icon'

export interface User {
  name: string
  role: 'student' | 'instructor' | 'admin'
  imageUrl: string | null
}

export function AccountMenu({ user }: { user: User }) {
  return (
    <div class="account-menu">
      <button type="button" popovertarget="account-menu">
        <Avatar name={user.name} imageUrl={user.imageUrl} />
        <span class="account-name">{user.name}</span>
        <Icon name="chevron-down" />
        <span class="visually-hidden">Your account</span>
      </button>
      <div id="account-menu" class="menu-panel" popover="auto">
        <a class="menu-link" href={paths.account()}>
          <Icon name="user" /> Account
        </a>
        <a class="menu-link" href={paths.purchases()}>
          <Icon name="receipt" /> Purchases
        </a>
        <a class="menu-link" href={paths.teach()}>
          <Icon name="teach" /> {user.role === 'student' ? 'Teach with us' : 'Your courses'}
        </a>
        {user.role === 'admin' ? (
          <a class="menu-link" href={paths.admin()}>
            <Icon name="shield" /> Admin
          </a>
        ) : null}
        <hr />
        <form method="post" action={paths.signOut()}>
          <button class="menu-link" type="submit">
            <Icon name="sign-out" /> Sign out
          </button>
        </form>
      </div>
    </div>
  )
}
