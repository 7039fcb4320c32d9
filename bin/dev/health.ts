export async function isAnswering(url: string, patience = 60_000): Promise<void> {
  let last = 'nothing'
  for (const end = Date.now() + patience; Date.now() < end; ) {
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(5_000) })
      if (response.ok) return
      last = `${response.status} ${await response.text()}`
    } catch (error) {
      last = error instanceof Error ? error.message : String(error)
    }
    await new Promise((later) => setTimeout(later, 50))
  }
  throw new Error(`${url} did not answer in time: ${last}`)
}
