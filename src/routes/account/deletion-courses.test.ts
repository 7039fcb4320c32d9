import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { member, memberPassword } from '../../../test/member'
import { course, give, type Person, person } from '../../../test/people'
import { fileWorld, openWorld, type World } from '../../../test/world'
import { courses, users } from '../../db/schema'

const world = fileWorld()
beforeAll(async () => {
  await person(world, { role: 'admin', name: 'Latha Admin' })
})

const deleteAccount = ({ browser }: Person) => browser.post('/account/delete', { password: memberPassword })
const ownerOf = async (id: string) => {
  const [row] = await world.services.db
    .select({ isPublished: courses.isPublished, archivedAt: courses.archivedAt, owner: users.name })
    .from(courses)
    .innerJoin(users, eq(users.id, courses.ownerId))
    .where(eq(courses.id, id))
  return row
}

describe('an instructor who deletes their account', () => {
  it('hands the courses to an administrator, and buyers keep them', async () => {
    const meera = await member(world, { role: 'instructor', name: 'Leela Menon' })
    const buyer = await person(world)
    const sold = await course(world, { owner: meera })
    const draft = await course(world, { owner: meera, isPublished: false })
    await give(world, buyer, sold)
    expect((await meera.browser.get('/account/delete')).$('main').text()).toContain('2 courses of yours')
    expect((await deleteAccount(meera)).status).toBe(303)
    expect(await ownerOf(sold.id)).toEqual({ isPublished: true, archivedAt: null, owner: 'Latha Admin' })
    expect(await ownerOf(draft.id)).toMatchObject({ owner: 'Latha Admin' })
    expect((await buyer.browser.get(`/learn/${sold.slug}/${sold.chapters[0]?.id}`)).status).toBe(200)
    const shop = await world.browser().get(`/courses/${sold.slug}`)
    expect(shop.status).toBe(200)
    expect(shop.html).not.toContain('Leela Menon')
  })
})

describe('a site with nobody to take over courses', () => {
  let withoutAdmin: World
  beforeAll(async () => {
    withoutAdmin = await openWorld()
  })
  afterAll(() => withoutAdmin.close())
  const rows = (id: string) => withoutAdmin.services.db.select().from(users).where(eq(users.id, id))

  it('does not delete an instructor whose courses are needed, and says why', async () => {
    const meera = await member(withoutAdmin, { role: 'instructor' })
    await course(withoutAdmin, { owner: meera })
    const page = await meera.browser.get('/account/delete')
    expect(page.$('main [role=alert]').text()).toContain('no administrator to take them over')
    expect(page.$('form[action="/account/delete"]').length).toBe(0)
    const { status, $ } = await deleteAccount(meera)
    expect(status).toBe(409)
    expect($('main [role=alert]').text()).toContain('no administrator')
    expect(await rows(meera.id)).toMatchObject([{ email: meera.email }])
    expect((await meera.browser.get('/account')).status).toBe(200)
  })

  it('deletes an instructor who has only drafts, and archives them', async () => {
    const meera = await member(withoutAdmin, { role: 'instructor' })
    const draft = await course(withoutAdmin, { owner: meera, isPublished: false })
    expect((await deleteAccount(meera)).status).toBe(303)
    const [row] = await withoutAdmin.services.db.select().from(courses).where(eq(courses.id, draft.id))
    expect(row?.archivedAt).not.toBeNull()
  })

  it('does not delete its last administrator, also when two try at once', async () => {
    const admins = [
      await member(withoutAdmin, { role: 'admin' }),
      await member(withoutAdmin, { role: 'admin' }),
    ]
    const answers = await Promise.all(admins.map((admin) => deleteAccount(admin)))
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409])
    const stays = admins[answers.findIndex(({ status }) => status === 409)]
    if (!stays) throw new Error('nobody stays')
    const page = await stays.browser.get('/account/delete')
    expect(page.$('main [role=alert]').text()).toContain('You are the only administrator.')
    expect((await deleteAccount(stays)).status).toBe(409)
    expect(await rows(stays.id)).toMatchObject([{ role: 'admin', suspendedAt: null }])
  })
})
