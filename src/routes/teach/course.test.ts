import { describe, expect, it } from 'vitest'
import { completeCourse } from '../../../test/complete-course'
import { person } from '../../../test/people'
import { fileWorld } from '../../../test/world'
import { categories } from '../../db/schema'
import { newId } from '../../ids'
import { paths } from '../../paths'

const world = fileWorld()

const withoutScripts = 'without JavaScript'

describe('the page of a course', () => {
  it('lists what is missing, in order, with links to the fields', async () => {
    const { browser } = await person(world, { role: 'instructor' })
    const { location } = await browser.post(paths.teachCourses(), { title: 'Bare' })
    const { $, html } = await browser.get(location ?? '')
    const items = $('#course-state li')
      .toArray()
      .map((item) => $(item).text())
    expect(items).toEqual([
      'Title is there',
      'Description is missing',
      'Image is missing',
      'Category is missing',
      'Price is missing',
      'Published chapter is missing',
    ])
    for (const link of $('#course-state li a').toArray())
      expect($($(link).attr('href') ?? 'none')).toHaveLength(1)
    for (const label of ['Title', 'Description', 'Category', 'Price'])
      expect($('label').filter((_, one) => $(one).text() === label).length).toBeGreaterThan(0)
    for (const button of ['Save', 'Publish', 'Delete', 'Add chapter'])
      expect($('button').filter((_, one) => $(one).text().trim() === button).length).toBeGreaterThan(0)
    expect(html).toContain('/assets/teach-')
    const ids = $('[id]')
      .toArray()
      .map((element) => $(element).attr('id'))
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('ticks off what is there, and links to the preview', async () => {
    const { browser, id, slug, chapters } = await completeCourse(world)
    const { $ } = await browser.get(paths.teachCourse(id))
    expect($('#course-state [data-done=true]')).toHaveLength(6)
    expect($(`a[href="${paths.learn(slug)}"]`).text()).toContain('Preview as a student')
    expect((await browser.get(paths.learn(slug))).location).toBe(paths.chapter(slug, chapters[0]?.id ?? ''))
  })
})

describe('a setting', () => {
  it(`is saved ${withoutScripts} and confirmed on the page`, async () => {
    const { browser, id, row } = await completeCourse(world)
    const answer = await browser.post(paths.teachCourse(id), { description: 'Anew.\r\n\r\n- one\r\n' })
    expect(answer).toMatchObject({ status: 303, location: paths.teachCourse(id) })
    expect((await row())?.description).toBe('Anew.\n\n- one')
    const { $ } = await browser.get(paths.teachCourse(id))
    expect($('.site-notice [role=status]').text()).toBe('Description saved.')
    expect($('.teach-preview li').text()).toBe('one')
  })

  it('is saved in place, with a new head and checklist', async () => {
    const { browser, id } = await completeCourse(world, { isPublished: false })
    const { status, $, html, trigger } = await browser.part.post(paths.teachCourse(id), { title: 'Anew' })
    expect(status).toBe(200)
    expect($('form#title-form [role=status]').text()).toBe('Saved')
    expect($('form#title-form input[name=title]').attr('value')).toBe('Anew')
    expect(html).toMatch(/hx-target="#course-head"[\s\S]*<h1>Anew<\/h1>/)
    expect(html).toContain('hx-target="#course-state"')
    expect(html).not.toContain('<html')
    expect(trigger).toEqual({ announce: { text: 'Title saved.' } })
  })

  it.each([
    ['title', ''],
    ['title', 'x'.repeat(121)],
    ['description', 'x'.repeat(16_001)],
    ['categoryId', 'no-category'],
    ['price', '12.345'],
    ['price', 'a lot'],
    ['price', '500001'],
    ['level', 'wizard'],
    ['outcomes', 'x'.repeat(201)],
    ['outcomes', 'line\n'.repeat(21)],
  ])('is refused at its field: %s', async (field, value) => {
    const { browser, id, row } = await completeCourse(world)
    const before = await row()
    const part = await browser.part.post(paths.teachCourse(id), { [field]: value })
    expect(part.status).toBe(422)
    expect(part.$(`form#${field}-form #${field}`).attr('aria-invalid')).toBe('true')
    expect(part.$(`#${field}-error`).text()).not.toBe('')
    const whole = await browser.post(paths.teachCourse(id), { [field]: value })
    expect([whole.status, whole.$('h1').length, whole.$(`#${field}`).attr('aria-describedby')]).toEqual([
      422,
      1,
      expect.stringContaining(`${field}-error`),
    ])
    expect(await row()).toEqual(before)
  })

  it('accepts the longest description in any script', async () => {
    const { browser, id, row } = await completeCourse(world)
    for (const text of ['😀'.repeat(16_000), 'क'.repeat(16_000), 'a\n'.repeat(7_999)]) {
      expect((await browser.post(paths.teachCourse(id), { description: text })).status).toBe(303)
      expect((await row())?.description).toBe(text.trim())
    }
  })

  it('changes all that is sent at once, and nothing else that is sent', async () => {
    const { browser, id, row, owner, imageKey } = await completeCourse(world, { isPublished: false })
    const categoryId = newId()
    await world.services.db.insert(categories).values({ id: categoryId, name: `C ${id}`, slug: `c-${id}` })
    await browser.post(paths.teachCourse(id), {
      title: 'All at once',
      description: 'About Rust.',
      categoryId,
      price: '₹1,499.50',
      level: 'advanced',
      outcomes: ' one \n\n two\n',
      isPublished: 'on',
      ownerId: newId(),
      imageKey: 'stolen',
      slug: 'my-own',
      pricePaise: '1',
      archivedAt: '2020-01-01',
    })
    expect(await row()).toMatchObject({
      title: 'All at once',
      slug: 'all-at-once',
      description: 'About Rust.',
      categoryId,
      pricePaise: 149_950,
      level: 'advanced',
      outcomes: 'one\ntwo',
      isPublished: false,
      ownerId: owner.id,
      imageKey,
      archivedAt: null,
    })
    await browser.post(paths.teachCourse(id), { price: '', level: '', categoryId: '', description: ' ' })
    expect(await row()).toMatchObject({ pricePaise: null, level: null, categoryId: null, description: null })
    expect((await browser.post(paths.teachCourse(id), { unknown: 'x' })).status).toBe(303)
  })

  it('is found by the catalogue at once', async () => {
    const { browser, id, title } = await completeCourse(world)
    await browser.post(paths.teachCourse(id), { description: 'All about zymurgy and F# too.' })
    for (const q of ['zymurgy', 'F#'])
      expect((await world.browser().get(paths.courses({ q }))).$('#results, main').text()).toContain(title)
  })

  it('cannot be removed while the course is on sale', async () => {
    const { browser, id, row } = await completeCourse(world)
    const before = await row()
    for (const field of ['description', 'categoryId', 'price']) {
      const { status, $ } = await browser.part.post(paths.teachCourse(id), { [field]: '' })
      expect([status, $(`#${field}-error`).text()]).toEqual([
        422,
        expect.stringContaining('Unpublish it first'),
      ])
    }
    expect(await row()).toEqual(before)
    expect((await browser.post(paths.teachCourse(id), { price: '0' })).status).toBe(303)
    expect((await row())?.pricePaise).toBe(0)
  })

  it('refuses a deleted category', async () => {
    const { browser, id } = await completeCourse(world)
    const { status, $ } = await browser.part.post(paths.teachCourse(id), { categoryId: newId() })
    expect([status, $('#categoryId-error').text()]).toEqual([422, 'Choose a category from the list.'])
  })

  it('shows an instructor’s Markdown without anything that runs', async () => {
    const { browser, id } = await completeCourse(world)
    const nasty = '<script>alert(1)</script> <b hx-get="/x" onclick="y">bold</b> [x](javascript:1)'
    const { $ } = await browser.part.post(paths.teachCourse(id), { description: nasty })
    expect($('.teach-preview').html()).toContain('<b>bold</b>')
    expect($('.teach-preview').html()).not.toMatch(/<script|hx-get|onclick|href/)
    expect($('textarea').text()).toBe(nasty)
  })
})

describe('the slug of a course', () => {
  it('follows its title until it is first published, and old ones lead on', async () => {
    const { browser, id, slug, row } = await completeCourse(world, { isPublished: false })
    const rename = async (title: string) => {
      await browser.post(paths.teachCourse(id), { title })
      return (await row())?.slug ?? ''
    }
    const first = await rename(`First ${id}`)
    const second = await rename(`Second ${id}`)
    expect([first, second]).toEqual([`first-${id}`, `second-${id}`])
    const moved = async (path: string, who = browser) => {
      const { status, location } = await who.get(path)
      return [status, location]
    }
    expect(await moved(paths.course(slug))).toEqual([303, paths.course(second)])
    expect(await moved(paths.learn(first))).toEqual([303, paths.learn(second)])
    expect(await moved(paths.course(first), world.browser())).toEqual([404, null])
    expect(await rename(`First ${id}`)).toBe(first)
    expect(await moved(paths.course(second))).toEqual([303, paths.course(first)])
    expect((await browser.get(paths.course(first))).status).toBe(200)

    await browser.post(paths.teachPublication(id))
    expect(await moved(paths.course(second), world.browser())).toEqual([303, paths.course(first)])
    expect(await rename('Another name')).toBe(first)
    await browser.post(paths.teachPublicationDelete(id))
    expect(await rename('Yet another name')).toBe(first)
  })

  it('stays reserved afterwards', async () => {
    const { browser, id } = await completeCourse(world, { isPublished: false })
    await browser.post(paths.teachCourse(id), { title: 'Left behind' })
    await browser.post(paths.teachCourse(id), { title: 'Gone on' })
    const other = await person(world, { role: 'instructor' })
    const { location } = await other.browser.post(paths.teachCourses(), { title: 'Left behind' })
    expect((await other.browser.get(location ?? '')).$('#title-hint').text()).toContain(
      paths.course('left-behind-2'),
    )
  })
})
