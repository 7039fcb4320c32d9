import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { settingNames } from '../src/config'

const read = (file: string) => readFileSync(file, 'utf8')
const names = (text: string) => new Set(text.match(/\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b|\bPORT\b/g) ?? [])

/** What the files around the application name beside its settings. */
const others = new Set(['MYSQL_PASSWORD', 'MYSQL_DATABASE', 'MYSQL_USER', 'MYSQL_RANDOM_ROOT_PASSWORD'])

describe('the settings', () => {
  it('stand in the README, each of them, and no other does', () => {
    const readme = read('README.md')
    const chapter = readme.slice(readme.indexOf('## Configuration'), readme.indexOf('## Deploy'))
    const told = [...chapter.matchAll(/`([A-Z][A-Z0-9_]+)`/g)].map(([, name = '']) => name)
    expect([...new Set(told)].toSorted()).toEqual([...settingNames].toSorted())
  })

  it('reach the containers all, because compose hands on the whole file', () => {
    const compose = read('compose.yaml')
    const [app = '', services = ''] = compose.split('\nservices:\n')
    expect(app).toMatch(/^ {2}env_file: \.env$/m)
    for (const service of ['app', 'migrate'])
      expect(services).toMatch(new RegExp(`^ {2}${service}:\\n {4}<<: \\*app\\n(?! {4}environment)`, 'm'))
    // A variable that is handed on as it is, empty when it is not set, says twice what the file says.
    expect(app).not.toMatch(/\$\{\w+:-\}/)
  })

  it('begin with an example that has what compose needs, and holds no secret', () => {
    const needed = [...read('compose.yaml').matchAll(/\$\{(\w+):\?/g)].map(([, name = '']) => name)
    const example = new Map(
      [...read('.env.example').matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, name = '', value]) => [name, value]),
    )
    expect([...example.keys()]).toEqual(expect.arrayContaining(needed))
    for (const name of ['APP_SECRET', 'MYSQL_PASSWORD']) expect(example.get(name)).toBe('')
  })

  it.each(['compose.yaml', 'wrangler.toml', 'Dockerfile', '.env.example'])(
    'are spelled in %s as they are read',
    (file) => {
      const unknown = [...names(read(file))].filter((name) => !settingNames.has(name) && !others.has(name))
      expect(unknown.filter((name) => name !== 'NODE_ENV')).toEqual([])
    },
  )
})
