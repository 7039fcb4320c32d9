import { beforeAll, describe, expect, it } from 'vitest'
import { person } from '../../../test/people'
import { fileWorld } from '../../../test/world'
import { users } from '../../db/schema'
import { newId } from '../../ids'
import { paths } from '../../paths'
import { readUserQuery } from '../../rules/admin/user-query'
import { daySeconds } from '../../rules/time'
import { findUserDetails, listUsers } from './users'

const world = fileWorld()
beforeAll(async () => {
  for (const name of [
    'Asha Verma',
    'ASHOK K',
    'Áshley Roy',
    '100% Effort',
    '1000 Tales',
    'O_Neil',
    'ONeil',
    "O'Hara",
    'back\\slash',
    'आशा वर्मा',
    'आकाश',
  ])
    await person(world, { name })
})

const find = async (q: string, role?: string) =>
  (await listUsers(world.services, readUserQuery(new URLSearchParams({ q, role: role ?? '' })))).people
    .map(({ name }) => name)
    .sort()

describe('searching users', () => {
  it('finds how a name begins, whatever the case and accents', async () => {
    expect(await find('ash')).toEqual(['ASHOK K', 'Asha Verma', 'Áshley Roy'])
    expect(await find('Asha V')).toEqual(['Asha Verma'])
    expect(await find('Verma')).toEqual([])
  })

  it('takes %, _, quotes and backslashes as they are', async () => {
    expect(await find('100%')).toEqual(['100% Effort'])
    expect(await find('%')).toEqual([])
    expect(await find('_')).toEqual([])
    expect(await find('O_')).toEqual(['O_Neil'])
    expect(await find("O'")).toEqual(["O'Hara"])
    expect(await find('back\\')).toEqual(['back\\slash'])
    expect(await find("' or '1'='1")).toEqual([])
    expect(await find('"; drop table users; --')).toEqual([])
  })

  it('reads Hindi', async () => {
    expect(await find('आशा')).toEqual(['आशा वर्मा'])
    expect(await find('आ')).toEqual(['आकाश', 'आशा वर्मा'])
  })

  it('takes long and broken input', async () => {
    expect(await find('x'.repeat(5000))).toEqual([])
    expect(await find('%'.repeat(5000))).toEqual([])
    expect(await find('\ud800 asha')).toEqual([])
    expect(await find('asha\u0000\n verma')).toEqual(['Asha Verma'])
    expect(await find('👩🏽‍💻'.repeat(90))).toEqual([])
  })

  it('finds how an email begins, in any case', async () => {
    const someone = await person(world, { name: 'Zoya' })
    expect(await find(someone.email)).toEqual(['Zoya'])
    expect(await find(someone.email.toUpperCase().slice(0, 36))).toEqual(['Zoya'])
    expect(await find('people.example.com')).toEqual([])
  })

  it('narrows to a role', async () => {
    await person(world, { name: 'Ashwin', role: 'instructor' })
    expect(await find('ash', 'instructor')).toEqual(['Ashwin'])
    expect(await find('', 'admin')).toEqual([])
  })
})

describe('a long list of users', () => {
  it('comes in pages of 25, newest first, and ends at the last', async () => {
    const made = Array.from({ length: 60 }, (_, n) => ({
      id: newId(),
      name: `Page ${n}`,
      email: `page-${n}@x.example`,
    }))
    await world.services.db.insert(users).values(made)
    const page = (number?: number) => listUsers(world.services, { q: 'Page ', page: number })
    const first = await page()
    expect(first).toMatchObject({ count: 60, more: false, page: 1, pages: 3 })
    expect(first.people.map(({ id }) => id)).toEqual(
      made
        .map(({ id }) => id)
        .reverse()
        .slice(0, 25),
    )
    expect((await page(3)).people).toHaveLength(10)
    expect((await page(99)).page).toBe(3)
  })

  it('stops counting at a thousand', async () => {
    const many = Array.from({ length: 1001 }, (_, n) => ({
      id: newId(),
      name: `Many ${n}`,
      email: `many-${n}@x.example`,
    }))
    await world.services.db.insert(users).values(many)
    expect(await listUsers(world.services, { q: 'many' })).toMatchObject({
      count: 1000,
      more: true,
      pages: 40,
    })
    const admin = await person(world, { role: 'admin' })
    const { $ } = await admin.browser.get(paths.people({ q: 'many' }))
    expect($('main [role=status]').text()).toContain('More than 1,000 people')
    expect($('tbody tr')).toHaveLength(25)
    expect($('a[rel=next]').attr('href')).toBe(paths.people({ q: 'many', page: 2 }))
  })

  it('keeps what was searched in the form, and tells when nobody is found', async () => {
    const admin = await person(world, { role: 'admin' })
    const { $ } = await admin.browser.get(paths.people({ q: '"<b>', role: 'student' }))
    expect($('#q').attr('value')).toBe('"<b>')
    expect($('#role option[selected]').attr('value')).toBe('student')
    expect($('main').text()).toContain('Nobody found')
  })
})

describe('one user', () => {
  it('counts open sessions only', async () => {
    const someone = await person(world)
    const now = world.services.now()
    expect(await findUserDetails(world.services, someone.id)).toMatchObject({
      sessions: 1,
      purchases: 0,
      handedOver: 0,
    })
    expect((await findUserDetails(world.services, someone.id)).lastSeenAt?.getTime()).toBeGreaterThan(
      now.getTime() - 60_000,
    )
    world.advance(31 * daySeconds)
    expect(await findUserDetails(world.services, someone.id)).toMatchObject({ sessions: 0, lastSeenAt: null })
  })
})
