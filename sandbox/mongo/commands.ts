import { type Document, EJSON, Long } from 'bson'
import { aggregate, find } from 'mingo'
import { type Collections, type Command, CommandError, Documents } from './collection'
import { indexCommands } from './indexes'

const hello = (): Document => ({
  helloOk: true,
  ismaster: true,
  isWritablePrimary: true,
  maxBsonObjectSize: 16_777_216,
  maxMessageSizeBytes: 48_000_000,
  maxWriteBatchSize: 100_000,
  localTime: new Date(),
  logicalSessionTimeoutMinutes: 30,
  minWireVersion: 0,
  maxWireVersion: 21,
  readOnly: false,
})

const cursor = (namespace: string, firstBatch: Document[]) => ({
  cursor: { id: Long.ZERO, ns: namespace, firstBatch },
})

const commands: Record<string, Command> = {
  hello,
  isMaster: hello,
  ismaster: hello,
  ping: () => ({}),
  endSessions: () => ({}),
  buildInfo: () => ({ version: '7.0.0', versionArray: [7, 0, 0, 0], gitVersion: 'sandbox' }),

  insert: ({ documents, ordered }, open) =>
    batch(documents, ordered, (document) => {
      open(true).insert(document)
      return { n: 1 }
    }),

  update: ({ updates, ordered }, open) =>
    batch(updates, ordered, ({ q, u, multi, upsert, ...options }) => {
      refuseOptions(options)
      const documents = open(true)
      const matched = documents.select(q, undefined, multi ? 0 : 1)
      if (matched.length === 0 && upsert) return { n: 1, upserted: documents.upsert(q, u)._id }
      return {
        n: matched.length,
        nModified: matched.filter((document) => documents.change(document, u)).length,
      }
    }),

  delete: ({ deletes, ordered }, open) =>
    batch(deletes, ordered, ({ q, limit }) => {
      const documents = open()
      const matched = documents.select(q, undefined, limit)
      documents.remove(matched)
      return { n: matched.length }
    }),

  findAndModify({ query, sort, remove, update, upsert, new: after, fields, ...rest }, open) {
    refuseOptions(rest)
    const documents = open(true)
    const [found] = documents.select(query, sort, 1)
    const answer = (value: Document | null | undefined, lastErrorObject: Document) => ({
      value: value ? projected(value, fields) : null,
      lastErrorObject,
    })
    if (remove) {
      if (found) documents.remove([found])
      return answer(found, { n: found ? 1 : 0 })
    }
    if (found) {
      const at = documents.documents.indexOf(found)
      documents.change(found, update)
      return answer(after ? documents.documents[at] : found, { n: 1, updatedExisting: true })
    }
    if (!upsert) return answer(null, { n: 0, updatedExisting: false })
    const made = documents.upsert(query, update)
    return answer(after ? made : null, { n: 1, updatedExisting: false, upserted: made._id })
  },

  find({ filter, sort, skip, limit, projection }, open) {
    const documents = open()
    const found = documents.select(filter, sort).slice(Number(skip ?? 0))
    const page = limit ? found.slice(0, Math.abs(Number(limit))) : found
    return cursor(
      documents.namespace,
      page.map((document) => projected(document, projection)),
    )
  },

  count: ({ query, limit }, open) => ({ n: open().select(query, undefined, Number(limit ?? 0)).length }),

  aggregate({ pipeline }, open) {
    const documents = open()
    return cursor(documents.namespace, aggregate(documents.documents, pipeline))
  },

  create(_request, open) {
    open(true)
    return {}
  },

  drop({ drop, $db }, open, collections) {
    const namespace = `${$db}.${drop}`
    if (!collections.has(namespace)) throw new CommandError(26, 'NamespaceNotFound', 'ns not found')
    const nIndexesWas = open().indexes.length
    collections.delete(namespace)
    return { ns: namespace, nIndexesWas }
  },

  dropDatabase({ $db }, _open, collections) {
    for (const namespace of collections.keys())
      if (namespace.startsWith(`${$db}.`)) collections.delete(namespace)
    return { dropped: $db }
  },

  listCollections({ $db, filter }, _open, collections) {
    const all = [...collections.keys()].filter((namespace) => namespace.startsWith(`${$db}.`))
    const described = all.map((namespace) => ({
      name: namespace.slice(`${$db}.`.length),
      type: 'collection',
    }))
    return cursor(`${$db}.$cmd.listCollections`, find<Document>(described, filter ?? {}).all())
  },

  ...indexCommands,
}

const unspoken = ['arrayFilters', 'collation', 'let']

/** What would change the meaning of an update; hints and the driver's own fields do not. */
function refuseOptions(options: Document) {
  const found = unspoken.filter((name) => options[name] !== undefined)
  if (found.length > 0)
    throw new CommandError(9, 'FailedToParse', `This server takes no ${found.join(', ')}.`)
}

export function runCommand(collections: Collections, request: Document): Document {
  const name = Object.keys(request)[0] ?? ''
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  const namespace = `${request.$db}.${request[name]}`
  const open = (create = false) => {
    const documents = collections.get(namespace) ?? new Documents(namespace)
    if (create) collections.set(namespace, documents)
    return documents
  }
  try {
    if (!command) throw new CommandError(59, 'CommandNotFound', `no such command: '${name}'`)
    return { ...command(request, open, collections), ok: 1 }
  } catch (error) {
    const known = error instanceof CommandError ? error : new CommandError(2, 'BadValue', `${error}`)
    return { ok: 0, errmsg: known.message, code: known.code, codeName: known.codeName, ...known.details }
  }
}

function batch(parts: Document[], ordered = true, run: (part: Document) => Document): Document {
  const results: Document[] = []
  const writeErrors: Document[] = []
  for (const [index, part] of parts.entries()) {
    try {
      results.push({ index, ...run(part) })
    } catch (error) {
      if (!(error instanceof CommandError)) throw error
      writeErrors.push({ index, code: error.code, errmsg: error.message, ...error.details })
      if (ordered) break
    }
  }
  return { ...total(results), ...(writeErrors.length > 0 && { writeErrors }) }
}

function total(results: Document[]): Document {
  const sum = (field: string) => results.reduce((all, result) => all + (result[field] ?? 0), 0)
  const upserted = results.flatMap((result) =>
    'upserted' in result ? { index: result.index, _id: result.upserted } : [],
  )
  const isUpdate = results.some((result) => 'nModified' in result || 'upserted' in result)
  return {
    n: sum('n'),
    ...(isUpdate && { nModified: sum('nModified') }),
    ...(upserted.length > 0 && { upserted }),
  }
}

function projected(document: Document, projection?: Document): Document {
  if (!projection || Object.keys(projection).length === 0) return document
  return find<Document>([document], {}, projection as Record<string, 0 | 1>).all()[0] ?? EJSON.deserialize({})
}
