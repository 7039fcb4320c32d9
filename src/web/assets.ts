import manifest from '../../dist/manifest.json'

export function asset(name: string): string {
  const address = (manifest as Record<string, string>)[name]
  if (!address) throw new Error(`${name} is not in the manifest; build the client first`)
  return address
}
