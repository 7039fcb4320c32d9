import { paths } from '../../src/paths'
import { avatarLimits } from '../../src/rules/uploads'
import { Avatar, type AvatarProps } from '../parts/avatar'
import { Button } from '../parts/button'
import { FileDrop } from '../parts/file-drop'

export interface PictureCardProps extends Pick<AvatarProps, 'name' | 'imageUrl'> {
  /** Whether this site keeps files at all. */
  canUpload: boolean
}

/** A person's picture; fetched anew when another one is stored. */
export function PictureCard({ name, imageUrl, canUpload }: PictureCardProps) {
  return (
    <section class="card" id="picture" hx-get={paths.account()} hx-trigger="uploaded" hx-swap="outerHTML">
      <h2>Picture</h2>
      <div class="cluster">
        <Avatar name={name} imageUrl={imageUrl} large />
        {imageUrl ? (
          <form method="post" action={paths.accountPictureDelete()}>
            <Button>Remove picture</Button>
          </form>
        ) : (
          <p class="soft">You have no picture yet, so people see your initials.</p>
        )}
      </div>
      {canUpload ? (
        <FileDrop
          label={imageUrl ? 'New picture' : 'Your picture'}
          name="avatar"
          route="avatar"
          limits={avatarLimits}
          done="Your picture is saved."
        />
      ) : (
        <p class="soft">Pictures cannot be added on this site yet.</p>
      )}
    </section>
  )
}

/** The card, and the same picture in the head of the page. */
export function PictureChange(props: PictureCardProps) {
  return (
    <>
      <PictureCard {...props} />
      <hx-partial hx-target=".account-menu .avatar" hx-swap="outerHTML">
        <Avatar name={props.name} imageUrl={props.imageUrl} />
      </hx-partial>
    </>
  )
}
