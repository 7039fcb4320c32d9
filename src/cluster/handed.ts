import type { Worker } from 'node:cluster'

interface Handle {
  close(): void
}

const isHandle = (given: unknown): given is Handle =>
  typeof given === 'object' && given !== null && 'close' in given && typeof given.close === 'function'

/**
 * Node keeps a connection open for ever that it has handed to a worker which died before it took
 * it, and its visitor waits; here it is closed, so that a proxy may try again.
 */
export function closeUntaken(worker: Worker): void {
  const handed = new Map<unknown, Handle>()
  const send = worker.process.send?.bind(worker.process) as ((...given: unknown[]) => boolean) | undefined
  Reflect.set(worker.process, 'send', (...given: [message?: unknown, handle?: unknown, ...unknown[]]) => {
    const [message, handle] = given
    if (isHandle(handle)) handed.set((message as { seq?: unknown }).seq, handle)
    return send?.(...given)
  })
  worker.process.on('internalMessage', (message: { ack?: unknown }) => handed.delete(message.ack))
  worker.once('exit', () => {
    for (const handle of handed.values()) handle.close()
  })
}
