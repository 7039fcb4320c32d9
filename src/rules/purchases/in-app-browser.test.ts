import { expect, it } from 'vitest'
import { canOpenWindows } from './in-app-browser'

const phone = 'Mozilla/5.0 (Linux; Android 14; Pixel 8'
const engine = 'AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/131.0 Mobile Safari/537.36'

it('A browser inside of another app opens no windows', () => {
  for (const inside of [
    `${phone}; wv) ${engine}`,
    `${phone}) ${engine} [FBAN/EMA;FBAV/430.0.0;]`,
    `Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Instagram 340.0`,
    `${phone}) ${engine} Line/14.1.0`,
    `${phone}) ${engine} UCBrowser/13.4`,
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148',
  ])
    expect([inside, canOpenWindows(inside)]).toEqual([inside, false])
  for (const whole of [
    undefined,
    `${phone}) ${engine}`,
    `Mozilla/5.0 (X11; Linux x86_64) ${engine}`,
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Safari/604.1',
    'Online',
  ])
    expect([whole, canOpenWindows(whole)]).toEqual([whole, true])
})
