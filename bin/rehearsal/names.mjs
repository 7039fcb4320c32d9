// Plain JavaScript: the built server loads it before itself, as `node --import` takes it.
import { readFileSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import tls from 'node:tls'

/**
 * From now on connections of this process to port 443 of these names go to `port` of this machine,
 * and only its own authority is believed there. Gives the way back.
 */
export function redirectNames({ names, port, ca }) {
  const known = new Set(names)
  const { connect } = tls
  tls.connect = (...given) => {
    const [options, ...rest] = given
    const isOurs = known.has(options?.host) && Number(options.port) === 443
    if (!isOurs) return connect(...given)
    const servername = options.servername || options.host
    return connect({ ...options, host: '127.0.0.1', port, servername, ca }, ...rest)
  }
  syncBuiltinESMExports()
  return () => {
    tls.connect = connect
    syncBuiltinESMExports()
  }
}

const file = process.env.REHEARSAL_NAMES
if (file) redirectNames(JSON.parse(readFileSync(file, 'utf8')))
