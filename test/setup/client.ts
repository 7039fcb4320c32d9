import { buildClient } from '../../bin/build/client'

/** Pages name their scripts and styles through the manifest, so there is one before any test. */
export default async function setup(): Promise<void> {
  await buildClient()
}
