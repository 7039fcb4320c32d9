import { existsSync, readFileSync } from 'node:fs'
import type { Environment } from '../src/config'

/** Beside `npm run dev` a command speaks to what that runs. */
export function chooseEnvironment(given: Environment, developmentFile: string): Environment {
  if (given.DATABASE_URL?.trim() || given.NODE_ENV === 'production' || !existsSync(developmentFile))
    return given
  return { ...JSON.parse(readFileSync(developmentFile, 'utf8')), ...given }
}
