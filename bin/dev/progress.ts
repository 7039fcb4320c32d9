export async function step<T>(name: string, work: Promise<T>): Promise<T> {
  const start = performance.now()
  const seconds = () => `${((performance.now() - start) / 1000).toFixed(1)} s`
  const clock = setInterval(() => say(name, `still at it, ${seconds()}`), 5_000)
  try {
    const result = await work
    say(name, `ready after ${seconds()}`)
    return result
  } finally {
    clearInterval(clock)
  }
}

export function say(name: string, words: string): void {
  console.log(`  ${name.padEnd(17)}${words}`)
}
