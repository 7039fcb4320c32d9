import { type AddressInfo, createServer, connect as dial, type Socket } from 'node:net'

export interface TcpLine {
  /** The same address by way of this line. */
  url: string
  /** How many connections were made so far. */
  opened(): number
  /** Nothing goes through any more, and nobody is told. */
  freeze(): void
  /** What is asked goes through, and no answer comes back. */
  holdAnswers(): void
  thaw(): void
  /** Every connection breaks, and no new one is made. */
  cut(): void
}

/** A line to a service, most often the database, that can be cut and frozen. */
export async function openLine(address: string): Promise<TcpLine> {
  const { hostname, port } = new URL(address)
  const ends = new Map<Socket, keyof typeof held>()
  const held = { near: false, far: false }
  const hold = (end: Socket, isHeld: boolean) => (isHeld ? end.pause() : end.resume())
  let opened = 0
  const server = createServer((near) => {
    opened += 1
    const far = dial(Number(port), hostname)
    near.on('data', (bytes) => far.write(bytes)).on('close', () => far.destroy())
    far.on('data', (bytes) => near.write(bytes)).on('close', () => near.destroy())
    for (const [side, end] of Object.entries({ near, far })) {
      ends.set(end, side as keyof typeof held)
      end.on('error', () => end.destroy()).on('close', () => ends.delete(end))
      hold(end, held[side as keyof typeof held])
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const ours = new URL(address)
  ours.hostname = '127.0.0.1'
  ours.port = String((server.address() as AddressInfo).port)
  const set = (near: boolean, far: boolean) => {
    Object.assign(held, { near, far })
    for (const [end, side] of ends) hold(end, held[side])
  }
  const cut = () => {
    server.close()
    for (const end of ends.keys()) end.destroy()
  }
  return {
    url: ours.href,
    opened: () => opened,
    freeze: () => set(true, true),
    holdAnswers: () => set(false, true),
    thaw: () => set(false, false),
    cut,
  }
}
