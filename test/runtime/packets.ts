/** Packets of the MySQL protocol: three bytes of length, one of sequence, then the payload. */
export class Packets {
  private rest = Buffer.alloc(0)

  /** The whole packets among what has come so far, headers included. */
  add(bytes: Buffer): Buffer[] {
    this.rest = Buffer.concat([this.rest, bytes])
    const found: Buffer[] = []
    while (this.rest.length >= 4 && this.rest.length >= 4 + this.rest.readUIntLE(0, 3)) {
      const end = 4 + this.rest.readUIntLE(0, 3)
      found.push(this.rest.subarray(0, end))
      this.rest = this.rest.subarray(end)
    }
    return found
  }
}

function packet(sequence: number, payload: Buffer): Buffer {
  const head = Buffer.alloc(4)
  head.writeUIntLE(payload.length, 0, 3)
  head[3] = sequence
  return Buffer.concat([head, payload])
}

/** OK, nothing changed, autocommit. */
export const okPacket = (sequence: number) => packet(sequence, Buffer.from([0, 0, 0, 2, 0, 0, 0]))

export function errorPacket(sequence: number, words: string): Buffer {
  return packet(sequence, Buffer.concat([Buffer.from([0xff, 0x51, 0x04]), Buffer.from(`#HY000${words}`)]))
}

export interface Greeting {
  version: string
  capabilities: number
  /** MariaDB tells of its own in what MySQL leaves empty. */
  mariadbCapabilities: number
}

/** Protocol 10 without TLS; whatever the client answers is taken. */
export function hello({ version, capabilities, mariadbCapabilities }: Greeting): Buffer {
  const low = Buffer.alloc(2)
  low.writeUInt16LE(capabilities & 0xffff)
  const high = Buffer.alloc(2)
  high.writeUInt16LE(capabilities >>> 16)
  const filler = Buffer.alloc(10)
  filler.writeUInt32LE(mariadbCapabilities, 6)
  const scramble = Buffer.alloc(20, 'a')
  return packet(
    0,
    Buffer.concat([
      ...[Buffer.from([10]), Buffer.from(`${version}\0`), Buffer.from([1, 0, 0, 0]), scramble.subarray(0, 8)],
      ...[Buffer.from([0]), low, Buffer.from([45, 2, 0]), high, Buffer.from([21]), filler],
      ...[scramble.subarray(8), Buffer.from([0]), Buffer.from('mysql_native_password\0')],
    ]),
  )
}

/** Whether the answer to a query is whole, and whether a transaction is open behind it. */
export function endOfAnswer(packets: Buffer[]): { isOpen: boolean } | null {
  const [first] = packets
  const last = packets.at(-1)
  if (!first || !last) return null
  const kind = first[4]
  if (kind === 0xff || last[4] === 0xff) return { isOpen: false }
  if (kind === 0) return { isOpen: (statusOfOk(first) & 1) === 1 }
  const isEof = (one: Buffer) => one[4] === 0xfe && one.length < 13
  if (packets.filter(isEof).length < 2) return null
  return { isOpen: (last.readUInt16LE(7) & 1) === 1 }
}

/** After the header: 0, affected rows and insert id as numbers of variable length, then the status. */
function statusOfOk(ok: Buffer): number {
  let at = 5
  for (let skipped = 0; skipped < 2; skipped++) {
    const length = ok[at] ?? 0
    at += length < 0xfb ? 1 : length === 0xfc ? 3 : length === 0xfd ? 4 : 9
  }
  return ok.readUInt16LE(at)
}
