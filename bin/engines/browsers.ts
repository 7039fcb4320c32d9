import { existsSync } from 'node:fs'
import { startChild } from '../child'
import { installAsRoot } from '../database/packages'
import { freePort } from '../ports'
import { type Result, runSuite } from './suite'

/** The journeys of the suite run in Chromium; these are the other two engines of the web. */
export async function firefox(): Promise<Result> {
  const binary = await program('FIREFOX_BIN', ['/usr/bin/firefox-esr', '/usr/bin/firefox'], ['firefox-esr'])
  if (!binary) return notHad('Firefox is not on this machine: FIREFOX_BIN=/path/to/firefox')
  // Node 20 has the sockets of the web behind a flag; Firefox is spoken to by one.
  return runSuite(['--project', 'engines'], {
    ENGINES: 'firefox',
    FIREFOX_BIN: binary,
    NODE_OPTIONS: Number(process.versions.node.split('.')[0]) < 22 ? '--experimental-websocket' : '',
  })
}

export async function webkit(): Promise<Result> {
  const packages = ['webkit2gtk-driver', 'xvfb']
  const driver = await program('WEBKIT_DRIVER_BIN', ['/usr/bin/WebKitWebDriver'], packages)
  const browser = [process.env.WEBKIT_BIN ?? '', ...miniBrowsers()].find((path) => path && existsSync(path))
  const screen = ['/usr/bin/Xvfb'].find((path) => existsSync(path))
  if (!driver || !browser || !screen)
    return notHad(`WebKit is not on this machine: apt-get install ${packages.join(' ')}`)
  const display = `:${await freePort()}`
  const child = startChild(screen, [display, '-screen', '0', '1280x900x24', '-nolisten', 'tcp'], {
    output: 'ignore',
  })
  try {
    return await runSuite(['--project', 'engines'], {
      ENGINES: 'webkit',
      ...{ WEBKIT_DRIVER_BIN: driver, WEBKIT_BIN: browser, DISPLAY: display },
    })
  } finally {
    await child.stop()
  }
}

const notHad = (words: string): Result => ({ end: 'not had', words })

const miniBrowsers = () =>
  ['4.1', '4.0'].flatMap((version) =>
    ['x86_64', 'aarch64'].map((machine) => `/usr/lib/${machine}-linux-gnu/webkit2gtk-${version}/MiniBrowser`),
  )

/** What the variable names, else what is installed, else what root may install from Debian. */
async function program(variable: string, places: string[], packages: string[]): Promise<string | undefined> {
  const named = process.env[variable]
  if (named) return existsSync(named) ? named : undefined
  const found = () => places.find((path) => existsSync(path))
  if (found() || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return found()
  await installAsRoot(packages).catch(() => {})
  return found()
}
