import { describe, expect, it } from 'vitest'
import { nextStep, type UploadEvent, type UploadStage, uploadEvents, uploadStages } from './video-lifecycle'

const pairs = uploadStages.flatMap((stage) => uploadEvents.map((event) => ({ stage, event })))
const underWay: UploadStage[] = ['opening', 'waiting', 'preparing']
const over: UploadStage[] = ['errored', 'cancelled']
/** Whether an asset at the vendor is of use at this stage. */
const keeps = (stage: UploadStage) => stage === 'preparing' || stage === 'playing'

describe('every stage and event', () => {
  it('have a step, to a stage that exists', () => {
    expect(pairs).toHaveLength(7 * 16)
    for (const { stage, event } of pairs) expect(uploadStages).toContain(nextStep(stage, event).to)
  })

  it('delete an asset that is neither awaited nor played any more', () => {
    const left = pairs.filter(
      ({ stage, event }) => keeps(stage) && event !== 'asset deleted' && !keeps(nextStep(stage, event).to),
    )
    expect(left.length).toBeGreaterThan(0)
    for (const { stage, event } of left)
      expect(nextStep(stage, event).effects, `${stage}, ${event}`).toContain('delete asset')
  })

  it('delete a new asset exactly when nothing waits for it or plays it', () => {
    const arrivals = pairs.filter(
      ({ stage, event }) =>
        /^asset (created|ready|errored)/.test(event) && [...underWay, ...over].includes(stage),
    )
    expect(arrivals.length).toBeGreaterThan(0)
    for (const { stage, event } of arrivals) {
      const { to, effects } = nextStep(stage, event)
      expect(effects.includes('delete asset'), `${stage}, ${event}`).toBe(!keeps(to))
    }
  })

  it('cancel an upload that nothing waits for', () => {
    const stopped = pairs.filter(
      ({ stage, event }) =>
        stage === 'waiting' && event !== 'upload cancelled' && nextStep(stage, event).to === 'cancelled',
    )
    const late = pairs.filter(
      ({ stage, event }) => over.includes(stage) && (event === 'opened' || event === 'upload waiting'),
    )
    expect(stopped.length * late.length).toBeGreaterThan(0)
    for (const { stage, event } of [...stopped, ...late])
      expect(nextStep(stage, event).effects, `${stage}, ${event}`).toContain('cancel upload')
  })

  it('delete no asset that is still preparing or playing', () => {
    for (const { stage, event } of pairs) {
      const { to, effects } = nextStep(stage, event)
      if (keeps(to)) {
        expect(effects, `${stage}, ${event}`).not.toContain('delete asset')
        expect(effects, `${stage}, ${event}`).not.toContain('cancel upload')
      }
    }
  })

  it('take a playing video from its chapter only for a newer one, by the instructor, or when the vendor lost it', () => {
    const endings = uploadEvents.filter((event) => nextStep('playing', event).to !== 'playing')
    expect(endings.sort()).toEqual(['asset deleted', 'chapter deleted', 'replaced', 'video removed'])
    for (const { stage, event } of pairs) {
      const { to, effects } = nextStep(stage, event)
      expect(effects.includes('remove video'), `${stage}, ${event}`).toBe(
        stage === 'playing' && to !== 'playing',
      )
      expect(effects.includes('play asset'), `${stage}, ${event}`).toBe(
        stage !== 'playing' && to === 'playing',
      )
    }
  })

  it('make a draft of a chapter that stays without a video, and of no other', () => {
    const drafts = pairs.filter(({ stage, event }) =>
      nextStep(stage, event).effects.includes('unpublish chapter'),
    )
    expect(drafts).toEqual([
      { stage: 'playing', event: 'video removed' },
      { stage: 'playing', event: 'asset deleted' },
    ])
  })

  it('never revive what is over', () => {
    for (const { stage, event } of pairs) {
      const { to } = nextStep(stage, event)
      if (over.includes(stage)) expect([...over]).toContain(to)
      if (stage === 'replaced') expect(to).toBe('replaced')
    }
  })

  it('change nothing more when the same event comes again', () => {
    for (const { stage, event } of pairs) {
      const { to } = nextStep(stage, event)
      const again = nextStep(to, event)
      expect(again.to, `${stage}, ${event}, ${event}`).toBe(to)
      expect(again.effects).not.toContain('play asset')
      expect(again.effects).not.toContain('remove video')
    }
  })
})

/** Every order of these. */
function orders<T>(list: T[]): T[][] {
  if (list.length === 0) return [[]]
  return list.flatMap((first, index) => orders(list.toSpliced(index, 1)).map((rest) => [first, ...rest]))
}

/** Where an upload ends, and whether its asset is deleted in the end. */
function live(events: UploadEvent[]): string {
  let stage: UploadStage = 'waiting'
  let isDeleted = false
  for (const event of events) {
    const { to, effects } = nextStep(stage, event)
    stage = to
    isDeleted ||= effects.includes('delete asset') || event === 'asset deleted'
  }
  // Without an asset there is nothing to delete.
  return isDeleted && events.some((event) => event.startsWith('asset')) ? `${stage}, deleted` : stage
}

