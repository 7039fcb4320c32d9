import type { Certificate } from './authority'
import type { Front } from './front'

/** Every other name is unknown, so that what a page asks of one is seen to fail. */
export function browserArguments(options: {
  hosts: string[]
  appHost: string
  front: Front
  certificate: Certificate
}): string[] {
  const { hosts, appHost, front, certificate } = options
  const rules = [
    ...hosts.map((host) => `MAP ${host}:443 127.0.0.1:${front.httpsPort}`),
    `MAP ${appHost}:80 127.0.0.1:${front.httpPort}`,
    'MAP * ~NOTFOUND',
    'EXCLUDE 127.0.0.1',
  ]
  return [
    `--host-resolver-rules=${rules.join(',')}`,
    `--ignore-certificate-errors-spki-list=${certificate.fingerprint}`,
  ]
}
