import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import type { SandboxOptions, SandboxPart } from './sandbox'

export interface ServedPart {
  part: SandboxPart
  base: string
  close(): Promise<void>
}

export async function servePart(
  path: string,
  open: (options: SandboxOptions) => Promise<SandboxPart>,
  options: Omit<SandboxOptions, 'base'>,
): Promise<ServedPart> {
  const root = new Hono()
  let server: ReturnType<typeof serve> | undefined
  const port = await new Promise<number>((resolve) => {
    server = serve({ fetch: (request) => root.fetch(request), hostname: '127.0.0.1', port: 0 }, (info) =>
      resolve(info.port),
    )
  })
  const base = `http://127.0.0.1:${port}${path}`
  const part = await open({ ...options, base })
  root.route(path, part.app)
  return {
    part,
    base,
    async close() {
      await part.close()
      if (server && 'closeAllConnections' in server) server.closeAllConnections()
      await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)))
    },
  }
}
