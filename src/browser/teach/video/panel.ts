import { fileSize } from '../../../rules/format'
import { timeLeft } from '../../../rules/teach/video-transfer'
import type { Report } from './transfer'

const whileSending = ['[data-file]', 'progress', '[data-pause]', '[data-cancel]']

export class Panel {
  constructor(private readonly root: HTMLElement) {}

  open(file: File, press: { pause: () => void; resume: () => void; cancel: () => void }): void {
    const hadFocus = this.hasFocus('[data-choose]')
    this.showProblem('')
    for (const name of ['[data-transfer]', ...whileSending]) this.hide(name, false)
    this.hide('[data-choose]', true)
    if (hadFocus) this.at('[data-pause]', (button) => button.focus())
    this.at('[data-file]', (name) => {
      name.textContent = `${file.name} (${fileSize(file.size)})`
    })
    this.at<HTMLProgressElement>('progress', (bar) => {
      bar.setAttribute('aria-label', file.name)
      bar.value = 0
    })
    this.at('[data-pause]', (button) => {
      button.onclick = () => (button.dataset.isResumable ? press.resume() : press.pause())
    })
    this.at('[data-cancel]', (button) => {
      button.onclick = press.cancel
    })
    this.showText('Starting')
  }

  showProgress({ state, sentBytes, bytesPerSecond }: Report, file: File): void {
    const percent = Math.floor((sentBytes / file.size) * 100)
    this.at<HTMLProgressElement>('progress', (bar) => {
      bar.value = percent
    })
    this.at('[data-pause]', (button) => {
      if (state === 'sending') delete button.dataset.isResumable
      else button.dataset.isResumable = 'true'
      button.textContent = { sending: 'Pause', paused: 'Resume', broken: 'Try now' }[state]
    })
    const amount = `${percent}%, ${fileSize(sentBytes)} of ${fileSize(file.size)}`
    const left = timeLeft(file.size - sentBytes, bytesPerSecond)
    this.showText(
      {
        sending: left ? `${amount}, ${left}` : amount,
        paused: `Paused at ${amount}`,
        broken: `The connection was lost at ${amount}. The upload continues when it is back.`,
      }[state],
    )
  }

  private showText(text: string): void {
    this.at('[data-words]', (element) => {
      if (element.textContent !== text) element.textContent = text
    })
  }

  showProblem(problem: string, retry?: () => void): void {
    this.at('[data-problem]', (element) => {
      element.textContent = problem
    })
    this.at('[data-retry]', (button) => {
      button.hidden = retry === undefined
      button.onclick = retry ?? null
    })
  }

  close(text = ''): void {
    const hadFocus = this.hasFocus('[data-transfer]')
    this.hide('[data-transfer]', text === '')
    for (const name of whileSending) this.hide(name, text !== '')
    this.hide('[data-choose]', false)
    if (hadFocus) this.at('[data-choose] input', (input) => input.focus())
    this.showText(text)
  }

  /** A hidden element loses the focus, which then has to be moved. */
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
