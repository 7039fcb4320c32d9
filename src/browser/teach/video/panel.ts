import { fileSize } from '../../../rules/format'
import { timeLeft } from '../../../rules/teach/video-transfer'
import type { Report } from './transfer'

/** What is there only while bytes go. */
const running = ['[data-file]', 'progress', '[data-pause]', '[data-cancel]']

/** What one file's row shows, and its buttons. */
export class Panel {
  constructor(private readonly root: HTMLElement) {}

  /** Shows the row of a file, with what its buttons do. */
  open(file: File, press: { pause: () => void; resume: () => void; cancel: () => void }): void {
    const isChoosing = this.hasFocus('[data-choose]')
    this.say('')
    for (const name of ['[data-transfer]', ...running]) this.hide(name, false)
    this.hide('[data-choose]', true)
    if (isChoosing) this.at('[data-pause]', (button) => button.focus())
    this.at('[data-file]', (name) => {
      name.textContent = `${file.name} (${fileSize(file.size)})`
    })
    this.at<HTMLProgressElement>('progress', (bar) => {
      bar.setAttribute('aria-label', file.name)
      bar.value = 0
    })
    this.at('[data-pause]', (button) => {
      button.onclick = () => (button.dataset.goesOn ? press.resume() : press.pause())
    })
    this.at('[data-cancel]', (button) => {
      button.onclick = press.cancel
    })
    this.words('Starting')
  }

  show({ state, sentBytes, bytesPerSecond }: Report, file: File): void {
    const percent = Math.floor((sentBytes / file.size) * 100)
    this.at<HTMLProgressElement>('progress', (bar) => {
      bar.value = percent
    })
    this.at('[data-pause]', (button) => {
      if (state === 'sending') delete button.dataset.goesOn
      else button.dataset.goesOn = 'true'
      button.textContent = { sending: 'Pause', paused: 'Resume', broken: 'Try now' }[state]
    })
    const amount = `${percent}%, ${fileSize(sentBytes)} of ${fileSize(file.size)}`
    const left = timeLeft(file.size - sentBytes, bytesPerSecond)
    this.words(
      {
        sending: left ? `${amount}, ${left}` : amount,
        paused: `Paused at ${amount}`,
        broken: `The connection broke at ${amount}. It goes on by itself when it is back.`,
      }[state],
    )
  }

  words(text: string): void {
    this.at('[data-words]', (words) => {
      if (words.textContent !== text) words.textContent = text
    })
  }

  /** A problem, with a way to try again where there is one. */
  say(problem: string, retry?: () => void): void {
    this.at('[data-problem]', (place) => {
      place.textContent = problem
    })
    this.at('[data-retry]', (button) => {
      button.hidden = retry === undefined
      button.onclick = retry ?? null
    })
  }

  /** Takes the row away, or leaves only its last words. */
  close(words = ''): void {
    const isPressing = this.hasFocus('[data-transfer]')
    this.hide('[data-transfer]', words === '')
    for (const name of running) this.hide(name, words !== '')
    this.hide('[data-choose]', false)
    if (isPressing) this.at('[data-choose] input', (input) => input.focus())
    this.words(words)
  }

  /** What is hidden loses its focus, which must then go somewhere. */
  private hasFocus(selector: string): boolean {
    return this.root.querySelector(selector)?.contains(document.activeElement) ?? false
  }

  private hide(selector: string, isHidden: boolean): void {
    this.at(selector, (element) => {
      element.hidden = isHidden
    })
  }

  private at<E extends HTMLElement = HTMLElement>(selector: string, change: (element: E) => void): void {
    const element = this.root.querySelector<E>(selector)
    if (element) change(element)
  }
}
