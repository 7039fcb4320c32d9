import { startChild } from '../child'

/** A child of its own, so that it goes on while the application starts anew. */
export async function startSandbox(
  environment: NodeJS.ProcessEnv,
  ended: (name: string, code: number) => void,
): Promise<Record<string, string | undefined>> {
  const child = startChild(process.execPath, ['--import', 'tsx', 'bin/sandbox.ts'], {
    env: environment,
    messages: true,
  })
  const answer = await new Promise<Record<string, string | undefined>>((resolve, reject) => {
    child.process.once('message', (message) => resolve(message as Record<string, string | undefined>))
    void child.exited.then((code) =>
      reject(new Error(`The sandbox did not start (${code}); the lines above say why.`)),
    )
  })
  void child.exited.then((code) => ended('sandbox', code))
  return answer
}
