import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { completeCourse } from '../../../test/complete-course'
import { give, person } from '../../../test/people'
import { askToUpload, callBackAgain, picture, sendBytes, upload } from '../../../test/upload'
import { fileWorld } from '../../../test/world'
import { attachments, courses } from '../../db/schema'
import { newId } from '../../ids'
import { paths } from '../../paths'
import { required } from '../../services'
import { maxAttachments } from './course-file'

const world = fileWorld()

const notes = (name = 'notes.md', type = 'text/markdown') => new File(['# Notes'], name, { type })
const filesOf = (courseId: string) =>
  world.services.db.select().from(attachments).where(eq(attachments.courseId, courseId))
const files = () => required(world.services.files, 'Files')
const isStored = async (address: string) => (await fetch(address)).ok
const handOver = (courseId: string, ownerId: string) =>
  world.services.db.update(courses).set({ ownerId }).where(eq(courses.id, courseId))

describe('the image of a course', () => {
  it('goes from browser to store, onto its page, and into the checklist', async () => {
    const made = await completeCourse(world)
    await world.services.db.update(courses).set({ imageKey: null }).where(eq(courses.id, made.id))
    const key = await upload(world, made.browser, 'courseImage', {
      file: picture(),
      input: { courseId: made.id },
    })
    expect((await made.row())?.imageKey).toBe(key)
    const { $, headers } = await made.browser.get(paths.teachCourse(made.id))
    expect($('#image img').attr('src')).toBe(files().publicUrl(key))
    expect($('#image').text()).toContain('JPEG, PNG or WebP, up to 4 MB')
    expect($('#course-state').text()).toContain('Image is there')
    expect(headers.get('Content-Security-Policy')).not.toContain('unsafe-inline')
    expect((await world.browser().get(paths.course(made.slug))).html).toContain(files().publicUrl(key))
  })

  it('is fetched again in place when it is stored', async () => {
    const { browser, id } = await completeCourse(world)
    const { html } = await browser.part.get(paths.teachCourse(id))
    for (const target of ['#image', '#files', '#course-state']) expect(html).toContain(`"${target}"`)
    expect(html).not.toContain('<html')
  })

  it('replaces the old one once, however often the store calls back', async () => {
    const made = await completeCourse(world)
    const input = { courseId: made.id }
    const old = await upload(world, made.browser, 'courseImage', { file: picture(), input })
    const fresh = await upload(world, made.browser, 'courseImage', { file: picture(), input })
    const again = await callBackAgain(world, 'courseImage', {
      metadata: { userId: made.owner.id, ...input },
      key: old,
    })
    expect(again.status).toBe(200)
    await world.runJobs()
    expect((await made.row())?.imageKey).toBe(fresh)
    expect([await isStored(files().publicUrl(old)), await isStored(files().publicUrl(fresh))]).toEqual([
      false,
      true,
    ])
  })

  it('is deleted when the course has a new owner', async () => {
    const made = await completeCourse(world)
    const file = picture()
    const { url = '', key = '' } = await askToUpload(world, made.browser, 'courseImage', {
      file,
      input: { courseId: made.id },
    })
    await handOver(made.id, (await person(world, { role: 'admin' })).id)
    expect((await sendBytes(url, file)).status).toBe(200)
    await world.runJobs()
    expect((await made.row())?.imageKey).toBe(made.imageKey)
    expect(await isStored(files().publicUrl(key))).toBe(false)
  })
})

