import { expect, it } from 'vitest'
import { person } from '../../../test/people'
import { fileWorld } from '../../../test/world'
import { paths } from '../../paths'

const world = fileWorld()

it('The administrators’ area closes at once for who is no administrator any more', async () => {
  const admin = await person(world, { role: 'admin' })
  const former = await person(world, { role: 'admin' })
  expect((await former.browser.get(paths.admin())).status).toBe(200)
  await admin.browser.post(paths.personRole(former.id), { role: 'instructor' })
  expect((await former.browser.get(paths.admin())).status).toBe(404)
  expect((await former.browser.post(paths.categories(), { name: 'Chess' })).status).toBe(404)
})
