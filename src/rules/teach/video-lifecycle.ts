/**
 * `opening` waits for the vendor's answer, `waiting` for the bytes, `preparing` for the asset;
 * `replaced` is ready but not, or no longer, the chapter's video.
 */
export const uploadStages = [
  'opening',
  'waiting',
  'preparing',
  'playing',
  'replaced',
  'errored',
  'cancelled',
] as const
export type UploadStage = (typeof uploadStages)[number]

/** Carried out in the transaction of the step; what concerns the vendor is left to jobs. */
export type Effect =
  | 'cancel upload' // with the asset that it may have become
  | 'delete asset'
  | 'play asset' // the video before it is replaced
  | 'remove video'
  | 'unpublish chapter'

export interface Step {
  to: UploadStage
  effects: readonly Effect[]
}

type Cell = readonly [UploadStage | 'same', ...Effect[]]
type Row = readonly [Cell, Cell, Cell, Cell, Cell, Cell, Cell]

const same: Cell = ['same']
const waits: Cell = ['waiting']
const prepares: Cell = ['preparing']
const plays: Cell = ['playing', 'play asset']
const late: Cell = ['replaced', 'delete asset']
const fails: Cell = ['errored', 'delete asset']
const gone: Cell = ['errored']
const goneVideo: Cell = ['errored', 'remove video', 'unpublish chapter']
const cancels: Cell = ['cancelled']
const stops: Cell = ['cancelled', 'cancel upload']
const discards: Cell = ['cancelled', 'delete asset']
const replaced: Cell = ['replaced', 'remove video', 'delete asset']
const removed: Cell = [...replaced, 'unpublish chapter']
// The upload is over, so the vendor's copy is deleted.
const noUpload: Cell = ['same', 'cancel upload']
const noAsset: Cell = ['same', 'delete asset']

// biome-ignore format: a table is read by its columns
const table = {
  //                       opening   waiting   preparing playing    replaced errored   cancelled
  'opened':               [waits,    same,     same,     same,      same,    noUpload, noUpload],
  'opening failed':       [cancels,  stops,    discards, same,      same,    same,     same],
  'newer opened':         [cancels,  stops,    same,     same,      same,    same,     same],
  'stopped':              [cancels,  stops,    same,     same,      same,    same,     same],
  'replaced':             [same,     same,     same,     replaced,  same,    same,     same],
  'video removed':        [cancels,  stops,    discards, removed,   same,    cancels,  same],
  'chapter deleted':      [cancels,  stops,    discards, replaced,  same,    cancels,  same],
  'expired':              [cancels,  stops,    discards, same,      same,    same,     same],
  'upload waiting':       [same,     same,     same,     same,      same,    noUpload, noUpload],
  'upload errored':       [fails,    fails,    same,     same,      same,    noAsset,  noAsset],
  'upload cancelled':     [discards, discards, same,     same,      same,    noAsset,  noAsset],
  'asset created':        [prepares, prepares, prepares, same,      same,    noAsset,  noAsset],
  'asset ready':          [plays,    plays,    plays,    same,      same,    noAsset,  noAsset],
  'asset ready too late': [late,     late,     late,     same,      same,    noAsset,  noAsset],
  'asset errored':        [fails,    fails,    fails,    same,      same,    noAsset,  noAsset],
  'asset deleted':        [gone,     gone,     gone,     goneVideo, same,    same,     same],
} satisfies Record<string, Row>

/** Too late: the chapter is gone or has a newer video; `expired`: no progress for too long. */
export type UploadEvent = keyof typeof table
export const uploadEvents = Object.keys(table) as UploadEvent[]

/** Any event may come at any time and again. */
export function nextStep(stage: UploadStage, event: UploadEvent): Step {
  const [to, ...effects] = table[event][uploadStages.indexOf(stage)] as Cell
  return { to: to === 'same' ? stage : to, effects }
}
