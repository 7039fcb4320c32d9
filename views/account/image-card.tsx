import { paths } from '../../src/paths'
import { avatarLimits } from '../../src/rules/uploads'
import { Avatar, type AvatarProps } from '../parts/avatar'
import { Button } from '../parts/button'
import { FileDrop } from '../parts/file-drop'

export interface ImageCardProps extends Pick<AvatarProps, 'name' | 'imageUrl'> {
  canUpload: boolean
}

export function ImageCard({ name, imageUrl, canUpload }: ImageCardProps) {
  return (
    <section class="card" id="picture" hx-get={paths.account()} hx-trigger="uploaded" hx-swap="outerHTML">
      <h2>Profile picture</h2>
      <div class="cluster">
        <Avatar name={name} imageUrl={imageUrl} large />
        {imageUrl ? (
          <form method="post" action={paths.accountImageDelete()}>
            <Button>Remove picture</Button>
          </form>
        ) : (
          <p class="soft">You have no profile picture yet. Others see your initials.</p>
        )}
      </div>
      {canUpload ? (
        <FileDrop
          label={imageUrl ? 'New profile picture' : 'Profile picture'}
          name="avatar"
          route="avatar"
          limits={avatarLimits}
          done="Your profile picture is saved."
        />
      ) : (
        <p class="soft">Uploading is not set up on this site yet.</p>
      )}
    </section>
  )
}

export function ImageChange(props: ImageCardProps) {
  return (
    <>
      <ImageCard {...props} />
      <hx-partial hx-target=".account-menu .avatar" hx-swap="outerHTML">
        <Avatar name={props.name} imageUrl={props.imageUrl} />
      </hx-partial>
    </>
  )
}
