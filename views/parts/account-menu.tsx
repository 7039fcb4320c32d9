import { urls } from '../../src/urls'
import type { Viewer } from '../layout'
import { Avatar } from './avatar'
import { Icon } from './icon'

export function AccountMenu({ viewer }: { viewer: Viewer }) {
  return (
    <div class="account-menu">
      <button type="button" popovertarget="account-menu">
        <Avatar name={viewer.name} imageUrl={viewer.imageUrl} />
        <span class="account-name">{viewer.name}</span>
        <Icon name="chevron-down" />
        <span class="visually-hidden">Your account</span>
      </button>
      <div id="account-menu" class="menu-panel" popover="auto">
        <a class="menu-link" href={urls.account}>
          <Icon name="user" /> Account
        </a>
        <a class="menu-link" href={urls.purchases}>
          <Icon name="receipt" /> Purchases
        </a>
        <a class="menu-link" href={urls.teach}>
          <Icon name="teach" /> {viewer.role === 'student' ? 'Teach with us' : 'Your courses'}
        </a>
        {viewer.role === 'admin' ? (
          <a class="menu-link" href={urls.admin}>
            <Icon name="shield" /> Admin
          </a>
        ) : null}
        <hr />
        <form method="post" action={urls.signOut}>
          <button class="menu-link" type="submit">
            <Icon name="sign-out" /> Sign out
          </button>
        </form>
      </div>
    </div>
  )
}
