import { connect } from 'node:net'
import { expect, it } from 'vitest'
import { listenToLog } from '../../test/log-lines'
import { until } from '../../test/until'
import { fileWorld } from '../../test/world'

const world = fileWorld()

it.each([
  ['/sign-in', 'application/x-www-form-urlencoded'],
  ['/sign-up', 'multipart/form-data; boundary=x'],
  ['/webhooks/razorpay', 'application/json'],
])('Who goes away in the middle of a form to %s is no fault of the site', async (path, type) => {
  const log = listenToLog()
  try {
    const { hostname, port } = new URL(world.origin)
    const socket = connect(Number(port), hostname)
    const head = [`POST ${path} HTTP/1.1`, `Host: ${hostname}:${port}`, `Origin: ${world.origin}`]
    head.push(`Content-Type: ${type}`, 'Content-Length: 500', '', 'email=a')
    await new Promise<void>((sent) => socket.write(head.join('\r\n'), () => sent()))
    socket.destroy()
    await until(() => log.text().includes(`"path":"${path}"`), 'the line of the log')
    expect(log.events().filter(({ level }) => level === 'error')).toEqual([])
    expect(log.events().at(-1)).toMatchObject({ path, status: 499 })
  } finally {
    log.stop()
  }
})
