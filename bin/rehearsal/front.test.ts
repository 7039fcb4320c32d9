import { expect, it } from 'vitest'
import type { Place } from '../../sandbox/sandbox'
import { targetOf } from './front'

const places: Place[] = [
  ['https://api.vendor.example/v1', 'http://127.0.0.1:1/vendor/v1'],
  ['https://files.example', 'http://127.0.0.1:1/files'],
]

it.each([
  ['https://api.vendor.example/v1/orders?count=1', 'http://127.0.0.1:1/vendor/v1/orders?count=1'],
  ['https://files.example/a%2Fb', 'http://127.0.0.1:1/files/a%2Fb'],
  ['https://files.example', 'http://127.0.0.1:1/files'],
])('%s is answered by the sandbox', (url, target) => expect(targetOf(url, places)).toBe(target))

it.each([
  'https://api.vendor.example/settings',
  'https://api.vendor.example/v10/orders',
  'https://files.example.com/a',
])('%s is nobody’s', (url) => expect(targetOf(url, places)).toBeUndefined())
