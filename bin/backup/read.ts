import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import type * as z from 'zod'
import { parseJson } from '../../src/json'
import { type Counts, format, Header, Row, Table, Trailer } from './format'

export interface Reader {
  /** A table begins. */
  table?(table: Table): Promise<void>
  row?(row: Row): Promise<void> | undefined
}

/** Reads a backup to its end; refuses what was cut short, is damaged or is none. */
export async function readBackup(
  file: string,
  reader: Reader = {},
): Promise<{ header: Header; counts: Counts }> {
  const reading = new Reading(file, reader)
  for await (const line of linesOf(file)) await reading.take(parseJson(line))
  const { header, counts, told } = reading
  if (!header || !told) throw new Error(`${file} was cut short: its end is missing.`)
  const names = new Set([...Object.keys(counts), ...Object.keys(told)])
  for (const name of names)
    if (counts[name] !== told[name])
      throw new Error(`${file} is damaged: it holds ${counts[name] ?? 0} rows of ${name}, not ${told[name]}.`)
  return { header, counts }
}

class Reading {
  header: Header | undefined
  told: Counts | undefined
  readonly counts: Counts = {}
  private table: Table | undefined
  private at = 0

  constructor(
    private readonly file: string,
    private readonly reader: Reader,
  ) {}

  take(line: unknown): Promise<void> | undefined {
    this.at += 1
    if (!this.header) this.header = this.readHeader(line)
    else if (this.told) this.refuse()
    else if (Array.isArray(line)) return this.takeRow(line)
    else if (Object(line).counts === undefined) return this.takeTable(this.read(Table, line))
    else this.told = this.read(Trailer, line).counts
    return undefined
  }

  private takeTable(table: Table): Promise<void> | undefined {
    if (this.counts[table.table] !== undefined) this.refuse()
    this.counts[table.table] = 0
    this.table = table
    return this.reader.table?.(table)
  }

  private takeRow(line: unknown): Promise<void> | undefined {
    const row = this.read(Row, line)
    if (!this.table || row.length !== this.table.columns.length) return this.refuse()
    const name = this.table.table
    this.counts[name] = (this.counts[name] ?? 0) + 1
    return this.reader.row?.(row)
  }

  private readHeader(line: unknown): Header {
    const header = Header.safeParse(line)
    if (!header.success) throw new Error(`${this.file} is no backup of this product.`)
    if (header.data.format === format) return header.data
    const { version } = header.data
    throw new Error(`${this.file} was made by version ${version} in a form that this version does not know.`)
  }

  private read<T>(shape: z.ZodType<T>, line: unknown): T {
    const read = shape.safeParse(line)
    return read.success ? read.data : this.refuse()
  }

  private refuse(): never {
    throw new Error(`${this.file} is damaged at line ${this.at}.`)
  }
}

async function* linesOf(file: string): AsyncGenerator<string> {
  const unpacked = createGunzip()
  const source = createReadStream(file)
  const flow = pipeline(source, unpacked)
  flow.catch(() => {})
  try {
    let rest = ''
    for await (const chunk of unpacked.setEncoding('utf8')) {
      const lines = (rest + chunk).split('\n')
      rest = lines.pop() ?? ''
      yield* lines
    }
    await flow
    if (rest !== '') yield rest
  } catch (error) {
    if (Reflect.get(Object(error), 'code') === 'ENOENT') throw new Error(`There is no file ${file}.`)
    if (String(Reflect.get(Object(error), 'code')).startsWith('Z_'))
      throw new Error(`${file} is no backup, or it was cut short`, { cause: error })
    throw error
  } finally {
    source.destroy()
    unpacked.destroy()
  }
}
