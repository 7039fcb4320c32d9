import { type UploadLimits, uploadProblem } from '../../rules/uploads'
import { announce, showToast } from '../toaster'
import { askLeave, Refusal, send } from './transfer'

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
  let before = 0
  try {
    const places = await askLeave(plan.route, plan.input, files, controller.signal)
    const total = files.reduce((sum, { size }) => sum + size, 0)
    for (const [index, file] of files.entries()) {
      const place = places[index]
      controller.signal.throwIfAborted()
      if (!place) throw new Refusal('The file store did not answer as expected. Try again later.')
      await send(place, file, controller.signal, (sent) => show(zone, (before + sent) / total))
      before += file.size
    }
    showToast({ kind: 'success', text: plan.done })
  } catch (error) {
    if (!controller.signal.aborted) complain(zone, inWords(error), before > 0)
  } finally {
    running.delete(zone)
    show(zone, null)
    empty(zone)
  }
  if (before > 0) zone.dispatchEvent(new CustomEvent('uploaded', { bubbles: true }))
}

/** Where some files were stored the zone is about to be fetched anew, and what it says goes with it. */
function complain(zone: HTMLElement, problem: string, isPart: boolean): void {
  if (isPart) showToast({ kind: 'error', text: `Not every file was stored. ${problem}` })
  else say(zone, problem)
}

const inWords = (error: unknown) =>
  error instanceof Refusal ? error.message : 'The connection broke. Try again.'

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
