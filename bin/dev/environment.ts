import { type Environment, settingNames } from '../../src/config'

/** Whoever sets one key of a vendor means the real vendor, so none of the sandbox's stays. */
export function appEnvironment(
  defaults: Environment,
  sandbox: Environment,
  person: Environment,
): Environment {
  const set = Object.fromEntries(Object.entries(person).filter(([, value]) => value?.trim()))
  const vendor = (name: string) => (name === 'MAIL_FROM' ? 'SMTP' : name.split('_')[0])
  const taken = new Set(
    Object.keys(sandbox)
      .filter((name) => name in set)
      .map(vendor),
  )
  const left = Object.entries(sandbox).filter(([name]) => !taken.has(vendor(name)))
  return { ...defaults, ...Object.fromEntries(left), ...set }
}

/** What a command beside it needs to know; the person's shell holds secrets of others. */
export const ownSettings = (environment: Environment): Environment =>
  Object.fromEntries(Object.entries(environment).filter(([name]) => settingNames.has(name)))
