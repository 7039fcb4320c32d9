import Sortable from 'sortablejs'
import { announce } from '../toaster'

/** What Alpine lends a component. */
interface Component {
  $el: HTMLElement
  $refs: { list: HTMLElement }
}

/** Chapters that can be dragged. The form sends them as they lie; its answer brings them anew, and a failure puts them back. */
export function chapterOrder() {
  let sortable: Sortable | null = null
  /** The order that the server knows. */
  let known: string[] = []
  let isDragging = false
  /** An answer came while something was dragged, so the list is older than the server's. */
  let isBehind = false
  const order = () => sortable?.toArray() ?? []
  const wasMoved = () => order().join() !== known.join()

  return {
    init(this: Component) {
      const form = this.$el
      sortable = Sortable.create(this.$refs.list, {
        handle: '[data-handle]',
        dataIdAttr: 'data-id',
        animation: matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 150,
        onStart: () => {
          isDragging = true
        },
        onEnd: () => {
          isDragging = false
          if (wasMoved() || isBehind) form.dispatchEvent(new CustomEvent('reordered'))
          isBehind = false
        },
      })
      known = order()
      form.addEventListener('htmx:before:swap', (event) => {
        if (isDragging) {
          // What is in the hand stays there; the order is sent when it is put down.
          event.preventDefault()
          isBehind = true
          return
        }
        // htmx would copy what dragging left in them to the new items, which the site's policy forbids.
        for (const item of this.$refs.list.children) item.removeAttribute('style')
      })
      form.addEventListener('htmx:after:swap', () => {
        known = order()
      })
    },
    rollback() {
      sortable?.sort(known, true)
      announce('The chapters are back in their old order.')
    },
    destroy() {
      sortable?.destroy()
    },
  }
}
