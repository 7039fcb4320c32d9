import { startChild } from '../child'

export interface Result {
  end: 'passed' | 'failed' | 'not had'
  words: string
}

/** Runs suites against what the environment names; the last lines of the run are its words. */
export async function runSuite(options: string[], env: NodeJS.ProcessEnv): Promise<Result> {
  const lines: string[] = []
  const child = startChild('node_modules/.bin/vitest', ['run', '--reporter=default', ...options], {
    env: { ...process.env, ...env, NO_COLOR: '1' },
    output: (line) => {
      lines.push(line)
      if (/FAIL|Error/.test(line)) console.log(line)
    },
  })
  const code = await child.exited
  const words = lines.filter((line) => /^\s*(Tests|Test Files)\s/.test(line)).map((line) => line.trim())
  return { end: code === 0 ? 'passed' : 'failed', words: words.join('; ') || lines.slice(-3).join(' ') }
}
