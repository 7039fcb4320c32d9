import type { Child } from 'hono/jsx'
import { Button } from './button'
import { Icon } from './icon'

/** What the client script puts in place of a player that fails, or that may not play any more; `children` say the latter. */
export function PlayerTrouble({ children }: { children: Child }) {
  return (
    <>
      <template id="player-failed">
        <div class="player-message" role="alert">
          <Icon name="alert" />
          <p>The video does not play just now. Your connection may be gone, or the video service may rest.</p>
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
