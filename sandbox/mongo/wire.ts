import type { Socket } from 'node:net'
import { type Document, deserialize, serialize } from 'bson'

const OP_REPLY = 1
const OP_QUERY = 2004
const OP_MSG = 2013
const MORE_TO_COME = 2
const CHECKSUM_PRESENT = 1
const LARGEST = 48_000_000

/** MongoDB's wire protocol on one connection: OP_MSG, and OP_QUERY for the first hello. */
export function speak(socket: Socket, run: (command: Document) => Document) {
  let pending = Buffer.alloc(0)
  socket.setNoDelay(true)
  socket.on('error', () => socket.destroy())
  socket.on('data', (chunk) => {
    pending = Buffer.concat([pending, chunk])
    try {
      while (pending.length >= 16) {
        const length = pending.readInt32LE(0)
        if (length < 16 || length > LARGEST) throw new Error(`A message of ${length} bytes`)
        if (pending.length < length) break
        const answer = reply(pending.subarray(0, length), run)
        pending = pending.subarray(length)
        if (answer) socket.write(answer)
      }
    } catch {
      socket.destroy()
    }
  })
}

function reply(message: Buffer, run: (command: Document) => Document): Buffer | null {
  const requestId = message.readInt32LE(4)
  const opCode = message.readInt32LE(12)
  if (opCode === OP_MSG) {
    const flags = message.readUInt32LE(16)
    const end = flags & CHECKSUM_PRESENT ? message.length - 4 : message.length
    const answer = run(readSections(message.subarray(20, end)))
    return flags & MORE_TO_COME ? null : framed(OP_MSG, requestId, Buffer.alloc(5), answer)
  }
  if (opCode === OP_QUERY) {
    const afterName = message.indexOf(0, 20) + 1
    const database = message.toString('utf8', 20, afterName - 1).split('.')[0]
    const answer = run({ ...deserialize(message.subarray(afterName + 8)), $db: database })
    const head = Buffer.alloc(20)
    head.writeInt32LE(1, 16)
    return framed(OP_REPLY, requestId, head, answer)
  }
  throw new Error(`Operation ${opCode} is not supported`)
}

function readSections(sections: Buffer): Document {
  let command: Document = {}
  for (let at = 0; at < sections.length; ) {
    const kind = sections.readUInt8(at)
    const size = sections.readInt32LE(at + 1)
    const section = sections.subarray(at + 1, at + 1 + size)
    if (kind === 0) {
      command = { ...deserialize(section), ...command }
    } else {
      const nameEnd = section.indexOf(0, 4)
      const documents: Document[] = []
      for (let from = nameEnd + 1; from < size; from += section.readInt32LE(from)) {
        documents.push(deserialize(section.subarray(from, from + section.readInt32LE(from))))
      }
      command = { ...command, [section.toString('utf8', 4, nameEnd)]: documents }
    }
    at += 1 + size
  }
  return command
}

function framed(opCode: number, responseTo: number, head: Buffer, document: Document): Buffer {
  const body = serialize(document)
  const message = Buffer.alloc(16 + head.length + body.length)
  message.writeInt32LE(message.length, 0)
  message.writeInt32LE(responseTo, 8)
  message.writeInt32LE(opCode, 12)
  head.copy(message, 16)
  message.set(body, 16 + head.length)
  return message
}
