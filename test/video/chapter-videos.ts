import { readFile } from 'node:fs/promises'
import { eq } from 'drizzle-orm'
import { muxData } from '../../src/db/schema'
import { paths } from '../../src/paths'
import { course, type Person } from '../people'
import { until } from '../until'
import type { World } from '../world'

interface VendorState {
  uploads: { id: string; status: string; new_asset_settings: Record<string, unknown>; cors_origin: string }[]
  assets: { id: string; passthrough?: string; playback_ids: { policy: string }[] }[]
}

/** What an instructor does with videos over HTTP, and what the video service knows of it. */
export const chapterVideos = (world: World, instructor: Person) => {
  const state = async (address: string) =>
    (await instructor.browser.get(address)).$('#video-state').attr('data-state')
  const vendorState = async () =>
    (await (await fetch(`${world.sandbox.origin}/mux/state`)).json()) as VendorState
  return {
    /** A course whose first chapter has no video. */
    async newCourse() {
      const made = await course(world, { owner: instructor, chapters: 1 })
      const id = made.chapters[0]?.id ?? ''
      await world.services.db.delete(muxData).where(eq(muxData.chapterId, id))
      return { made, id, address: paths.teachVideo(made.id, id) }
    },
    async open(address: string) {
      const answer = await instructor.browser.post(address, {}, { Accept: 'application/json' })
      return { status: answer.status, body: JSON.parse(answer.html) as Record<string, string> }
    },
    state,
    untilState: (address: string, expected: string) =>
      until(async () => (await state(address)) === expected, `state ${expected}`),
    /** Until the video service has cancelled the upload with our id. */
    untilCancelled: (uploadId = '') =>
      until(
        async () =>
          (await vendorState()).uploads.some(
            ({ status, new_asset_settings }) =>
              status === 'cancelled' && new_asset_settings.passthrough === uploadId,
          ),
        `upload ${uploadId} to be cancelled`,
      ),
    put: async (url = '', bytes?: Uint8Array<ArrayBuffer>) =>
      fetch(url, { method: 'PUT', body: bytes ?? new Uint8Array(await readFile('test/clip.mp4')) }),
    vendorState,
    playing: async (id: string) => {
      const [row] = await world.services.db.select().from(muxData).where(eq(muxData.chapterId, id))
      return row
    },
  }
}
