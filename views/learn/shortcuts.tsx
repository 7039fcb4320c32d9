import { Button } from '../parts/button'
import { Icon } from '../parts/icon'
import { Dialog } from '../parts/overlays'

const playerKeys = [
  ['k', 'Play or pause'],
  ['j', 'Back 10 seconds'],
  ['l', 'Forward 10 seconds'],
]
const focusedPlayerKeys = [
  ['Space', 'Play or pause'],
  ['← →', 'Back or forward 10 seconds'],
  ['↑ ↓', 'Volume up or down'],
  ['m', 'Mute or unmute'],
  ['c', 'Captions on or off'],
  ['f', 'Full screen'],
]
const pageKeys = [
  ['n', 'Next lesson'],
  ['?', 'Show this list'],
]

/** Single keys can be switched off: they get in the way of speech input (WCAG 2.1.4). */
export function Shortcuts({ hasPlayer }: { hasPlayer: boolean }) {
  return (
    <>
      <div data-shortcuts hidden>
        <Button type="button" kind="quiet" commandfor="shortcuts" command="show-modal">
          <Icon name="keyboard" />
          Keyboard shortcuts
        </Button>
      </div>
      <Dialog id="shortcuts" title="Keyboard shortcuts">
        <div class="stack">
          <Keys keys={hasPlayer ? [...playerKeys, ...pageKeys] : pageKeys} />
          {hasPlayer ? (
            <div class="stack stack-small">
              <h3>While the player is focused</h3>
              <Keys keys={focusedPlayerKeys} />
            </div>
          ) : null}
          <label class="cluster">
            <input type="checkbox" data-single-keys checked />
            Single-key shortcuts work anywhere on this page
          </label>
        </div>
      </Dialog>
    </>
  )
}

function Keys({ keys }: { keys: string[][] }) {
  return (
    <ul class="stack stack-small">
      {keys.map(([key, what]) => (
        <li class="cluster between">
          <span>{what}</span>
          <kbd>{key}</kbd>
        </li>
      ))}
    </ul>
  )
}
