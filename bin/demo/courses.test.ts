import { readFileSync, statSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { BufferSource, Input, MP4 } from 'mediabunny'
import { describe, expect, it } from 'vitest'
import { demoInstructor } from './course'
import { demoCategories, demoClip, demoCourses, demoPicture } from './courses'
import { demoEnrolment, demoPeople } from './people'

const published = demoCourses.filter((course) => course.isPublished)
const publishedByInstructor = published.filter((course) => !course.instructor)
const repeated = (values: unknown[]) => values.filter((value, at) => values.indexOf(value) !== at)

describe('the demo courses', () => {
  it('fill the catalogue with enough paid, free and unfinished courses', () => {
    expect(demoCourses.filter((course) => !course.instructor).length).toBeGreaterThanOrEqual(14)
    expect(publishedByInstructor.length).toBeGreaterThanOrEqual(10)
    expect(
      publishedByInstructor.filter((course) => Number(course.priceRupees) > 0).length,
    ).toBeGreaterThanOrEqual(6)
    expect(publishedByInstructor.filter((course) => course.priceRupees === 0).length).toBeGreaterThanOrEqual(
      3,
    )
    expect(demoCourses.filter((course) => !course.isPublished)).toHaveLength(2)
    expect(new Set(published.map((course) => course.category))).toEqual(new Set(demoCategories))
  })

  it('are told apart by key, title and picture', () => {
    for (const field of ['key', 'title', 'picture'] as const) {
      expect(repeated(demoCourses.map((course) => course[field]))).toEqual([])
    }
  })

  it('try the search with names that are hard to index', () => {
    const titles = demoCourses.map((course) => course.title)
    for (const word of [
      /C\+\+/,
      /C#/,
      /\.NET/,
      /\bGo\b/,
      /\p{Script=Devanagari}/u,
      /é/,
      /SQL/,
      /htmx/,
      /UI\/UX/,
    ]) {
      expect(
        titles.filter((title) => word.test(title)),
        String(word),
      ).not.toEqual([])
    }
  })

  it.each(demoCourses)('$key belongs to an instructor and a known category', (course) => {
    const owner = demoPeople.find((person) => person.email === (course.instructor ?? demoInstructor))
    expect(owner?.role).toBe('instructor')
    expect(demoCategories).toContain(course.category)
    expect(course.title.length).toBeLessThanOrEqual(120)
  })

  it.each(published)('$key has everything that publishing asks for', (course) => {
    const { priceRupees, chapters } = course
    expect(priceRupees === 0 || (Number(priceRupees) >= 199 && Number(priceRupees) <= 4999)).toBe(true)
    expect(course.description.split('\n\n').length).toBeGreaterThanOrEqual(3)
    expect(course.description).toMatch(/^(- |1\. |```)/m)
    expect(course.outcomes.length).toBeGreaterThanOrEqual(3)
    expect(repeated(chapters.map((chapter) => chapter.title))).toEqual([])
    const open = chapters.filter((chapter) => chapter.isPublished && chapter.clip && chapter.description)
    expect(open.length).toBeGreaterThanOrEqual(4)
    expect(open.length).toBeLessThanOrEqual(7)
    const previews = open.filter((chapter) => chapter.isFree).length
    if (priceRupees === 0) expect(previews).toBe(0)
    else expect([1, 2]).toContain(previews)
  })

  it.each(demoCourses.filter((course) => !course.isPublished))(
    '$key is a draft that lacks something',
    (course) => {
      const complete = course.description !== '' && course.priceRupees !== null
      expect(complete && course.chapters.some((chapter) => chapter.isPublished)).toBe(false)
    },
  )

  it('leave the student exactly half-way through a paid course', () => {
    const course = publishedByInstructor.find(({ key }) => key === demoEnrolment.course)
    expect(course?.priceRupees).toBeGreaterThan(0)
    expect(course?.chapters.filter((chapter) => chapter.isPublished)).toHaveLength(
      demoEnrolment.completedChapters * 2,
    )
    expect(demoPeople.find(({ email }) => email === demoEnrolment.student)?.role).toBe('student')
  })
})

describe('the demo pictures', () => {
  it.each(demoCourses)('$picture is a small WebP of 1280 by 720', ({ picture }) => {
    const bytes = readFileSync(demoPicture(picture))
    expect(bytes.length).toBeLessThanOrEqual(30_000)
    // The header of a lossy WebP: width and height are 14 bits each, from byte 26 on.
    expect(bytes.toString('latin1', 0, 4) + bytes.toString('latin1', 8, 16)).toBe('RIFFWEBPVP8 ')
    expect([bytes.readUInt16LE(26) & 0x3fff, bytes.readUInt16LE(28) & 0x3fff]).toEqual([1280, 720])
  })

  it('are all used', async () => {
    expect((await readdir(demoPicture('.'))).sort()).toEqual(
      demoCourses.map((course) => course.picture).sort(),
    )
  })
})

describe('the demo clips', async () => {
  const names = (await readdir(demoClip('.'))).sort()

  it('are all used, and no other is asked for', () => {
    const wanted = demoCourses.flatMap((course) => course.chapters.flatMap((chapter) => chapter.clip ?? []))
    expect([...new Set(wanted)].sort()).toEqual(names)
  })

  it('play in any browser, are small, and each has a length of its own', { timeout: 60_000 }, async () => {
    const lengths: number[] = []
    for (const name of names) {
      expect(statSync(demoClip(name)).size, name).toBeLessThanOrEqual(250_000)
      using input = new Input({ formats: [MP4], source: new BufferSource(readFileSync(demoClip(name))) })
      const video = await input.getPrimaryVideoTrack()
      const audio = await input.getPrimaryAudioTrack()
      expect([video?.codec, video?.displayWidth, video?.displayHeight], name).toEqual(['avc', 640, 360])
      expect([audio?.codec, audio?.numberOfChannels], name).toEqual(['aac', 2])
      lengths.push(Math.round(await input.computeDuration()))
    }
    expect(Math.min(...lengths)).toBeGreaterThanOrEqual(8)
    expect(Math.max(...lengths)).toBeLessThanOrEqual(24)
    expect(repeated(lengths)).toEqual([])
  })
})