describe('the events of one upload', () => {
  it.each<{ events: UploadEvent[]; end: string }>([
    { events: ['upload waiting', 'asset created', 'asset created', 'asset ready'], end: 'playing' },
    { events: ['upload waiting', 'asset created', 'asset ready too late'], end: 'replaced, deleted' },
    { events: ['upload waiting', 'asset created', 'asset errored'], end: 'errored, deleted' },
    { events: ['asset created', 'asset ready', 'asset deleted'], end: 'errored, deleted' },
    { events: ['upload waiting', 'upload errored'], end: 'errored' },
    { events: ['upload waiting', 'upload cancelled'], end: 'cancelled' },
  ])('ends as $end in any order and any number of times: $events', ({ events, end }) => {
    for (const order of orders([...events, ...events.slice(-1)]))
      expect(live(order), order.join(', ')).toBe(end)
  })

  it.each<UploadEvent>(['stopped', 'newer opened', 'expired', 'video removed', 'chapter deleted'])(
    'ends with its asset deleted when it was %s before, whatever comes later',
    (event) => {
      const events: UploadEvent[] = ['upload waiting', 'asset created', 'asset ready']
      for (const order of orders(events)) expect(live([event, ...order])).toBe('cancelled, deleted')
    },
  )
})

describe('two uploads of one chapter', () => {
  /**
   * The vendor and a chapter as far as the table decides them: what each upload's asset has come
   * to.
   */
  interface World {
    uploads: { stage: UploadStage; asset: 'none' | 'preparing' | 'ready' | 'errored' | 'gone' }[]
    plays: number | null
  }

  function happen(before: World, index: number, event: UploadEvent): World {
    const after = structuredClone(before)
    if (event === 'video removed') {
      for (const at of after.uploads.keys()) apply(after, at, event)
      return after
    }
    const isLate =
      event === 'asset ready' && before.uploads.some(({ stage }, at) => at > index && isReady(stage))
    apply(after, index, isLate ? 'asset ready too late' : event)
    return after
  }

  const isReady = (stage: UploadStage) => stage === 'playing' || stage === 'replaced'

  function apply(world: World, index: number, event: UploadEvent): void {
    const upload = world.uploads[index]
    if (!upload) return
    const { to, effects } = nextStep(upload.stage, event)
    upload.stage = to
    if (effects.includes('remove video')) world.plays = null
    // Jobs run later, but surely; one that finds no asset yet ends the upload, so that it makes none.
    if (effects.includes('delete asset') || effects.includes('cancel upload')) upload.asset = 'gone'
    if (!effects.includes('play asset')) return
    if (world.plays !== null) apply(world, world.plays, 'replaced')
    world.plays = index
  }

  /** What the vendor can say of an upload now, in whatever order its events arrive. */
  function possible({ stage, asset }: World['uploads'][number]): UploadEvent[] {
    const ours: UploadEvent[] = ['stopped', 'newer opened', 'expired', 'video removed', 'upload waiting']
    const possible: Record<typeof asset, UploadEvent[]> = {
      none: stage === 'opening' ? ['opened', 'opening failed'] : ['upload errored', 'upload cancelled'],
      preparing: ['asset created'],
      ready: ['asset created', 'asset ready'],
      errored: ['asset created', 'asset errored'],
      gone: ['asset created', 'asset ready', 'asset errored', 'asset deleted'],
    }
    return [...ours, ...possible[asset]]
  }

  const faults = ({ uploads, plays }: World): string[] => [
    ...uploads.flatMap(({ stage, asset }, index) => [
      ...(stage === 'playing' && plays !== index ? [`${index} is playing, the chapter plays ${plays}`] : []),
      ...(plays === index && stage !== 'playing' ? [`the chapter plays ${index}, which is ${stage}`] : []),
      ...(stage === 'replaced' && asset !== 'gone' ? [`the asset of ${index} is left over`] : []),
    ]),
    ...(plays === 0 && uploads[1] && isReady(uploads[1].stage) ? ['the older video plays'] : []),
  ]

  const progress = {
    none: ['preparing'],
    preparing: ['ready', 'errored', 'gone'],
    ready: ['gone'],
    errored: ['gone'],
    gone: [],
  } as const

  /** Every world that may come next, by an event or because the vendor got on with an asset. */
  const worldsAfter = (world: World): World[] =>
    world.uploads.flatMap((upload, index) => [
      ...possible(upload).map((event) => happen(world, index, event)),
      ...(upload.asset === 'none' && upload.stage === 'opening' ? [] : progress[upload.asset]).map(
        (asset) => ({
          ...world,
          uploads: world.uploads.with(index, { ...upload, asset }),
        }),
      ),
    ])

  it('reach only worlds in which the chapter plays what is playing, and the newest that was ready', () => {
    const start: World = {
      uploads: [
        { stage: 'opening', asset: 'none' },
        { stage: 'opening', asset: 'none' },
      ],
      plays: null,
    }
    const seen = new Set<string>([JSON.stringify(start)])
    const queue = [start]
    for (let world = queue.pop(); world; world = queue.pop()) {
      expect(faults(world), JSON.stringify(world)).toEqual([])
      for (const next of worldsAfter(world)) {
        const key = JSON.stringify(next)
        if (seen.has(key)) continue
        seen.add(key)
        queue.push(next)
      }
    }
    expect(seen.size).toBeGreaterThan(200)
  })
})
