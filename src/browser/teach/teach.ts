import Alpine from '@alpinejs/csp'
import 'htmx.org/dist/ext/hx-alpine-compat.js'
import { chapterOrder } from './order'

// The bridge to htmx expects it there.
Object.assign(window, { Alpine })

const saving = () => ({
  isChanged: false,
  change() {
    this.isChanged = true
  },
})

Alpine.data('chapterOrder', chapterOrder)
Alpine.data('saving', saving)
Alpine.start()
