import { and, eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { learner } from '../../../test/learner'
import type { Person } from '../../../test/people'
import { fileWorld } from '../../../test/world'
import { chapters, muxData, userProgress } from '../../db/schema'
import { paths } from '../../paths'

const world = fileWorld()

const kept = (student: Person, chapterId: string) =>
  world.services.db
    .select()
    .from(userProgress)
    .where(and(eq(userProgress.userId, student.id), eq(userProgress.chapterId, chapterId)))

describe('the position', () => {
  it('is kept in whole seconds within the video, and is where the player begins', async () => {
    const { student, owned, ids } = await learner(world)
    const [id] = ids
    for (const [sent, expected] of [
      ['12', 12],
      ['40.75', 40],
      ['0', 0],
      ['999999', 60],
      ['31.5', 31],
    ] as const) {
      const answer = await student.browser.post(paths.chapterPosition(owned.slug, id), { seconds: sent })
      expect(answer.status).toBe(204)
      expect((await kept(student, id))[0]?.positionSeconds).toBe(expected)
    }
    const { $ } = await student.browser.get(paths.chapter(owned.slug, id))
    expect($('mux-player').attr('start-time')).toBe('31')
    await student.browser.post(paths.chapterPosition(owned.slug, id), { seconds: '58' })
    const again = await student.browser.get(paths.chapter(owned.slug, id))
    expect(again.$('mux-player').attr('start-time')).toBeUndefined()
  })

  it('refuses nonsense and keeps what was there', async () => {
    const { student, owned, ids } = await learner(world)
    const path = paths.chapterPosition(owned.slug, ids[0])
    await student.browser.post(path, { seconds: '20' })
    for (const seconds of ['-1', 'ten', '', '1e3', 'NaN', 'Infinity', '0x10', '1,5', ' 5']) {
      expect((await student.browser.post(path, { seconds })).status, seconds).toBe(422)
    }
    expect((await student.browser.post(path)).status).toBe(422)
    const twice: [string, string][] = [
      ['seconds', '1'],
      ['seconds', '2'],
    ]
    expect((await student.browser.post(path, twice)).status).toBe(422)
    expect((await kept(student, ids[0]))[0]?.positionSeconds).toBe(20)
  })

  it('may come many times at once', async () => {
    const { student, owned, ids } = await learner(world)
    const all = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        index % 2
          ? student.browser.post(paths.chapterPosition(owned.slug, ids[0]), { seconds: '9' })
          : student.browser.post(paths.chapterProgress(owned.slug, ids[0]), { completed: 'on' }),
      ),
    )
    expect(new Set(all.map(({ status }) => status))).toEqual(new Set([204, 303]))
    expect(await kept(student, ids[0])).toMatchObject([{ isCompleted: true, positionSeconds: 9 }])
  })

  it('is kept of no video as its beginning', async () => {
    const { student, owned, ids } = await learner(world)
    await world.services.db.delete(muxData).where(eq(muxData.chapterId, ids[0]))
    const answer = await student.browser.post(paths.chapterPosition(owned.slug, ids[0]), { seconds: '5' })
    expect(answer.status).toBe(204)
    expect((await kept(student, ids[0]))[0]?.positionSeconds).toBe(0)
    const page = await student.browser.get(paths.chapter(owned.slug, ids[0]))
    expect(page.$('.player').text()).toContain('no video yet')
    expect((await student.browser.get(paths.chapterPlayer(owned.slug, ids[0]))).status).toBe(404)
  })

  it('is not taken from another site', async () => {
    const { student, owned, ids } = await learner(world)
    const headers = { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://elsewhere.example' }
    const answer = await student.browser.post(
      paths.chapterPosition(owned.slug, ids[0]),
      { seconds: '5' },
      headers,
    )
    expect(answer.status).toBe(403)
    expect(await kept(student, ids[0])).toEqual([])
  })
})

describe('marking a chapter', () => {
  it('works without scripts, back and forth', async () => {
    const { student, owned, ids } = await learner(world)
    const path = paths.chapter(owned.slug, ids[0])
    const mark = async () => {
      const { $ } = await student.browser.get(path)
      const form = $(`form[action="${paths.chapterProgress(owned.slug, ids[0])}"]`)
      const completed = form.find('input[name="completed"]').attr('value')
      const answer = await student.browser.post(form.attr('action') ?? '', completed ? { completed } : {})
      expect(answer).toMatchObject({ status: 303, location: path })
      return form.find('button').text()
    }
    expect(await mark()).toBe('Mark as complete')
    const done = await student.browser.get(path)
    expect(done.$('#chapter-progress').text()).toContain('33% complete')
    expect(done.$('#chapter-curriculum [data-state="completed"]').length).toBe(1)
    expect(await mark()).toBe('Mark as not complete')
    expect((await student.browser.get(path)).$('#chapter-progress').text()).toContain('0% complete')
  })

  it('gives htmx the part and the ticks, and not the player', async () => {
    const { student, owned, ids } = await learner(world)
    const answer = await student.browser.part.post(paths.chapterProgress(owned.slug, ids[1]), {
      completed: 'on',
    })
    expect(answer.status).toBe(200)
    expect(answer.$('#chapter-progress button').text()).toBe('Mark as not complete')
    expect(answer.$('hx-partial[hx-target="#chapter-curriculum"] #chapter-curriculum li').length).toBe(3)
    expect(answer.$('[data-state="completed"]').length).toBe(1)
    expect(answer.$('mux-player').length).toBe(0)
    expect(answer.trigger).toHaveProperty('announce')
  })

  it('reaches 100% only when every published chapter is completed', async () => {
    const { student, owned, ids } = await learner(world)
    const percent = async () =>
      (await student.browser.get(paths.chapter(owned.slug, ids[2]))).$('#chapter-progress .progress').text()
    const seen = []
    for (const id of ids) {
      await student.browser.post(paths.chapterProgress(owned.slug, id), { completed: 'on' })
      await student.browser.post(paths.chapterProgress(owned.slug, id), { completed: 'on' })
      seen.push(await percent())
    }
    expect(seen).toEqual(['33% complete', '66% complete', '100% complete'])
    await world.services.db.update(chapters).set({ isPublished: false }).where(eq(chapters.id, ids[0]))
    expect(await percent()).toBe('100% complete')
    await world.services.db.update(chapters).set({ isPublished: true }).where(eq(chapters.id, ids[0]))
    await student.browser.post(paths.chapterProgress(owned.slug, ids[0]))
    expect(await percent()).toBe('66% complete')
  })

  it('refuses what the form never sends', async () => {
    const { student, owned, ids } = await learner(world)
    const answer = await student.browser.post(paths.chapterProgress(owned.slug, ids[0]), {
      completed: 'maybe',
    })
    expect(answer.status).toBe(422)
    expect(await kept(student, ids[0])).toEqual([])
  })
})
