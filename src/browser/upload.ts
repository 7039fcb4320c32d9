import { type UploadLimits, uploadProblem } from '../rules/uploads'
import { urls } from '../urls'
import { announce, showToast } from './toaster'

/** Sends chosen or dropped files to their store: asks for leave here, then moves the bytes there. */

interface Plan {
  route: string
  input: Record<string, string> | null
  limits: UploadLimits
  done: string
}

const running = new Map<HTMLElement, AbortController>()

const zoneOf = (event: Event) =>
  event.target instanceof Element ? event.target.closest<HTMLElement>('[data-upload]') : null
const planOf = (zone: HTMLElement): Plan => JSON.parse(zone.dataset.upload ?? '')
const inputOf = (zone: HTMLElement) => zone.querySelector<HTMLInputElement>('input[type=file]')

document.addEventListener('change', (event) => {
  const zone = zoneOf(event)
  const files = zone && inputOf(zone)?.files
  if (zone && files?.length) void upload(zone, [...files])
})

for (const type of ['dragenter', 'dragover', 'dragleave', 'drop'] as const) {
  document.addEventListener(type, (event) => {
    const zone = zoneOf(event)
    if (!zone || !event.dataTransfer?.types.includes('Files')) return
    const isLeaving = type === 'dragleave' && !zone.contains(event.relatedTarget as Node | null)
    if (type === 'drop' || isLeaving) delete zone.dataset.over
    else zone.dataset.over = 'true'
    event.preventDefault()
    if (type === 'drop') void upload(zone, [...event.dataTransfer.files])
  })
}

document.addEventListener('click', (event) => {
  if (event.target instanceof Element && event.target.closest('[data-upload-cancel]'))
    running.get(zoneOf(event) ?? document.body)?.abort()
})

// A page that is left takes its uploads along.
window.addEventListener('beforeunload', (event) => {
  if (running.size > 0) event.preventDefault()
})

async function upload(zone: HTMLElement, files: File[]): Promise<void> {
  if (running.has(zone)) return
  const plan = planOf(zone)
  const problem = uploadProblem(plan.limits, files)
  say(zone, problem)
  if (problem) return empty(zone)
  const controller = new AbortController()
  running.set(zone, controller)
  show(zone, 0)
  try {
    const places = await askLeave(plan, files, controller.signal)
    const total = files.reduce((sum, { size }) => sum + size, 0)
    let before = 0
    for (const [index, file] of files.entries()) {
      const place = places[index]
      if (!place) throw new Refusal('The file store did not answer as expected. Try again later.')
      await send(place, file, controller.signal, (sent) => show(zone, (before + sent) / total))
      before += file.size
    }
    showToast({ kind: 'success', text: plan.done })
    zone.dispatchEvent(new CustomEvent('uploaded', { bubbles: true }))
  } catch (error) {
    if (!controller.signal.aborted) say(zone, inWords(error))
  } finally {
    running.delete(zone)
    show(zone, null)
    empty(zone)
  }
}

/** A reason that can be shown as it stands. */
class Refusal extends Error {}

const inWords = (error: unknown) =>
  error instanceof Refusal ? error.message : 'The connection broke, so nothing was saved. Try again.'

/** Where the bytes of each file may go, in the order of the files. */
async function askLeave({ route, input }: Plan, files: File[], signal: AbortSignal): Promise<string[]> {
  const answer = await fetch(`${urls.uploadThing}?actionType=upload&slug=${encodeURIComponent(route)}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      files: files.map(({ name, size, type, lastModified }) => ({ name, size, type, lastModified })),
      input,
    }),
    signal,
  })
  const body: unknown = await answer.json().catch(() => null)
  if (!answer.ok) throw new Refusal(messageOf(body) ?? 'Uploading does not work just now. Try again later.')
  return Array.isArray(body) ? body.map((place: { url: string }) => place.url) : []
}

const messageOf = (body: unknown) =>
  typeof body === 'object' && body !== null && 'message' in body && typeof body.message === 'string'
    ? body.message
    : null

/** `fetch` cannot tell how far it is. Resolves when the site has taken note of the file, too. */
function send(url: string, file: File, signal: AbortSignal, onSent: (bytes: number) => void): Promise<void> {
  const request = new XMLHttpRequest()
  const form = new FormData()
  form.append('file', file)
  return new Promise((resolve, reject) => {
    request.open('PUT', url)
    request.upload.addEventListener('progress', ({ loaded, total }) => onSent((loaded / total) * file.size))
    request.addEventListener('load', () => {
      if (request.status >= 200 && request.status < 300) resolve()
      else reject(new Refusal(`${file.name} arrived but could not be kept. Try again in a moment.`))
    })
    request.addEventListener('error', () => reject(new Error('connection')))
    request.addEventListener('abort', () => reject(new Error('cancelled')))
    signal.addEventListener('abort', () => request.abort())
    request.send(form)
  })
}

/** `share` from 0 to 1; null when nothing is under way. */
function show(zone: HTMLElement, share: number | null): void {
  const box = zone.querySelector<HTMLElement>('[data-upload-progress]')
  const bar = zone.querySelector('progress')
  const words = zone.querySelector('[data-upload-percent]')
  const percent = Math.floor((share ?? 0) * 100)
  if (box) box.hidden = share === null
  if (bar) bar.value = percent
  if (words) words.textContent = percent < 100 ? `${percent}%` : 'Almost there'
  if (share === 0) announce('Uploading')
}

/** An alert that comes new is read out; an empty one would stand in the way. */
function say(zone: HTMLElement, problem: string | null): void {
  zone.querySelector('[role=alert]')?.remove()
  if (!problem) return
  const alert = document.createElement('p')
  alert.className = 'field-error'
  alert.role = 'alert'
  alert.textContent = problem
  zone.append(alert)
}

/** So that the same file can be chosen again. */
function empty(zone: HTMLElement): void {
  const input = inputOf(zone)
  if (input) input.value = ''
}
