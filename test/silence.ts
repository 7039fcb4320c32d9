import { type AddressInfo, createServer, type Socket } from 'node:net'

/** A port that takes every connection and never says anything. */
export async function openSilence() {
  const held = new Set<Socket>()
  let asked = 0
  const server = createServer((socket) => {
    asked++
    held.add(socket.on('error', () => {}).on('close', () => held.delete(socket)))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const drop = () => {
    for (const socket of held) socket.destroy()
  }
  return {
    port,
    /** How many connections there were. */
    asked: () => asked,
    /** Ends what waits, as its own deadline would. */
    drop,
    close: async () => {
      drop()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
