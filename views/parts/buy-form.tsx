import { paths } from '../../src/paths'
import { mayBuy } from '../../src/rules/purchases/purchase'
import { Button } from './button'

interface Offer {
  slug: string
  pricePaise: number | null
}

export function BuyForm({ course, canPay, large }: { course: Offer; canPay: boolean; large?: boolean }) {
  if (!mayBuy(course, canPay)) return <p class="label-size">This course cannot be bought right now.</p>
  return (
    <form method="post" action={paths.buy(course.slug)}>
      <Button kind="primary" large={large} wide={large}>
        {course.pricePaise === 0 ? 'Join for free' : 'Buy course'}
      </Button>
    </form>
  )
}
