/** Decoration beside the title, so not read aloud. */
export function CourseImage({
  title,
  categoryName,
  imageUrl,
  eager,
}: {
  title: string
  categoryName: string | null
  imageUrl: string | null
  eager?: boolean
}) {
  if (!imageUrl) return <Cover title={title} category={categoryName} />
  return (
    <img
      class="course-image"
      src={imageUrl}
      alt=""
      width={640}
      height={360}
      loading={eager ? 'eager' : 'lazy'}
      decoding="async"
    />
  )
}

/** The same title and category always give the same one. */
export function Cover({ title, category }: { title: string; category: string | null }) {
  const seed = hash(title)
  // From green over blue to red: dark yellows look like mud.
  const hue = 140 + (hash(category ?? title) % 250)
  const x = [0, 640, 640, 480][seed % 4] ?? 640
  const y = [0, 0, 360, 180][(seed >> 3) % 4] ?? 0
  return (
    <svg
      class="course-image"
      viewBox="0 0 640 360"
      width="640"
      height="360"
      aria-hidden="true"
      preserveAspectRatio="xMidYMid slice"
    >
      <rect width="640" height="360" fill={`oklch(0.36 0.06 ${hue})`} />
      <g
        fill="none"
        stroke={`oklch(0.47 0.075 ${hue + (seed % 50) - 25})`}
        stroke-width={22 + (seed % 3) * 6}
      >
        {[70, 140, 210, 280, 350].slice(0, 3 + ((seed >> 5) % 3)).map((radius) => (
          <circle cx={x} cy={y} r={radius + (seed % 30)} />
        ))}
      </g>
      <g fill="oklch(0.985 0.005 200)" font-family="ui-sans-serif, system-ui, sans-serif">
        {category ? (
          <text x="40" y="64" font-size="24" font-weight="550" fill={`oklch(0.9 0.04 ${hue})`}>
            {category}
          </text>
        ) : null}
        {lines(title).map((line, index, all) => (
          <text
            x="40"
            y={322 - (all.length - 1 - index) * 52}
            font-size="44"
            font-weight="700"
            letter-spacing="-0.8"
          >
            {line}
          </text>
        ))}
      </g>
    </svg>
  )
}

function lines(title: string): string[] {
  const rows: string[] = []
  for (const word of title.trim().split(/\s+/)) {
    const last = rows[rows.length - 1]
    if (last !== undefined && [...last, ...word].length < 24) rows[rows.length - 1] = `${last} ${word}`
    else rows.push([...word].length > 24 ? `${[...word].slice(0, 23).join('')}…` : word)
  }
  return rows.length > 3 ? [...rows.slice(0, 2), `${rows[2]}…`] : rows
}

/** FNV-1a, 32 bits: spreads similar titles far apart. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (const letter of text) value = Math.imul(value ^ (letter.codePointAt(0) ?? 0), 0x01000193)
  return value >>> 0
}
