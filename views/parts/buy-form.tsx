import { paths } from '../../src/paths'
import { Button } from './button'

interface Offer {
  slug: string
  pricePaise: number | null
}

/** Whether a course can be bought or joined; `canPay` is false where payments are switched off. */
export const canBuy = ({ pricePaise }: Pick<Offer, 'pricePaise'>, canPay: boolean): boolean =>
  pricePaise === 0 || (pricePaise !== null && canPay)

/** "Buy course" or "Join for free", or why neither is possible. */
export function BuyForm({ course, canPay, large }: { course: Offer; canPay: boolean; large?: boolean }) {
  if (!canBuy(course, canPay)) return <p class="label-size">This course cannot be bought right now.</p>
  return (
    <form method="post" action={paths.buy(course.slug)}>
      <Button kind="primary" large={large} wide={large}>
        {course.pricePaise === 0 ? 'Join for free' : 'Buy course'}
      </Button>
    </form>
  )
}
