import Alpine from '@alpinejs/csp'
import 'htmx.org/dist/ext/hx-alpine-compat.js'
import { chapterOrder } from './order'
import { saving } from './saving'

// The bridge to htmx looks for it here.
Object.assign(window, { Alpine })

Alpine.data('chapterOrder', chapterOrder)
Alpine.data('saving', saving)
Alpine.start()
