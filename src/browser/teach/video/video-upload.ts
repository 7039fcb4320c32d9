import { type FreshPlayer, makePlayer, Playback } from '../../learn/player'
import { renewPlayer } from '../../learn/renewal'
import { onFiles } from '../../upload/drop-zone'
import { sendChapters } from './bulk'
import { Panel } from './panel'
import { findSavedUpload } from './saved-upload'
import { isSending, sendVideo } from './send'
import type { Plan } from './upload'

const planOf = (zone: HTMLElement): Plan => JSON.parse(zone.dataset.videoUpload ?? '')

onFiles('[data-video-upload]', sendOne)
onFiles('[data-bulk-upload]', sendChapters)

function sendOne(zone: HTMLElement, files: File[]): void {
  const panel = new Panel(zone)
  const [file] = files
  if (isSending()) panel.showProblem('Another file is being sent. Cancel it first to send this one.')
  else if (files.length > 1)
    panel.showProblem('Choose one file. To add several chapters at once, use the page of the course.')
  else if (file) {
    showHint(zone, '')
    void sendVideo(file, planOf(zone), panel)
  }
}

document.addEventListener('click', (event) => {
  const button = event.target instanceof Element ? event.target.closest('[data-play]') : null
  const box = button?.closest<HTMLElement>('[data-preview]')
  if (box) void playPreview(box)
})

async function playPreview(box: HTMLElement): Promise<void> {
  const path = box.dataset.preview ?? ''
  const answer = await fetch(path, { headers: { Accept: 'application/json' } }).catch(() => null)
  const fresh = answer?.ok ? ((await answer.json().catch(() => null)) as FreshPlayer | null) : null
  if (!fresh) {
    const template = document.querySelector<HTMLTemplateElement>('#player-failed')
    if (template) box.replaceChildren(template.content.cloneNode(true))
    box.querySelector('[data-again]')?.addEventListener('click', () => void playPreview(box))
    return
  }
  const player = makePlayer(fresh, 0)
  player.setAttribute('autoplay', '')
  box.dataset.player = path
  box.dataset.lifetime = String(fresh.lifetimeSeconds)
  box.replaceChildren(player)
  renewPlayer(box, new Playback(box))
}

function showInterrupted(zone: HTMLElement): void {
  const saved = findSavedUpload(planOf(zone).chapterId)
  const { state, uploadId } = document.querySelector<HTMLElement>('#video-state')?.dataset ?? {}
  if (saved && state === 'waiting' && uploadId === saved.uploadId)
    showHint(
      zone,
      `${saved.file.name} has not arrived completely. Choose the same file again: the upload continues where it stopped.`,
    )
}

function showHint(zone: HTMLElement, text: string): void {
  const element = zone.querySelector<HTMLElement>('[data-hint]')
  if (!element) return
  element.textContent = text
  element.hidden = text === ''
}

for (const zone of document.querySelectorAll<HTMLElement>('[data-video-upload]')) showInterrupted(zone)
