import { describe, expect, it } from 'vitest'
import { shownUpload, type UploadSummary, videoState } from './video-state'

const upload = (state: UploadSummary['state'], isOpen = true) => ({ state, isOpen })
const told = (uploads: UploadSummary[], hasVideo: boolean) => videoState(shownUpload(uploads), hasVideo)

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
    expect(told([...uploads], hasVideo)).toBe(expected)
  })

  it('speaks of what is under way before what ended, though that is newer', () => {
    expect(told([upload('errored'), upload('preparing')], false)).toBe('preparing')
  })

  it('says nothing of an upload that has no address yet', () => {
    expect(told([upload('waiting', false), upload('ready')], true)).toBe('ready')
    expect(told([upload('waiting', false)], false)).toBe('none')
  })

  it('is none after a removal, though the upload of the removed video had been ready', () => {
    expect(told([upload('ready')], false)).toBe('none')
  })
})
