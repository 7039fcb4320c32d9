import { type Document, Long } from 'bson'
import { type Command, CommandError, Documents, type Index } from './collection'

const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

const known = (
  { $db, collMod, listIndexes, dropIndexes }: Document,
  open: () => Documents,
  has: (ns: string) => boolean,
) => {
  const namespace = `${$db}.${collMod ?? listIndexes ?? dropIndexes}`
  if (!has(namespace)) throw new CommandError(26, 'NamespaceNotFound', `ns does not exist: ${namespace}`)
  return open()
}

export const indexCommands: Record<string, Command> = {
  createIndexes(request, open, collections) {
    const namespace = `${request.$db}.${request.createIndexes}`
    const createdCollectionAutomatically = !collections.has(namespace)
    const documents = open(true)
    const numIndexesBefore = documents.indexes.length
    for (const wanted of request.indexes) add(documents, wanted)
    return { createdCollectionAutomatically, numIndexesBefore, numIndexesAfter: documents.indexes.length }
  },

  listIndexes(request, open, collections) {
    const documents = known(request, open, (namespace) => collections.has(namespace))
    const firstBatch = documents.indexes.map((index) => ({ v: 2, ...index }))
    return { cursor: { id: Long.ZERO, ns: documents.namespace, firstBatch } }
  },

  dropIndexes(request, open, collections) {
    const documents = known(request, open, (namespace) => collections.has(namespace))
    const nIndexesWas = documents.indexes.length
    const { index } = request
    const dropped = documents.indexes.filter(
      ({ name, key }) => name !== '_id_' && (index === '*' || index === name || isSame(index, key)),
    )
    if (dropped.length === 0 && index !== '*')
      throw new CommandError(27, 'IndexNotFound', `index not found: ${index}`)
    documents.indexes = documents.indexes.filter((one) => !dropped.includes(one))
    return { nIndexesWas }
  },

  collMod(request, open, collections) {
    const documents = known(request, open, (namespace) => collections.has(namespace))
    const { name, keyPattern, expireAfterSeconds } = request.index ?? {}
    if (expireAfterSeconds === undefined) return {}
    const found = documents.indexes.find((index) => index.name === name || isSame(index.key, keyPattern))
    if (!found) throw new CommandError(27, 'IndexNotFound', 'cannot find index for collMod')
    const before = found.expireAfterSeconds
    found.expireAfterSeconds = expireAfterSeconds
    return { expireAfterSeconds_old: before, expireAfterSeconds_new: expireAfterSeconds }
  },
}

function isThere(index: Index, { name, key, unique, expireAfterSeconds }: Index): boolean {
  if (!isSame(index.key, key)) {
    if (index.name !== name) return false
    throw new CommandError(86, 'IndexKeySpecsConflict', `An index named ${name} has other keys`)
  }
  const sameOptions =
    Boolean(index.unique) === Boolean(unique) && index.expireAfterSeconds === expireAfterSeconds
  if (index.name === name && (sameOptions || name === '_id_')) return true
  const difference = sameOptions ? 'a different name' : 'different options'
  const message = `An equivalent index already exists with ${difference}: ${index.name}`
  throw new CommandError(85, 'IndexOptionsConflict', message)
}

function add(documents: Documents, wanted: Index) {
  if (documents.indexes.some((index) => isThere(index, wanted))) return
  const { name, key, unique, expireAfterSeconds } = wanted
  if (expireAfterSeconds !== undefined && Object.keys(key).length !== 1) {
    throw new CommandError(67, 'CannotCreateIndex', 'TTL indexes are single-field indexes')
  }
  const index: Index = {
    name,
    key,
    ...(unique && { unique }),
    ...(expireAfterSeconds !== undefined && { expireAfterSeconds }),
  }
  const trial = new Documents(documents.namespace, [], [index])
  for (const document of documents.documents) {
    trial.checkUnique(document, null)
    trial.documents.push(document)
  }
  documents.indexes.push(index)
}
