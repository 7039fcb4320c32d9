/**
 * One question for all who ask at one moment. Nobody gets an answer to a question that was put
 * before they asked: who comes while one is under way shares the next.
 */
export function shareQuestion<T>(ask: () => Promise<T>): () => Promise<T> {
  let underWay: Promise<unknown> = Promise.resolve()
  let next: Promise<T> | null = null
  return () => {
    next ??= underWay.then(() => {
      next = null
      const asked = ask()
      underWay = asked.catch(() => {})
      return asked
    })
    return next
  }
}
