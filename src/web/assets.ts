import manifest from '../../dist/manifest.json'

/** Address of a bundled file with its hash, such as `asset('app.css')`. */
export function asset(name: string): string {
  const address = (manifest as Record<string, string>)[name]
  if (!address) throw new Error(`${name} is not in the manifest; build the client first`)
  return address
}
