import { paths } from '../../../paths'
import { titleFromFile, videoFileProblem } from '../../../rules/teach/video-file'
import { Panel } from './panel'
import { findSavedUploadOf } from './saved-upload'
import { sendVideo } from './send'
import type { Plan } from './upload'

interface BulkPlan {
  courseId: string
  add: string
  chapter: string
}

let queue: Promise<unknown> = Promise.resolve()
let waiting = 0
let failed = 0

export function sendChapters(zone: HTMLElement, files: File[]): void {
  const plan: BulkPlan = JSON.parse(zone.dataset.bulkUpload ?? '')
  const byName = new Intl.Collator(undefined, { numeric: true })
  for (const file of [...files].sort((one, other) => byName.compare(one.name, other.name))) {
    const panel = addRow(zone)
    const problem = videoFileProblem(file)
    if (problem) {
      panel?.showProblem(problem)
      continue
    }
    if (!panel) continue
    panel.open(file, { pause: () => {}, resume: () => {}, cancel: () => {} })
    panel.close(`${file.name} is waiting.`)
    waiting += 1
    queue = queue.then(() => sendChapter(zone, plan, file, panel))
  }
}

async function sendChapter(zone: HTMLElement, plan: BulkPlan, file: File, panel: Panel): Promise<void> {
  let hasArrived = false
  try {
    const chapterId = findSavedUploadOf(file, plan.courseId)?.chapterId ?? (await addChapter(plan, file))
    if (!chapterId) {
      panel.close()
      panel.showProblem(`No chapter could be added for ${file.name}. Try again in a moment.`, () => {
        waiting += 1
        queue = queue.then(() => sendChapter(zone, plan, file, panel))
      })
      return
    }
    const open = paths.teachVideo(plan.courseId, chapterId)
    const stop = paths.teachUploadDelete(plan.courseId, chapterId)
    const sending: Plan = { courseId: plan.courseId, chapterId, open, stop }
    if (await sendVideo(file, sending, panel)) hasArrived = true
  } finally {
    if (!hasArrived) failed += 1
    waiting -= 1
    showOutcome(zone)
  }
}

function showOutcome(zone: HTMLElement): void {
  const done = zone.querySelector<HTMLElement>('[data-all-done]')
  const text = done?.querySelector('[data-outcome]')
  if (!done || !text) return
  done.hidden = waiting > 0
  if (waiting > 0) return
  text.textContent =
    failed === 0
      ? 'All files have arrived.'
      : 'Some files have not arrived. You can add their videos on the pages of the chapters.'
  failed = 0
}

function addRow(zone: HTMLElement): Panel | null {
  const row = zone.querySelector('template')?.content.firstElementChild?.cloneNode(true)
  if (!(row instanceof HTMLElement)) return null
  zone.querySelector('[data-files]')?.append(row)
  return new Panel(row)
}

/** Ids sort by time, so the new chapter's is the last of those that are new on the page. */
async function addChapter({ add, chapter }: BulkPlan, file: File): Promise<string | null> {
  const known = new Set(chapterIds(document, chapter))
  const answer = await fetch(add, {
    method: 'POST',
    body: new URLSearchParams({ title: titleFromFile(file.name) }),
  }).catch(() => null)
  if (!answer?.ok) return null
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
  return (
    chapterIds(page, chapter)
      .filter((id) => !known.has(id))
      .sort()
      .at(-1) ?? null
  )
}

const chapterIds = (page: Document, chapter: string): string[] =>
  [...page.querySelectorAll(`a[href^="${chapter}"]`)].map((link) =>
    (link.getAttribute('href') ?? '').slice(chapter.length).replace(/[/?#].*$/, ''),
  )
