import { price } from '../../src/rules/format'

/** What the person who signs up or in is about to buy. */
export function OfferCard({
  offer: { title, instructor, pricePaise },
}: {
  offer: { title: string; instructor: string; pricePaise: number }
}) {
  return (
    <section class="offer" aria-label={pricePaise === 0 ? 'You are joining' : 'You are buying'}>
      <p>
        <span class="offer-title">{title}</span>
        <span class="soft label-size">by {instructor}</span>
      </p>
      <p class="price">{price(pricePaise)}</p>
    </section>
  )
}

export const offerLead = (offer: { pricePaise: number } | null | undefined): string | undefined =>
  offer ? (offer.pricePaise === 0 ? 'Then you are in.' : 'Then you pay, and you are in.') : undefined
