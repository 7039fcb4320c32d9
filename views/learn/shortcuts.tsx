import { Button } from '../parts/button'
import { Dialog } from '../parts/dialog'
import { Icon } from '../parts/icon'

const ofPlayer = [
  ['k', 'Play or pause'],
  ['j', 'Back 10 seconds'],
  ['l', 'On 10 seconds'],
]
const inPlayer = [
  ['Space', 'Play or pause'],
  ['← →', 'Back or on 10 seconds'],
  ['↑ ↓', 'Louder or quieter'],
  ['m', 'Sound on or off'],
  ['c', 'Captions on or off'],
  ['f', 'Full screen'],
]
const always = [
  ['n', 'Next lesson'],
  ['?', 'This list'],
]

/** The keys of a lesson; single keys can be switched off, because they get in the way of speaking to a computer. */
export function Shortcuts({ hasPlayer }: { hasPlayer: boolean }) {
  return (
    <>
      <div data-shortcuts hidden>
        <Button type="button" kind="quiet" commandfor="shortcuts" command="show-modal">
          <Icon name="keyboard" />
          Keyboard
        </Button>
      </div>
      <Dialog id="shortcuts" title="Keyboard">
        <div class="stack">
          <Keys keys={hasPlayer ? [...ofPlayer, ...always] : always} />
          {hasPlayer ? (
            <div class="stack stack-small">
              <h3>While the player has the focus</h3>
              <Keys keys={inPlayer} />
            </div>
          ) : null}
          <label class="cluster">
            <input type="checkbox" data-single-keys checked />
            Single keys work anywhere on the page
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
