import { createWriteStream } from 'node:fs'

interface Journal {
  write(line: string): void
  speak(): void
}

export function openJournal(file: string): Journal {
  const whole = createWriteStream(file)
  whole.on('error', () => {})
  let speaking = false
  return {
    write(line) {
      whole.write(`${line}\n`)
      const event = parsed(line)
      if (!event) console.log(line)
      // Whoever waits for readiness asks often and is told so by a 503.
      else if (!String(event.path).startsWith('/health/') && (speaking || event.level !== 'info'))
        console.log(`  ${short(event)}`)
    },
    speak() {
      speaking = true
    },
  }
}

type Event = Record<string, unknown>

function parsed(line: string): Event | undefined {
  try {
    const event: unknown = line.startsWith('{') && JSON.parse(line)
    return typeof event === 'object' && event ? (event as Event) : undefined
  } catch {
    return undefined
  }
}

export function short(event: Event): string {
  const { at: _, level, request: __, method, path, status, ms, error, ...rest } = event
  const words = method ? [method, path, status, ms === undefined ? '' : `${ms} ms`] : []
  const others = Object.entries(rest).map(
    ([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  )
  const trouble =
    error === undefined ? [] : [`\n${Array.isArray(error) ? error.join('\n') : JSON.stringify(error)}`]
  const prefix = level === 'info' ? [] : [String(level).toUpperCase()]
  return [...prefix, ...words, ...others, ...trouble]
    .filter((word) => word !== undefined && word !== '')
    .join(' ')
}
