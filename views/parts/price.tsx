import { price } from '../../src/rules/format'

/** ₹1,499, or "Free"; null is a course whose price is not set yet. */
export function Price({ paise }: { paise: number | null }) {
  return <span class="price">{price(paise)}</span>
}
