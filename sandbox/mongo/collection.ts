import { type Document, deserialize, EJSON, ObjectId, serialize } from 'bson'
import { find, Query, update } from 'mingo'

export interface Index {
  name: string
  key: Record<string, number>
  unique?: boolean
  expireAfterSeconds?: number
}

export class CommandError extends Error {
  readonly code: number
  readonly codeName: string
  readonly details: Document
  constructor(code: number, codeName: string, message: string, details: Document = {}) {
    super(message)
    this.code = code
    this.codeName = codeName
    this.details = details
  }
}

export type Collections = Map<string, Documents>
export type Command = (
  request: Document,
  open: (create?: boolean) => Documents,
  collections: Collections,
) => Document

/** Documents and indexes of one namespace. Everything is synchronous, so each command is atomic. */
export class Documents {
  readonly namespace: string
  documents: Document[]
  indexes: Index[]

  constructor(
    namespace: string,
    documents: Document[] = [],
    indexes: Index[] = [{ name: '_id_', key: { _id: 1 }, unique: true }],
  ) {
    this.namespace = namespace
    this.documents = documents
    this.indexes = indexes
  }

  select(filter: Document = {}, sort?: Document, limit = 0): Document[] {
    const query = new Query(filter)
    let found = this.documents.filter((document) => query.test(document))
    if (sort && Object.keys(sort).length > 0)
      found = find<Document>(found, {})
        .sort(sort as Record<string, 1 | -1>)
        .all()
    return limit > 0 ? found.slice(0, limit) : found
  }

  insert(document: Document): Document {
    const complete = '_id' in document ? document : { _id: new ObjectId(), ...document }
    this.checkUnique(complete, null)
    this.documents.push(complete)
    return complete
  }

  change(document: Document, change: Document): boolean {
    const before = EJSON.stringify(document)
    const after = applied(document, change, false)
    if (EJSON.stringify(after) === before) return false
    this.checkUnique(after, document)
    this.documents[this.documents.indexOf(document)] = after
    return true
  }

  upsert(filter: Document, change: Document): Document {
    return this.insert(applied(equalities(filter), change, true))
  }

  remove(documents: Document[]) {
    const gone = new Set(documents)
    this.documents = this.documents.filter((document) => !gone.has(document))
  }

  sweep(now: number): number {
    const expired = this.documents.filter((document) =>
      this.indexes.some(({ key, expireAfterSeconds }) => {
        const date = at(document, Object.keys(key)[0] ?? '')
        return (
          expireAfterSeconds !== undefined &&
          date instanceof Date &&
          date.getTime() + expireAfterSeconds * 1000 <= now
        )
      }),
    )
    this.remove(expired)
    return expired.length
  }

  checkUnique(candidate: Document, except: Document | null) {
    for (const { name, key, unique } of this.indexes) {
      if (!unique) continue
      const value = keyOf(candidate, key)
      const taken = this.documents.some(
        (other) => other !== except && EJSON.stringify(keyOf(other, key)) === EJSON.stringify(value),
      )
      if (!taken) continue
      const message = `E11000 duplicate key error collection: ${this.namespace} index: ${name} dup key: ${EJSON.stringify(value)}`
      throw new CommandError(11000, 'DuplicateKey', message, { keyPattern: key, keyValue: value })
    }
  }
}

const keyOf = (document: Document, key: Index['key']): Document =>
  Object.fromEntries(Object.keys(key).map((field) => [field, at(document, field) ?? null]))

const at = (document: Document, path: string): unknown =>
  path.split('.').reduce<unknown>((inner, name) => (inner as Document | undefined)?.[name], document)

function applied(document: Document, change: Document, isNew: boolean): Document {
  // The real server knows more than it is asked here; what this one does not know it must not store.
  if (Array.isArray(change))
    throw new CommandError(9, 'FailedToParse', 'This server takes no aggregation pipeline as an update.')
  const isReplacement = Object.keys(change).every((name) => !name.startsWith('$'))
  if (isReplacement) return '_id' in document ? { _id: document._id, ...change } : change
  if (Object.keys(change).some((name) => !name.startsWith('$')))
    throw new CommandError(9, 'FailedToParse', 'Fields and update operators stand side by side.')
  const { $setOnInsert, ...modifier } = change
  const result = deserialize(serialize(document))
  update(result, modifier)
  return isNew ? { ...result, ...$setOnInsert } : result
}

function equalities(filter: Document): Document {
  const plain = Object.entries(filter).flatMap(([field, value]) => {
    if (field === '$and') return Object.entries(Object.assign({}, ...value.map(equalities)))
    if (field.startsWith('$')) return []
    if (!isOperators(value)) return [[field, value]]
    return '$eq' in value ? [[field, value.$eq]] : []
  })
  return Object.fromEntries(plain)
}

const isOperators = (value: unknown): value is Document =>
  typeof value === 'object' && value !== null && Object.keys(value).some((name) => name.startsWith('$'))
