import { type FreshPlayer, makePlayer, Playback } from '../../learn/player'
import { renewPlayer } from '../../learn/renewal'
import { sendLessons } from './bulk'
import { Panel } from './panel'
import { isSending, sendVideo } from './send'
import { type Plan, recall } from './upload'

/** The pages of the studio that send videos: files that are chosen or dropped, and the preview of what plays. */

const zoneOf = (event: Event) =>
  event.target instanceof Element
    ? event.target.closest<HTMLElement>('[data-video-upload], [data-bulk-upload]')
    : null
const planOf = (zone: HTMLElement): Plan => JSON.parse(zone.dataset.videoUpload ?? '')

document.addEventListener('change', (event) => {
  const zone = zoneOf(event)
  const { target } = event
  if (!zone || !(target instanceof HTMLInputElement) || !target.files?.length) return
  take(zone, [...target.files])
  // So that the same file can be chosen again.
  target.value = ''
})

for (const type of ['dragenter', 'dragover', 'dragleave', 'drop'] as const) {
  document.addEventListener(type, (event) => {
    const zone = zoneOf(event)
    if (!zone || !event.dataTransfer?.types.includes('Files')) return
    const isLeaving = type === 'dragleave' && !zone.contains(event.relatedTarget as Node | null)
    if (type === 'drop' || isLeaving) delete zone.dataset.over
    else zone.dataset.over = 'true'
    event.preventDefault()
    if (type === 'drop') take(zone, [...event.dataTransfer.files])
  })
}

function take(zone: HTMLElement, files: File[]): void {
  if (zone.dataset.bulkUpload) sendLessons(zone, files)
  else sendOne(zone, files)
}

function sendOne(zone: HTMLElement, files: File[]): void {
  const panel = new Panel(zone)
  const [file] = files
  if (isSending()) panel.say('A file is on its way. Cancel it first to send another one.')
  else if (files.length > 1)
    panel.say('Choose one file. The course page takes several and makes a lesson of each.')
  else if (file) {
    hint(zone, '')
    void sendVideo(file, planOf(zone), panel)
  }
}

document.addEventListener('click', (event) => {
  const button = event.target instanceof Element ? event.target.closest('[data-play]') : null
  const box = button?.closest<HTMLElement>('[data-preview]')
  if (box) void playPreview(box)
})

/** Puts a player where the button was; asks for the permission to play only now. */
async function playPreview(box: HTMLElement): Promise<void> {
  const address = box.dataset.preview ?? ''
  const answer = await fetch(address, { headers: { Accept: 'application/json' } }).catch(() => null)
  const fresh = answer?.ok ? ((await answer.json().catch(() => null)) as FreshPlayer | null) : null
  if (!fresh) {
    const template = document.querySelector<HTMLTemplateElement>('#player-failed')
    if (template) box.replaceChildren(template.content.cloneNode(true))
    box.querySelector('[data-again]')?.addEventListener('click', () => void playPreview(box))
    return
  }
  const player = makePlayer(fresh, 0)
  player.setAttribute('autoplay', '')
  box.dataset.player = address
  box.dataset.lifetime = String(fresh.lifetimeSeconds)
  box.replaceChildren(player)
  renewPlayer(box, new Playback(box))
}

/** A reloaded page has lost its file, but not where it was going. */
function remindOfBreak(zone: HTMLElement): void {
  const memory = recall(planOf(zone).chapterId)
  const { state, uploadId } = document.querySelector<HTMLElement>('#video-state')?.dataset ?? {}
  if (memory && state === 'waiting' && uploadId === memory.uploadId)
    hint(
      zone,
      `${memory.file.name} has not arrived whole. Choose the same file again: it goes on where it stopped.`,
    )
}

function hint(zone: HTMLElement, text: string): void {
  const place = zone.querySelector<HTMLElement>('[data-hint]')
  if (!place) return
  place.textContent = text
  place.hidden = text === ''
}

for (const zone of document.querySelectorAll<HTMLElement>('[data-video-upload]')) remindOfBreak(zone)
