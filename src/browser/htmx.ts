import htmx from 'htmx.org'
import { announce, showToast } from './toaster'

interface RequestContext {
  sourceElement: HTMLElement
  sourceEvent?: Event
  target?: Element | string
  confirm?: string
  request: { submitter?: HTMLElement | null }
  response?: { status: number; headers: Headers }
}
type Detail = {
  ctx?: RequestContext
  error?: unknown
  issueRequest(): void
  dropRequest(): void
}

const on = (name: string, listener: (detail: Detail, event: Event) => void) =>
  document.addEventListener(name, (event) => listener((event as CustomEvent<Detail>).detail, event))

const targetOf = (ctx?: RequestContext) =>
  typeof ctx?.target === 'string' ? document.querySelector(ctx.target) : ctx?.target

const retryOf = (ctx: RequestContext) => () => {
  const { sourceElement, sourceEvent } = ctx
  if (sourceElement instanceof HTMLFormElement)
    sourceElement.requestSubmit(ctx.request.submitter ?? undefined)
  else htmx.trigger(sourceElement, sourceEvent?.type ?? 'click')
}

on('htmx:before:request', ({ ctx }) => targetOf(ctx)?.setAttribute('aria-busy', 'true'))
on('htmx:finally:request', ({ ctx }) => targetOf(ctx)?.removeAttribute('aria-busy'))

on('htmx:config:request', ({ ctx }, event) => {
  if (document.hidden && ctx?.sourceEvent?.type === 'every') event.preventDefault()
})

const isPoll = (ctx: RequestContext) => ctx.sourceEvent?.type === 'every'

on('htmx:error', ({ ctx, error }) => {
  if (!ctx || isPoll(ctx)) return
  if (ctx.response) return showToast({ kind: 'error', text: 'This page is out of date. Please reload it.' })
  ctx.sourceElement.dispatchEvent(new CustomEvent('request-failed', { bubbles: true }))
  const text =
    error === 'timeout' ? 'The server took too long to answer.' : 'No connection. Nothing was saved.'
  showToast({ kind: 'error', text, retry: retryOf(ctx) })
})

on('htmx:response:error', ({ ctx }) => {
  const response = ctx?.response
  if (!ctx || !response || response.status === 422 || response.status === 409 || isPoll(ctx)) return
  ctx.sourceElement.dispatchEvent(new CustomEvent('request-failed', { bubbles: true }))
  if (response.headers.get('HX-Trigger')) return
  const retry = response.status >= 500 ? retryOf(ctx) : undefined
  showToast({ kind: 'error', text: `Something went wrong (${response.status}).`, retry })
})

on('htmx:confirm', (detail, event) => {
  const dialog = document.querySelector<HTMLDialogElement>('#confirm')
  const text = dialog?.querySelector('[data-text]')
  if (!dialog || !text) return
  event.preventDefault()
  text.textContent = detail.ctx?.confirm ?? ''
  dialog.returnValue = ''
  const answer = () => (dialog.returnValue === 'ok' ? detail.issueRequest() : detail.dropRequest())
  dialog.addEventListener('close', answer, { once: true })
  dialog.showModal()
})

document.addEventListener('toast', (event) => showToast((event as CustomEvent).detail))
document.addEventListener('announce', (event) => announce((event as CustomEvent).detail.text))
