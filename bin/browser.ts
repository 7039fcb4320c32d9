import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { installAsRoot } from './database/packages'

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']
const apps = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/** CHROMIUM_BIN, else an installed one, else one installed now as root; refuses with what to do. */
export async function findBrowser(log: (line: string) => void): Promise<string> {
  const wanted = process.env.CHROMIUM_BIN
  if (wanted) {
    if (!existsSync(wanted)) throw new Error(`CHROMIUM_BIN says ${wanted}, and there is no such file.`)
    return wanted
  }
  const installed = installedBrowser()
  if (installed) return installed
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    log('No Chromium on this machine: installing it (about a minute)')
    try {
      await installAsRoot(['chromium'])
    } catch (error) {
      log(
        `That did not work: ${error instanceof Error ? error.message.trim().split('\n').slice(-3).join(' ') : error}`,
      )
    }
    const found = installedBrowser()
    if (found) return found
  }
  throw new Error(`There is no Chromium on this machine, and the journeys need one. Install it and run this again:
  Debian           sudo apt-get install -y --no-install-recommends chromium
  Ubuntu           sudo snap install chromium
  Fedora           sudo dnf install chromium
  macOS            brew install --cask chromium
Any Chrome or Chromium does as well: CHROMIUM_BIN=/path/to/chrome npm test`)
}

function installedBrowser(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean)
  return [...names.flatMap((name) => folders.map((folder) => join(folder, name))), ...apps].find((path) =>
    existsSync(path),
  )
}
