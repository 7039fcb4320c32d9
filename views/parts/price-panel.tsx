import type { Child } from 'hono/jsx'
import { Icon } from './icon'
import type { IconName } from './icons'
import { Price } from './price'
import { ProgressBar } from './progress-bar'

export interface PricePanelProps {
  pricePaise: number | null
  /** For who owns the course: progress instead of the price. */
  owned?: { percent: number } | null
  /** Above the price, where there is room: the course's picture. */
  picture?: Child
  /** What is included, in a line each. */
  facts?: { icon: IconName; text: Child }[]
  /** Refund terms, or why it cannot be bought now. */
  note?: Child
  /** The one action: a form with "Buy course" or "Join for free", or a link "Continue learning"; use `wide`. */
  children?: Child
}

/** Beside the course, sticking while one reads; on phones price and action stay at the bottom edge. */
export function PricePanel({ pricePaise, owned, picture, facts = [], note, children }: PricePanelProps) {
  return (
    <aside class="price-panel" aria-label="Price">
      {picture}
      <div class="price-panel-buy">
        {owned ? <ProgressBar percent={owned.percent} label="Your progress" /> : <Price paise={pricePaise} />}
        {children}
      </div>
      {facts.length > 0 ? (
        <ul class="facts">
          {facts.map(({ icon, text }) => (
            <li>
              <Icon name={icon} />
              <span>{text}</span>
            </li>
          ))}
        </ul>
      ) : null}
      {note ? <p class="price-panel-note">{note}</p> : null}
    </aside>
  )
}