describe('files of a course', () => {
  it('are private, for its students only', async () => {
    const made = await completeCourse(world)
    const key = await upload(world, made.browser, 'courseAttachment', {
      file: notes('my notes.md'),
      input: {
        courseId: made.id,
      },
    })
    const [file] = await filesOf(made.id)
    expect(file).toMatchObject({ name: 'my notes.md', fileKey: key, sizeBytes: 7 })
    expect(await isStored(files().publicUrl(key))).toBe(false)
    const student = await person(world)
    await give(world, student, made)
    const address = paths.attachment(made.slug, file?.id ?? '')
    const { status, location } = await student.browser.get(address)
    expect(status).toBe(303)
    const download = await fetch(location ?? '')
    expect([await download.text(), download.headers.get('Content-Disposition')]).toEqual([
      '# Notes',
      expect.stringContaining('attachment'),
    ])
    expect((await (await person(world)).browser.get(address)).status).toBe(404)
    const { $ } = await made.browser.get(paths.teachCourse(made.id))
    expect($('#files li').text()).toContain('my notes.md')
  })

  it('count once, and keep a plain name', async () => {
    const made = await completeCourse(world)
    const admitted = { userId: made.owner.id, courseId: made.id }
    const key = `file-${newId()}`
    for (let time = 0; time < 3; time++)
      expect((await callBackAgain(world, 'courseAttachment', { metadata: admitted, key })).status).toBe(200)
    expect(await filesOf(made.id)).toHaveLength(1)
    const name = 'C:\\..\\secret\u202egpj.\u0000pdf'
    await upload(world, made.browser, 'courseAttachment', {
      file: notes(name, 'application/pdf'),
      input: {
        courseId: made.id,
      },
    })
    expect((await filesOf(made.id)).map((file) => file.name)).toContain('secretgpj.pdf')
  })

  it('are deleted by their instructor, and then at the store', async () => {
    const made = await completeCourse(world)
    const input = { courseId: made.id }
    const key = await upload(world, made.browser, 'courseAttachment', { file: notes(), input })
    await upload(world, made.browser, 'courseAttachment', { file: notes('b.md'), input })
    const [first, second] = await filesOf(made.id)
    const answer = await made.browser.post(paths.teachAttachmentDelete(made.id, first?.id ?? ''))
    expect(answer).toMatchObject({ status: 303, location: paths.teachCourse(made.id) })
    const part = await made.browser.part.post(paths.teachAttachmentDelete(made.id, second?.id ?? ''))
    expect([part.status, part.trigger.toast]).toEqual([200, { kind: 'success', text: 'b.md is deleted.' }])
    expect(part.html).toContain('hx-target="#files"')
    await world.runJobs()
    expect(await filesOf(made.id)).toEqual([])
    expect(await isStored(await files().temporaryUrl(key, 60))).toBe(false)
    expect((await made.browser.post(paths.teachAttachmentDelete(made.id, first?.id ?? ''))).status).toBe(404)
    expect(
      (await callBackAgain(world, 'courseAttachment', { metadata: { userId: made.owner.id, ...input }, key }))
        .status,
    ).toBe(200)
    expect(await filesOf(made.id)).toEqual([])
  })

  it('are deleted when the course is gone', async () => {
    const made = await completeCourse(world)
    const file = notes()
    const { url = '', key = '' } = await askToUpload(world, made.browser, 'courseAttachment', {
      file,
      input: { courseId: made.id },
    })
    await world.services.db.update(courses).set({ archivedAt: new Date() }).where(eq(courses.id, made.id))
    expect((await sendBytes(url, file)).status).toBe(200)
    await world.runJobs()
    expect(await filesOf(made.id)).toEqual([])
    expect(await isStored(await files().temporaryUrl(key, 60))).toBe(false)
  })
})

describe('permission to upload to a course', () => {
  const routes = ['courseImage', 'courseAttachment'] as const

  it('is only for its instructor', async () => {
    const made = await completeCourse(world)
    const buyer = await person(world)
    await give(world, buyer, made)
    const strangers = [
      (await completeCourse(world)).owner,
      buyer,
      await person(world, { role: 'admin' }),
      { browser: world.browser() },
    ]
    for (const route of routes) {
      for (const { browser } of strangers) {
        const { status, url } = await askToUpload(world, browser, route, {
          file: picture(),
          input: { courseId: made.id },
        })
        expect([403, 404]).toContain(status)
        expect(url).toBeUndefined()
      }
      for (const input of [{ courseId: newId() }, { courseId: 'nonsense' }])
        expect((await askToUpload(world, made.browser, route, { file: picture(), input })).status).toBe(404)
      for (const input of [null, {}, { courseId: 7 }])
        expect((await askToUpload(world, made.browser, route, { file: picture(), input })).status).toBe(400)
    }
    expect(await filesOf(made.id)).toEqual([])
  })

  it.each([
    ['courseImage', { name: 'a.svg', size: 10, type: 'image/svg+xml' }],
    ['courseImage', { name: 'a.gif', size: 10, type: 'image/gif' }],
    ['courseImage', { name: 'a.png', size: 4 * 1024 * 1024 + 1, type: 'image/png' }],
    ['courseAttachment', { name: 'a.html', size: 10, type: 'text/html' }],
    ['courseAttachment', { name: 'a.svg', size: 10, type: 'image/svg+xml' }],
    ['courseAttachment', { name: 'a.exe', size: 10, type: 'application/x-msdownload' }],
    ['courseAttachment', { name: 'a.pdf', size: 64 * 1024 * 1024 + 1, type: 'application/pdf' }],
    ['courseAttachment', { name: 'a.pdf', size: 0, type: 'application/pdf' }],
  ])('is not given for what does not fit: %s %o', async (route, file) => {
    const made = await completeCourse(world)
    const { status, url } = await askToUpload(world, made.browser, route, {
      file,
      input: { courseId: made.id },
    })
    expect([status, url]).toEqual([400, undefined])
  })

  it.each([
    ['application/pdf', 64 * 1024 * 1024],
    ['application/zip', 10],
    ['application/x-zip-compressed', 10],
    ['text/plain', 10],
    ['text/csv', 10],
    ['application/vnd.openxmlformats-officedocument.presentationml.presentation', 10],
  ])('is given for %s', async (type, size) => {
    const made = await completeCourse(world)
    const asked = await askToUpload(world, made.browser, 'courseAttachment', {
      file: { name: 'file', size, type },
      input: { courseId: made.id },
    })
    expect(asked.status).toBe(200)
  })

  it('ends when a course has as many files as it can', async () => {
    const made = await completeCourse(world)
    await world.services.db.insert(attachments).values(
      Array.from({ length: maxAttachments }, (_, index) => ({
        id: newId(),
        courseId: made.id,
        name: `${index}.pdf`,
        fileKey: newId(),
        sizeBytes: 1,
        contentType: 'application/pdf',
      })),
    )
    const { status, message } = await askToUpload(world, made.browser, 'courseAttachment', {
      file: notes(),
      input: { courseId: made.id },
    })
    expect([status, message]).toEqual([400, expect.stringContaining('100 files')])
  })
})
