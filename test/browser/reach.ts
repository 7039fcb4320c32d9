import type { Page } from 'playwright-core'

/** Waits for fonts and for every motion that has an end. */
export const settled = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    await document.fonts.ready
    const passing = document
      .getAnimations()
      .filter((animation) => Number(animation.effect?.getComputedTiming().endTime) < Number.POSITIVE_INFINITY)
    await Promise.allSettled(passing.map((animation) => animation.finished))
  })

/**
 * Takes a page as it was loaded and gives one line for every control that a pointer cannot reach because something lies
 * over its middle, or that the keyboard passes by: each visible control of the page first, then those of every menu,
 * fold and dialog, opened one by one.
 */
export async function unreachable(page: Page): Promise<string[]> {
  await settled(page)
  return page.evaluate(findUnreachable)
}

/** Runs in the browser, so it must not use anything from outside. */
async function findUnreachable(): Promise<string[]> {
  const controls =
    'a[href], button, input:not([type=hidden]), select, textarea, summary, mux-player, [tabindex="0"], [data-handle]'
  const openers = 'summary, [popovertarget], [commandfor][command="show-modal"]'
  const shown = { visibilityProperty: true, opacityProperty: true }

  /** The largest of its boxes, since a link may be broken over two lines. */
  const boxOf = (element: Element) =>
    [...element.getClientRects()].sort((a, b) => b.width * b.height - a.width * a.height)[0]
  // What is kept for screen readers only is clipped or a pixel wide.
  const isVisible = (element: Element) => {
    const box = boxOf(element)
    if (!box || box.width <= 1 || box.height <= 1) return false
    return element.checkVisibility(shown) && getComputedStyle(element).clipPath === 'none'
  }
  const visible = (root: ParentNode, selector: string) =>
    [...root.querySelectorAll<HTMLElement>(selector)].filter(isVisible)

  const named = (element: Element | null) => {
    if (!element) return 'nothing'
    const words = (element.getAttribute('aria-label') ?? element.textContent ?? '')
      .trim()
      .replace(/\s+/g, ' ')
    const kind = [element.localName, ...element.classList].join('.')
    return words ? `${kind} "${words.slice(0, 40)}"` : kind
  }
  const settled = () => {
    const passing = document
      .getAnimations()
      .filter((animation) => Number(animation.effect?.getComputedTiming().endTime) < Number.POSITIVE_INFINITY)
    return Promise.allSettled(passing.map((animation) => animation.finished))
  }

  /** What covers its middle, null when a press there is its own. */
  const cover = (control: HTMLElement): string | null => {
    control.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' })
    const box = boxOf(control)
    if (!box) return 'no box'
    const found = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)
    const isOwn = control.contains(found) || found?.closest('label')?.control === control
    return isOwn ? null : named(found)
  }
  /** What is dragged by its handle has buttons beside it, and the player has controls of its own. */
  const isSkippedByKeyboard = (control: HTMLElement) =>
    control.tabIndex < 0 && !control.matches(':disabled, [data-handle], mux-player')
  const complaintsIn = (list: HTMLElement[], place: string) =>
    list.flatMap((control) => {
      const found = cover(control)
      return [
        ...(found ? [`${place}: ${named(control)} is covered by ${found}`] : []),
        ...(isSkippedByKeyboard(control) ? [`${place}: ${named(control)} is skipped by the keyboard`] : []),
      ]
    })

  const opened = (opener: HTMLElement) =>
    opener.localName === 'summary'
      ? opener.parentElement
      : document.getElementById(
          opener.getAttribute('popovertarget') ?? opener.getAttribute('commandfor') ?? '',
        )
  const close = (menu: HTMLElement) => {
    if (menu instanceof HTMLDetailsElement) menu.open = false
    else if (menu instanceof HTMLDialogElement) menu.close()
    else menu.hidePopover()
  }

  const complaints = complaintsIn(visible(document, controls), 'page')
  for (const opener of visible(document, openers)) {
    const menu = opened(opener)
    const wasOpen = menu instanceof HTMLDetailsElement && menu.open
    opener.scrollIntoView({ block: 'center', behavior: 'instant' })
    if (!wasOpen) opener.click()
    await settled()
    const inside = menu ? visible(menu, controls).filter((control) => control !== opener) : []
    const isFold = opener.localName === 'summary'
    if (inside.length === 0 && !isFold) complaints.push(`${named(opener)} opens nothing`)
    complaints.push(...complaintsIn(inside, `menu ${named(opener)}`))
    if (menu && !wasOpen) close(menu)
  }
  scrollTo({ top: 0, behavior: 'instant' })
  return complaints
}
