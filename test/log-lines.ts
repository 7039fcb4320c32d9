import { vi } from 'vitest'

/** Takes down all that is printed from now on, by whom ever, until `stop`. */
export function listenToLog() {
  const printed: string[] = []
  const spies = (['log', 'info', 'warn', 'error', 'debug'] as const).map((name) =>
    vi.spyOn(console, name).mockImplementation((...said: unknown[]) => {
      printed.push(said.map(String).join(' '))
    }),
  )
  return {
    text: () => printed.join('\n'),
    events: () => printed.map((line) => JSON.parse(line) as Record<string, unknown>),
    stop: () => {
      for (const spy of spies) spy.mockRestore()
    },
  }
}
