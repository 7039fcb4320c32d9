import Sortable from 'sortablejs'
import { announce } from '../toaster'

interface Component {
  $el: HTMLElement
  $refs: { list: HTMLElement }
}

export function chapterOrder() {
  let sortable: Sortable | null = null
  let saved: string[] = []
  let isDragging = false
  let isStale = false
  const order = () => sortable?.toArray() ?? []
  const wasMoved = () => order().join() !== saved.join()

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
          if (wasMoved() || isStale) form.dispatchEvent(new CustomEvent('reordered'))
          isStale = false
        },
      })
      saved = order()
      form.addEventListener('htmx:before:swap', (event) => {
        if (isDragging) {
          // Otherwise the answer would replace what is being dragged.
          event.preventDefault()
          isStale = true
          return
        }
        // htmx would copy the inline styles of dragging to the new items, which the policy forbids.
        for (const item of this.$refs.list.children) item.removeAttribute('style')
      })
      form.addEventListener('htmx:after:swap', () => {
        saved = order()
      })
    },
    rollback() {
      sortable?.sort(saved, true)
      announce('The chapters are back in their previous order.')
    },
    destroy() {
      sortable?.destroy()
    },
  }
}
