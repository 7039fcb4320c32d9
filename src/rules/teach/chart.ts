/** In units of the drawing, from its top-left corner; `rest` stands on top of it. */
export interface Bar {
  x: number
  width: number
  /** The area that reacts to the pointer. */
  slot: { x: number; width: number }
  y: number
  height: number
  rest: { y: number; height: number }
}

/** The next 1, 2 or 5 with zeros that holds them all; never below `least`. */
export function roundTop(values: number[], least: number): number {
  const highest = Math.max(least, ...values)
  let unit = least
  while (unit * 10 <= highest) unit *= 10
  const step = [1, 2, 5, 10].find((factor) => unit * factor >= highest) ?? 10
  return unit * step
}

/** Bars that fill the drawing: `value` from the bottom, `rest` above it, both relative to `top`. */
export function bars(
  columns: { value: number; rest: number }[],
  { width, height, top }: { width: number; height: number; top: number },
): Bar[] {
  const slot = width / columns.length
  const gap = slot * 0.2
  const heightOf = (value: number) => round((Math.max(0, value) / top) * height)
  return columns.map(({ value, rest }, index) => {
    const own = heightOf(value)
    const above = heightOf(rest)
    return {
      x: round(index * slot + gap / 2),
      width: round(slot - gap),
      slot: { x: round(index * slot), width: round(slot) },
      y: round(height - own),
      height: own,
      rest: { y: round(height - own - above), height: above },
    }
  })
}

const round = (value: number) => Math.round(value * 100) / 100
