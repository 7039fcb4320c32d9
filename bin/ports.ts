import { createServer } from 'node:net'

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('No free port was given')
  return address.port
}

export async function isFree(port: number): Promise<boolean> {
  return (await canListen(port, '127.0.0.1')) && (await canListen(port))
}

function canListen(port: number, host?: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) =>
      resolve(error.code !== 'EADDRINUSE' && error.code !== 'EACCES'),
    )
    server.listen({ port, host }, () => server.close(() => resolve(true)))
  })
}

export async function waitUntilFree(port: number, variable: string): Promise<void> {
  for (let tries = 0; tries < 40; tries++) {
    if (await isFree(port)) return
    await new Promise((later) => setTimeout(later, 100))
  }
  throw new Error(
    `Port ${port} is used by another program. Choose another one: ${variable}=${port + 1000} npm run dev`,
  )
}
