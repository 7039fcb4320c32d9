import { generateKeyPair } from 'node:crypto'
import { promisify } from 'node:util'
import { openStore } from './store'

/** An RSA key in PEM, made the first time and the same after each start. */
export async function keptKey(file: string): Promise<string> {
  const store = openStore<{ pem?: string }>(file, {})
  if (!store.state.pem) {
    const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 })
    store.state.pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
    store.save()
  }
  await store.close()
  return store.state.pem
}
