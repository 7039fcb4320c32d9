import { titleFromFile, videoFileProblem } from '../../../rules/teach/video-file'
import { Panel } from './panel'
import { sendVideo } from './send'
import { type Plan, recallFile } from './upload'

interface BulkPlan {
  courseId: string
  /** POST adds a chapter; its answer, the course's page, links every chapter. */
  add: string
  /** Where chapters' addresses begin. */
  chapter: string
}

let queue: Promise<unknown> = Promise.resolve()
let waiting = 0
let failed = 0

/** Makes a lesson of each file, one after the other: a slow line is not shared, and lessons stand in the order of their names. */
export function sendLessons(zone: HTMLElement, files: File[]): void {
  const plan: BulkPlan = JSON.parse(zone.dataset.bulkUpload ?? '')
  const byName = new Intl.Collator(undefined, { numeric: true })
  for (const file of [...files].sort((one, other) => byName.compare(one.name, other.name))) {
    const panel = addRow(zone)
    const problem = videoFileProblem(file)
    if (problem) {
      panel?.say(problem)
      continue
    }
    if (!panel) continue
    panel.open(file, { pause: () => {}, resume: () => {}, cancel: () => {} })
    panel.close(`${file.name} waits for its turn.`)
    waiting += 1
    queue = queue.then(() => sendLesson(zone, plan, file, panel))
  }
}

async function sendLesson(zone: HTMLElement, plan: BulkPlan, file: File, panel: Panel): Promise<void> {
  let hasArrived = false
  try {
    const chapterId = recallFile(plan.courseId, file)?.chapterId ?? (await addLesson(plan, file))
    if (!chapterId) {
      panel.close()
      panel.say(`No lesson could be made for ${file.name}. Try again in a moment.`, () => {
        waiting += 1
        queue = queue.then(() => sendLesson(zone, plan, file, panel))
      })
      return
    }
    const address = `${plan.chapter}${chapterId}/video`
    const sending: Plan = {
      courseId: plan.courseId,
      chapterId,
      open: address,
      stop: `${address}/upload/delete`,
    }
    if (await sendVideo(file, sending, panel)) hasArrived = true
  } finally {
    if (!hasArrived) failed += 1
    waiting -= 1
    conclude(zone)
  }
}

function conclude(zone: HTMLElement): void {
  const done = zone.querySelector<HTMLElement>('[data-all-done]')
  const words = done?.querySelector('[data-outcome]')
  if (!done || !words) return
  done.hidden = waiting > 0
  if (waiting > 0) return
  words.textContent =
    failed === 0
      ? 'All files have arrived.'
      : 'Not every file has arrived: a lesson without a video can get it on its own page.'
  failed = 0
}

function addRow(zone: HTMLElement): Panel | null {
  const row = zone.querySelector('template')?.content.firstElementChild?.cloneNode(true)
  if (!(row instanceof HTMLElement)) return null
  zone.querySelector('[data-files]')?.append(row)
  return new Panel(row)
}

/** Gives the new chapter's id. Ids sort by the moment they were made, so of those that were not there before it is the last. */
async function addLesson({ add, chapter }: BulkPlan, file: File): Promise<string | null> {
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
