import { type AddressInfo, createServer, connect as dial, type Socket } from 'node:net'

export interface TcpLine {
  /** The same address by way of this line. */
  url: string
  /** How many connections were made so far. */
  opened(): number
  /** Nothing goes through any more, and nobody is told. */
  freeze(): void
  thaw(): void
  /** Every connection breaks, and no new one is made. */
  cut(): void
}

/** A line to the database that can be cut and frozen. */
export async function openLine(databaseUrl: string): Promise<TcpLine> {
  const { hostname, port } = new URL(databaseUrl)
  const ends = new Set<Socket>()
  let isFrozen = false
  const hold = (end: Socket) => (isFrozen ? end.pause() : end.resume())
  let opened = 0
  const server = createServer((near) => {
    opened += 1
    const far = dial(Number(port), hostname)
    near.on('data', (bytes) => far.write(bytes)).on('close', () => far.destroy())
    far.on('data', (bytes) => near.write(bytes)).on('close', () => near.destroy())
    for (const end of [near, far]) {
      ends.add(end.on('error', () => end.destroy()).on('close', () => ends.delete(end)))
      hold(end)
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = new URL(databaseUrl)
  address.hostname = '127.0.0.1'
  address.port = String((server.address() as AddressInfo).port)
  const set = (frozen: boolean) => {
    isFrozen = frozen
    for (const end of ends) hold(end)
  }
  const cut = () => {
    server.close()
    for (const end of ends) end.destroy()
  }
  return {
    url: address.href,
    opened: () => opened,
    freeze: () => set(true),
    thaw: () => set(false),
    cut,
  }
}
