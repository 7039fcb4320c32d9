import { count, day, rupees } from '../../src/rules/format'
import { type Figures, netOf } from '../../src/rules/purchases/money'
import { bars, roundTop } from '../../src/rules/teach/chart'

export interface EarningsChartProps {
  spans: (Figures & { date: string })[]
  unit: string
}

const size = { width: 1000, height: 200 }

export function EarningsChart({ spans, unit }: EarningsChartProps) {
  const sold = spans.map(({ soldPaise, refundedPaise }) => Math.max(soldPaise, refundedPaise))
  const top = roundTop(sold, 100)
  const columns = bars(
    spans.map((span) => ({ value: Math.max(0, netOf(span)), rest: span.refundedPaise })),
    { ...size, top },
  )
  const best = spans.reduce<EarningsChartProps['spans'][number] | undefined>(
    (found, span) => (found && found.soldPaise >= span.soldPaise ? found : span),
    undefined,
  )
  return (
    <figure class="chart">
      <figcaption class="chart-legend">
        <span data-part="net">Kept</span>
        <span data-part="refunded">Refunded</span>
      </figcaption>
      <div class="chart-scale" aria-hidden="true">
        <span>{rupees(top)}</span>
        <span>{rupees(top / 2)}</span>
        <span>{rupees(0)}</span>
      </div>
      <svg
        viewBox={`0 0 ${size.width} ${size.height}`}
        preserveAspectRatio="none"
        role="img"
        aria-labelledby="chart-title chart-desc"
      >
        <title id="chart-title">{`Sales by ${unit}`}</title>
        <desc id="chart-desc">
          {`${count(spans.length, 'bar')}, one per ${unit}. The highest, ${best ? longDate(best.date) : ''}, is ${rupees(best?.soldPaise ?? 0)}. The table at the end of the page has every amount.`}
        </desc>
        {[0, 0.5, 1].map((share) => (
          <line class="chart-grid" x1="0" x2={size.width} y1={size.height * share} y2={size.height * share} />
        ))}
        {columns.map((bar, index) => (
          <Column bar={bar} span={spans[index]} />
        ))}
      </svg>
      <div class="chart-span" aria-hidden="true">
        <span>{longDate(spans[0]?.date)}</span>
        <span>{longDate(spans.at(-1)?.date)}</span>
      </div>
    </figure>
  )
}

type ColumnProps = { bar: ReturnType<typeof bars>[number]; span?: EarningsChartProps['spans'][number] }

function Column({ bar, span }: ColumnProps) {
  if (!span || (span.soldPaise === 0 && span.refundedPaise === 0)) return null
  return (
    <g>
      <title>{`${longDate(span.date)}: ${rupees(span.soldPaise)}`}</title>
      <rect class="chart-slot" x={bar.slot.x} width={bar.slot.width} y="0" height={size.height} />
      <rect class="chart-net" x={bar.x} width={bar.width} y={bar.y} height={bar.height} />
      <rect class="chart-refunded" x={bar.x} width={bar.width} y={bar.rest.y} height={bar.rest.height} />
    </g>
  )
}

/** A day already, without a time zone. */
const longDate = (date: string | undefined): string => (date ? day(new Date(date), 'UTC') : '')
