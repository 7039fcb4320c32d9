import type { ListenOptions, Server } from 'node:net'

export async function listenLocally(
  server: Pick<Server, 'once' | 'off' | 'address'>,
  listen: Listen,
  preferred?: number,
): Promise<number> {
  const attempt = (port: number) =>
    new Promise<number>((resolve, reject) => {
      server.once('error', reject)
      listen({ port, host: '127.0.0.1', exclusive: true }, () => {
        server.off('error', reject)
        const address = server.address()
        resolve(typeof address === 'object' && address ? address.port : port)
      })
    })
  try {
    return await attempt(preferred ?? 0)
  } catch (error) {
    if (!preferred || (error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    return attempt(0)
  }
}

type Listen = (options: ListenOptions, listening: () => void) => void
