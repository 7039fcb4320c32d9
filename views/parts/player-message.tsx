import type { Child } from 'hono/jsx'
import { Button } from './button'
import { Icon } from './icon'

export function PlayerTrouble({ children }: { children: Child }) {
  return (
    <>
      <template id="player-failed">
        <div class="player-message" role="alert">
          <Icon name="alert" />
          <p>The video cannot be played right now. Check your connection, or try again in a moment.</p>
          <Button type="button" data-again>
            Try again
          </Button>
        </div>
      </template>
      <template id="player-unsupported">
        <div class="player-message" role="alert">
          <Icon name="alert" />
          <p>
            This browser cannot play the kind of video that lessons are made of (H.264). Your connection is
            fine. Open the lesson in another browser, or let this one install its video support: in Firefox
            under Linux that is the package ffmpeg, or the plugin OpenH264.
          </p>
          <Button type="button" data-again>
            Try again
          </Button>
        </div>
      </template>
      <template id="player-closed">
        <div class="player-message" role="alert">
          <Icon name="lock" />
          {children}
        </div>
      </template>
    </>
  )
}

export function PlayerMessage({ icon, children }: { icon: 'video' | 'lock'; children?: Child }) {
  return (
    <div class="player">
      <div class="player-message">
        <Icon name={icon} />
        <p>{children}</p>
      </div>
    </div>
  )
}
