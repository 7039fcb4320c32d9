import { type AddressInfo, createServer, type Socket } from 'node:net'
import mysql from 'mysql2'
import { endOfAnswer, errorPacket, type Greeting, hello, okPacket, Packets } from './packets'

const commands = { quit: 1, query: 3, ping: 14 }
const capabilities = { ssl: 1 << 11, compress: 1 << 5, queryAttributes: 1 << 27, deprecateEof: 1 << 24 }
const flags = ['-CLIENT_QUERY_ATTRIBUTES', '-SESSION_TRACK']

export interface TransactionPooler {
  /** The same database by way of this pooler. */
  url: string
  /** How many connections to the database it has opened. */
  opened(): number
  close(): Promise<void>
}

/**
 * A pooler as Hyperdrive is one: a connection of the database belongs to a client for one
 * transaction or one statement, every SET is lost, and with `isCaching` a SELECT outside of a
 * transaction is answered as it was answered the first time.
 */
export async function openTransactionPooler(
  databaseUrl: string,
  { isCaching }: { isCaching: boolean },
): Promise<TransactionPooler> {
  const free: Upstream[] = []
  const all: Upstream[] = []
  const cached = new Map<string, Buffer>()
  const clients = new Set<Socket>()
  const take = async () => {
    const known = free.pop()
    if (known) return known
    const made = await connectUpstream(databaseUrl)
    all.push(made)
    return made
  }
  const first = await take()
  free.push(first)

  async function run(client: Client, query: Buffer): Promise<void> {
    const text = query.subarray(5).toString()
    if (/^set /i.test(text)) return client.answer(okPacket(1))
    const isCacheable =
      isCaching && !client.held && /^select /i.test(text) && !/ for (update|share)/i.test(text)
    const before = isCacheable ? cached.get(text) : undefined
    if (before) return client.answer(before)
    const upstream = client.held ?? (await take())
    const { bytes, isOpen } = await upstream.ask(query)
    client.held = isOpen ? upstream : null
    if (!isOpen) free.push(upstream)
    if (isCacheable && bytes[4] !== 0xff) cached.set(text, bytes)
    client.answer(bytes)
  }

  const server = createServer((socket) => {
    clients.add(socket)
    const client = new Client(socket, run)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => {
      clients.delete(socket)
      // What a client leaves open is rolled back with its connection.
      client.held?.end()
    })
    client.answer(hello(first))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = new URL(databaseUrl)
  url.port = String((server.address() as AddressInfo).port)
  return {
    url: url.href,
    opened: () => all.length,
    close: async () => {
      for (const socket of clients) socket.destroy()
      for (const upstream of all) upstream.end()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

class Client {
  held: Upstream | null = null
  private isKnown = false
  private turn = Promise.resolve()

  constructor(
    private readonly socket: Socket,
    run: (client: Client, query: Buffer) => Promise<void>,
  ) {
    const packets = new Packets()
    socket.on('data', (bytes) => {
      for (const one of packets.add(bytes)) {
        if (!this.isKnown) {
          this.isKnown = true
          this.answer(okPacket(2))
        } else if (one[4] === commands.quit) socket.end()
        else if (one[4] === commands.ping) this.answer(okPacket(1))
        else if (one[4] !== commands.query)
          this.answer(errorPacket(1, 'This pooler speaks text queries only'))
        else this.turn = this.turn.then(() => run(this, one)).catch(() => void socket.destroy())
      }
    })
  }

  answer = (bytes: Buffer): void => void (this.socket.destroyed || this.socket.write(bytes))
}

interface Upstream extends Greeting {
  ask(query: Buffer): Promise<{ bytes: Buffer; isOpen: boolean }>
  end(): void
}

/** The driver signs in; from then on its socket is ours. */
async function connectUpstream(uri: string): Promise<Upstream> {
  const connection = mysql.createConnection({ uri, flags })
  await new Promise<void>((resolve, reject) => {
    connection.once('connect', () => resolve())
    connection.once('error', reject)
  })
  const socket: Socket = Reflect.get(connection, 'stream')
  const handshake = Reflect.get(connection, '_handshakePacket')
  socket.removeAllListeners('data')
  const { ssl, compress, queryAttributes, deprecateEof } = capabilities
  return {
    version: handshake.serverVersion,
    capabilities: handshake.capabilityFlags & ~(ssl | compress | queryAttributes | deprecateEof),
    mariadbCapabilities: handshake.mariadbExtendedCapabilityFlags ?? 0,
    ask: (query) =>
      new Promise((resolve, reject) => {
        const packets = new Packets()
        const answer: Buffer[] = []
        const gone = () => reject(new Error('The database has closed the connection.'))
        const hear = (bytes: Buffer) => {
          answer.push(...packets.add(bytes))
          const end = endOfAnswer(answer)
          if (!end) return
          socket.off('data', hear).off('close', gone)
          resolve({ bytes: Buffer.concat(answer), isOpen: end.isOpen })
        }
        socket.on('data', hear).once('close', gone)
        socket.write(query)
      }),
    end: () => socket.destroy(),
  }
}
