import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { completeCourse } from '../../../test/complete-course'
import { give, person } from '../../../test/people'
import { upload } from '../../../test/upload'
import { fileWorld } from '../../../test/world'
import { attachmentFetches, attachments } from '../../db/schema'
import { paths } from '../../paths'
import { required } from '../../services'

const world = fileWorld()

const notes = () => new File(['# Notes'], 'notes.md', { type: 'text/markdown' })
const filesOf = (courseId: string) =>
  world.services.db.select().from(attachments).where(eq(attachments.courseId, courseId))
const files = () => required(world.services.files, 'Files')
const isStored = async (address: string) => (await fetch(address)).ok

describe('files of a course', () => {
  it('stay with who bought the course when their instructor deletes them, until an administrator erases them', async () => {
    const made = await completeCourse(world)
    const key = await upload(world, made.browser, 'courseAttachment', {
      file: notes(),
      input: { courseId: made.id },
    })
    const [{ id } = { id: '' }] = await filesOf(made.id)
    const [earlier, later] = [await person(world), await person(world)]
    await give(world, earlier, made)
    const remove = () => made.browser.post(paths.teachAttachmentDelete(made.id, id))
    const { location } = await remove()
    const page = await made.browser.get(location ?? '')
    expect(page.$('.site-notice').text()).toContain('notes.md is withdrawn. 1 student keeps it')
    expect(page.$('#files li').text()).toContain('Withdrawn')
    world.advance(1)
    await give(world, later, made)
    expect((await remove()).status).toBe(303)
    await world.runJobs()

    const address = paths.attachment(made.slug, id)
    const lesson = paths.chapter(made.slug, made.ids[0] ?? '')
    const { location: file } = await earlier.browser.get(address)
    expect(await (await fetch(file ?? '')).text()).toBe('# Notes')
    expect((await earlier.browser.get(lesson)).$('.files').text()).toContain('notes.md (withdrawn')
    expect((await later.browser.get(address)).status).toBe(404)
    expect((await later.browser.get(lesson)).html).not.toContain('notes.md')

    const admin = await person(world, { role: 'admin' })
    const erasure = paths.adminAttachmentDelete(made.id, id)
    expect((await admin.browser.get(paths.adminAttachment(made.id, id))).$('main').text()).toContain(
      '1 student who owns it',
    )
    expect((await admin.browser.post(erasure, { reason: '' })).status).toBe(422)
    expect((await admin.browser.post(erasure, { reason: 'A court asked for it.' })).status).toBe(303)
    await world.runJobs()
    expect(await filesOf(made.id)).toEqual([])
    expect(await isStored(await files().temporaryUrl(key, 60))).toBe(false)
    expect((await earlier.browser.get(address)).status).toBe(404)
  })

  it('say who fetched them, and how often', async () => {
    const made = await completeCourse(world)
    await upload(world, made.browser, 'courseAttachment', { file: notes(), input: { courseId: made.id } })
    const [{ id } = { id: '' }] = await filesOf(made.id)
    const student = await person(world)
    await give(world, student, made)
    await student.browser.get(paths.attachment(made.slug, id))
    world.advance(60)
    await student.browser.get(paths.attachment(made.slug, id))
    await (await person(world)).browser.get(paths.attachment(made.slug, id))
    const rows = await world.services.db
      .select()
      .from(attachmentFetches)
      .where(eq(attachmentFetches.attachmentId, id))
    expect(rows).toMatchObject([{ userId: student.id, count: 2 }])
    expect(Number(rows[0]?.lastAt) - Number(rows[0]?.createdAt)).toBeGreaterThanOrEqual(60_000)
  })
})
