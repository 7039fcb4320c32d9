import type { Certificate } from './authority'
import type { Front } from './front'

/** Every other name is unknown, so that what a page asks of one is seen to fail. */
export function browserArguments(options: {
  hosts: string[]
  front: Front
  certificate: Certificate
}): string[] {
  const { hosts, front, certificate } = options
  const rules = hosts.flatMap((host) => [
    `MAP ${host}:443 127.0.0.1:${front.httpsPort}`,
    `MAP ${host}:80 127.0.0.1:${front.httpPort}`,
  ])
  return [
    `--host-resolver-rules=${[...rules, 'MAP * ~NOTFOUND', 'EXCLUDE 127.0.0.1'].join(',')}`,
    `--ignore-certificate-errors-spki-list=${certificate.fingerprint}`,
  ]
}
