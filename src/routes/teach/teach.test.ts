import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { type Course, course, type Person, person } from '../../../test/people'
import { fileWorld } from '../../../test/world'
import { courses, orders, refunds } from '../../db/schema'
import { newId } from '../../ids'
import { paths } from '../../paths'

const world = fileWorld()

const instructor = () => person(world, { role: 'instructor' })
const create = (who: Person, title: string) => who.browser.post(paths.teachCourses(), { title })
const coursesOf = ({ id }: Person) => world.services.db.select().from(courses).where(eq(courses.ownerId, id))

describe('the courses one teaches', () => {
  it('are listed with their state, price, students and what was paid', async () => {
    const owner = await instructor()
    const sold = await course(world, { owner, title: 'Sold', pricePaise: 49_900 })
    await course(world, { owner, title: 'Draft', isPublished: false, pricePaise: 0 })
    const other = await course(world, { title: 'Of somebody else' })
    const pay = async (of: Course, amountPaise: number) => {
      const [id, { id: userId }] = [newId(), await person(world)]
      const now = world.services.now()
      await world.services.db.insert(orders).values({
        ...{ id, userId, courseId: of.id, amountPaise, state: 'paid', paymentId: `pay_${id}` },
        ...{ paidAt: now, createdAt: now },
      })
      return { orderId: id, paymentId: `pay_${id}`, amountPaise }
    }
    await pay(sold, 49_900)
    await pay(sold, 39_900)
    await pay(other, 70_000)
    const back = await pay(sold, 49_900)
    await world.services.db
      .insert(refunds)
      .values({ id: `rfnd_${back.orderId}`, ...back, state: 'processed' })
    const { $ } = await owner.browser.get(paths.teach())
    const rows = $('tbody tr')
      .toArray()
      .map((row) =>
        $(row)
          .find('td')
          .toArray()
          .map((cell) => $(cell).text()),
      )
    expect(rows).toEqual([
      ['Draft', 'Draft', 'Free', '0 students', 'None yet'],
      ['Sold', 'Published', '₹499', '0 students', '₹898'],
    ])
    expect($(`tbody a[href="${paths.teachCourse(sold.id)}"]`)).toHaveLength(1)
  })
})

describe('a new course', () => {
  it('is a draft with a page of its own, and searchable by its title', async () => {
    const owner = await instructor()
    const answer = await create(owner, '  Go and   C++ in practice ')
    const [row] = await coursesOf(owner)
    expect(answer).toMatchObject({ status: 303, location: paths.teachCourse(row?.id ?? '') })
    expect(row).toMatchObject({
      title: 'Go and C++ in practice',
      slug: 'go-and-c-plus-plus-in-practice',
      isPublished: false,
      pricePaise: null,
      publishedAt: null,
    })
    expect(row?.searchWords).toContain('xq')
    const page = await owner.browser.get(answer.location ?? '')
    expect(page.$('h1').text()).toBe('Go and C++ in practice')
    expect((await world.browser().get(paths.course(row?.slug ?? ''))).status).toBe(404)
  })

  it('gets a slug of its own, however many are made at once, in any script', async () => {
    const owners = await Promise.all(Array.from({ length: 4 }, instructor))
    await Promise.all(owners.map((owner) => create(owner, 'Same title')))
    await Promise.all(owners.map((owner) => create(owner, 'हिंदी में प्रोग्रामिंग')))
    const made = (await Promise.all(owners.map(coursesOf))).flat()
    const slugs = made.map(({ slug }) => slug)
    expect(new Set(slugs).size).toBe(8)
    expect(slugs).toEqual(
      expect.arrayContaining(['same-title', 'same-title-2', 'same-title-3', 'same-title-4']),
    )
    expect(slugs.filter((slug) => /^course-[0-9a-f]{12}$/.test(slug))).toHaveLength(4)
  })

  it('needs a title that fits', async () => {
    const owner = await instructor()
    for (const title of ['', '   ', '\u200b', 'x'.repeat(121)]) {
      const { status, $ } = await create(owner, title)
      expect(status).toBe(422)
      expect($('#title').attr('aria-describedby')).toContain('title-error')
      expect($('#title-error').attr('role')).toBe('alert')
      expect($('#title').attr('value')).toBe(title)
    }
    expect((await owner.browser.post(paths.teachCourses())).status).toBe(422)
    expect(await coursesOf(owner)).toEqual([])
  })

  it('is for instructors and administrators with a verified address', async () => {
    const student = await person(world)
    const invitation = await create(student, 'Mine')
    expect([invitation.status, invitation.$('[role=alert]').text()]).toEqual([
      403,
      'Become an instructor first, then create courses.',
    ])
    const unverified = await person(world, { role: 'instructor', isVerified: false })
    const refused = await create(unverified, '')
    expect([refused.status, refused.$('main [role=alert]').text()]).toEqual([
      403,
      'Verify your email address before you create courses. Verify my email',
    ])
    expect((await world.browser().post(paths.teachCourses(), { title: 'Mine' })).status).toBe(303)
    expect([await coursesOf(student), await coursesOf(unverified)]).toEqual([[], []])
    const admin = await person(world, { role: 'admin' })
    expect((await create(admin, 'Of the house')).status).toBe(303)
    expect(await coursesOf(admin)).toHaveLength(1)
  })
})
