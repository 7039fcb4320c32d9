import { describe, expect, it } from 'vitest'
import { daySeconds, hourSeconds } from '../time'
import { isExpired, nextSyncSeconds, shownUpload, type UploadSummary, videoState } from './video-upload'

const upload = (state: UploadSummary['state'], isOpen = true) => ({ state, isOpen })
const stateOf = (uploads: UploadSummary[], hasVideo: boolean) => videoState(shownUpload(uploads), hasVideo)

describe("the state of a chapter's video", () => {
  it.each([
    ['none', [], false],
    ['ready', [], true],
    ['waiting', [upload('waiting')], true],
    ['preparing', [upload('preparing'), upload('ready')], true],
    ['errored', [upload('errored'), upload('ready')], true],
    ['errored', [upload('errored')], false],
    ['ready', [upload('ready'), upload('errored')], true],
    ['ready', [upload('cancelled'), upload('ready')], true],
    ['none', [upload('cancelled')], false],
  ] as const)('is %s for %j', (expected, uploads, hasVideo) => {
    expect(stateOf([...uploads], hasVideo)).toBe(expected)
  })

  it('is that of an upload under way before a newer one that ended', () => {
    expect(stateOf([upload('errored'), upload('preparing')], false)).toBe('preparing')
  })

  it('ignores an upload that is not open yet', () => {
    expect(stateOf([upload('waiting', false), upload('ready')], true)).toBe('ready')
    expect(stateOf([upload('waiting', false)], false)).toBe('none')
  })

  it('is none after a removal, though the upload of the removed video had been ready', () => {
    expect(stateOf([upload('ready')], false)).toBe('none')
  })
})

describe('checking an upload', () => {
  it('happens every two minutes at first and every hour later', () => {
    expect([0, 180, 600, hourSeconds, daySeconds].map(nextSyncSeconds)).toEqual([
      120,
      120,
      300,
      1800,
      hourSeconds,
    ])
  })

  it('ends after minutes without a URL, a day without bytes, a week of preparing', () => {
    const never = { state: 'waiting', isOpen: false } as const
    const open = { state: 'waiting', isOpen: true } as const
    const preparing = { state: 'preparing', isOpen: true } as const
    expect([60, 11 * 60].map((age) => isExpired(never, age))).toEqual([false, true])
    expect([daySeconds, 27 * hourSeconds].map((age) => isExpired(open, age))).toEqual([false, true])
    expect([6 * daySeconds, 8 * daySeconds].map((age) => isExpired(preparing, age))).toEqual([false, true])
  })
})
