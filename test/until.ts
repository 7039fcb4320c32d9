/** Waits until `holds` gives something true, asking again and again; fails after half a minute. */
export async function until<T>(
  holds: () => Promise<T> | T,
  what = 'this to happen',
): Promise<NonNullable<T>> {
  const deadline = Date.now() + 30_000
  for (;;) {
    const result = await holds()
    if (result) return result
    if (Date.now() > deadline) throw new Error(`Waited in vain for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
