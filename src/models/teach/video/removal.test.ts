import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { type Course, course, give, type Person, person } from '../../../../test/people'
import { fileWorld } from '../../../../test/world'
import { jobs, muxData, videoUploads } from '../../../db/schema'
import { paths } from '../../../paths'
import { openUpload } from './upload'

const world = fileWorld()

const newInstructor = () => person(world, { role: 'instructor' })
const playing = async ({ chapters }: Course) => {
  const rows = await world.services.db.select().from(muxData)
  return chapters.filter(({ id }) => rows.some(({ chapterId }) => chapterId === id)).length
}
const assetsToDelete = async ({ chapters }: Course) => {
  const rows = await world.services.db.select().from(jobs).where(eq(jobs.kind, 'delete-asset'))
  return rows.filter(({ payload }) => chapters.some(({ id }) => payload.assetId === `asset-${id}`)).length
}
const leave = ({ browser, email }: Person) => browser.post(paths.accountDelete(), { email })

describe('videos are deleted with', () => {
  it('a chapter, and with them its upload', async () => {
    const owner = await newInstructor()
    const made = await course(world, { owner })
    const id = made.chapters[0]?.id ?? ''
    const { uploadId } = await openUpload(world.services, { id, title: 'One', ownerId: owner.id })
    expect((await owner.browser.post(paths.teachChapterDelete(made.id, id))).status).toBe(303)
    expect([await playing(made), await assetsToDelete(made)]).toEqual([1, 1])
    const [row] = await world.services.db.select().from(videoUploads).where(eq(videoUploads.id, uploadId))
    expect(row).toMatchObject({ chapterId: null, state: 'cancelled' })
    await world.runJobs()
    const { uploads } = (await (await fetch(`${world.sandbox.origin}/mux/state`)).json()) as {
      uploads: { id: string; status: string }[]
    }
    expect(uploads.find((upload) => upload.id === row?.vendorUploadId)?.status).toBe('cancelled')
  })

  it('a course without students, while a joined one keeps them', async () => {
    const owner = await newInstructor()
    const [unsold, joined] = [await course(world, { owner }), await course(world, { owner })]
    await give(world, await person(world), joined)
    for (const { id } of [unsold, joined])
      expect((await owner.browser.post(paths.teachCourseDelete(id))).status).toBe(303)
    expect([await playing(unsold), await assetsToDelete(unsold)]).toEqual([0, 2])
    expect([await playing(joined), await assetsToDelete(joined)]).toEqual([2, 0])
  })

  it('an account whose courses no administrator takes over', async () => {
    const owner = await newInstructor()
    const draft = await course(world, { owner, isPublished: false })
    expect((await leave(owner)).status).toBe(303)
    expect([await playing(draft), await assetsToDelete(draft)]).toEqual([0, 2])

    await person(world, { role: 'admin' })
    const other = await newInstructor()
    const handedOver = await course(world, { owner: other })
    expect((await leave(other)).status).toBe(303)
    expect([await playing(handedOver), await assetsToDelete(handedOver)]).toEqual([2, 0])
  })
})
