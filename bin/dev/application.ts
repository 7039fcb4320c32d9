import { type Child, startChild } from '../child'
import { say } from './progress'

export interface Application {
  restart(): Promise<void>
  stop(): Promise<void>
  fallen: Promise<never>
}

export function openApplication(
  bundle: string,
  environment: NodeJS.ProcessEnv,
  output: (line: string) => void,
): Application {
  let child: Child | undefined
  let wanted = false
  let turning: Promise<void> | undefined
  let closed = false
  let fall = (_error: Error) => {}
  const fallen = new Promise<never>((_, reject) => {
    fall = reject
  })
  fallen.catch(() => {})

  const start = () => {
    const mine = startChild(process.execPath, ['--enable-source-maps', bundle], { env: environment, output })
    const since = Date.now()
    child = mine
    void mine.exited.then((code) => {
      if (child !== mine || closed) return
      child = undefined
      fall(new Error(`The application did not start (${code}); the lines above say why.`))
      say('Application', `ended by itself (${code}); it starts again at the next change of a file`)
      // What ran for a while and then fell is worth another try; what cannot even start is not.
      if (Date.now() - since > 5_000) void restart()
    })
  }

  const turn = async () => {
    while (wanted && !closed) {
      wanted = false
      const old = child
      child = undefined
      await old?.stop(2_000)
      if (!closed) start()
    }
    turning = undefined
  }

  const restart = () => {
    wanted = true
    turning ??= turn()
    return turning
  }

  return {
    restart,
    fallen,
    async stop() {
      closed = true
      await turning
      await child?.stop(5_000)
    },
  }
}
