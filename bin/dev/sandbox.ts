import { startChild } from '../child'

/** The sandbox as a child of its own, so that it goes on while the application starts anew; gives the variables with which the application reaches it. */
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
