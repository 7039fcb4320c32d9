import { expect, it } from 'vitest'
import { asset } from '../../src/web/assets'
import { BrowserSession } from '../browser-session'
import { fileWorld } from '../world'
import { mailGoesOut, mainJobRuns, pictureIsUploaded } from './smoke'

const world = fileWorld({ liveJobs: true })
const browser = () => new BrowserSession((address, init) => fetch(address, init), world.origin)

it('runs the main job on Node', () => mainJobRuns(world, browser()))
it('sends mail on Node after the answer', () => mailGoesOut(world, browser()))
it('takes a picture on Node', () => pictureIsUploaded(world, browser()))
it('sends pages and files compressed, and says how long to keep them', async () => {
  const page = await fetch(world.origin, { headers: { 'Accept-Encoding': 'gzip, deflate, br, zstd' } })
  expect(page.headers.get('Content-Encoding')).toBe('br')
  expect(page.headers.get('Vary')).toContain('Accept-Encoding')
  expect(page.headers.get('Cache-Control')).toBe('public, s-maxage=1, max-age=0, must-revalidate')
  const old = await fetch(world.origin, { headers: { 'Accept-Encoding': 'gzip;q=0.5, br;q=0' } })
  expect(old.headers.get('Content-Encoding')).toBe('gzip')
  const own = await fetch(`${world.origin}/sign-in`)
  expect(own.headers.get('Cache-Control')).toBe('private, no-cache')
  const style = await fetch(`${world.origin}${asset('app.css')}`)
  expect(style.headers.get('Cache-Control')).toContain('immutable')
  expect(style.headers.get('X-Content-Type-Options')).toBe('nosniff')
})
