import { type Period, periodName } from '../../src/rules/teach/earnings'
import { Button } from './button'
import { Field, Select } from './field'

interface Props {
  action: string
  period: Period
  /** The month and the financial year of today. */
  today: { month: string; year: string }
}

/** A month, or a year from April to March. */
export function PeriodForms({ action, period, today }: Props) {
  const start = Number(today.year.slice(0, 4))
  const years = Array.from({ length: 8 }, (_, back) => {
    const value = `${start - back}-${String((start - back + 1) % 100).padStart(2, '0')}`
    return { value, label: value }
  })
  return (
    <div class="cluster period-forms">
      <form method="get" action={action} class="cluster">
        <Field
          label="Month"
          name="month"
          type="month"
          size="short"
          value={'month' in period ? period.month : today.month}
          max={today.month}
          pattern="\d{4}-\d{2}"
        />
        <Button>Show month</Button>
      </form>
      <form method="get" action={action} class="cluster">
        <Select
          label="Financial year"
          name="year"
          options={years}
          value={'year' in period ? periodName(period) : today.year}
        />
        <Button>Show year</Button>
      </form>
    </div>
  )
}
