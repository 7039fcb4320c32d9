// Plain JavaScript: it runs where the development packages are not, as in the image.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'

const [name = '', ...given] = process.argv.slice(2)
const tsx = 'node_modules/tsx/dist/cli.mjs'
const built = `dist/${name}.js`

if (existsSync(tsx) && existsSync(`bin/${name}.ts`)) run([tsx, `bin/${name}.ts`])
else if (existsSync(built)) run(['--enable-source-maps', built])
else {
  console.error(
    `"npm run ${name}" needs the development packages, which NODE_ENV=production leaves out. Run this first: npm ci --include=dev`,
  )
  process.exitCode = 1
}

function run(command) {
  const child = spawn(process.execPath, [...command, ...given], { stdio: 'inherit' })
  for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => child.kill(signal))
  child.once('exit', (code, signal) => {
    process.exitCode = code ?? (signal ? 1 : 0)
  })
}
