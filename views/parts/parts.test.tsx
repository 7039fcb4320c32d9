import { load } from 'cheerio'
import type { Child } from 'hono/jsx'
import { describe, expect, it } from 'vitest'
import type { CourseSummary } from '../../src/models/catalogue/course-summary'
import { CourseCard } from './course-card'
import { Cover } from './course-image'
import { Checkbox, Field, Select, TextArea } from './field'
import { Pagination } from './pagination'

const html = (part: Child) => load(String(part), null, false)

describe('form controls', () => {
  it('tie their label, hint and error to the control', () => {
    const $ = html(<Field label="Email" name="email" id="e" hint="Yours" error="Give an address" required />)
    expect($('label[for=e]').text()).toBe('Email')
    expect($('#e').attr('aria-describedby')).toBe('e-hint e-error')
    expect($('#e').attr('aria-invalid')).toBe('true')
    expect($('#e-error[role=alert]').text()).toBe('Give an address')
  })

  it('say nothing about errors when there are none', () => {
    const $ = html(
      <TextArea label="Description" name="description" required={false} value={'<two>\nlines'} />,
    )
    expect($('[aria-invalid], [role=alert], [aria-describedby], [required]').length).toBe(0)
    expect($('textarea').text()).toBe('<two>\nlines')
    expect($('label').text()).toBe('Description (optional)')
  })

  it('pass other attributes on to the control', () => {
    const $ = html(<Checkbox label="Free preview" name="isFree" checked hx-post="/x" />)
    expect($('input').attr('checked')).toBeDefined()
    expect($('input').attr('hx-post')).toBe('/x')
  })

  it('choose the present option', () => {
    const options = ['newest', 'popular'].map((value) => ({ value, label: value }))
    const $ = html(<Select label="Sort" name="sort" options={options} value="popular" placeholder="Any" />)
    expect($('option').length).toBe(3)
    expect($('option[selected]').attr('value')).toBe('popular')
  })
})

describe('pages of a list', () => {
  const pages = (page: number, last: number) =>
    html(<Pagination page={page} pages={last} href={(n) => `?page=${n}`} label="Courses" />)(
      '.pagination-page',
    )
      .toArray()
      .map((element) => load(element).text().replace('Page ', ''))

  it('show the ends, the neighbours and the gaps', () => {
    expect(pages(5, 9)).toEqual(['1', '…', '4', '5', '6', '…', '9'])
    expect(pages(1, 2)).toEqual(['1', '2'])
    expect(pages(1, 1)).toEqual([])
  })
})

describe('courses', () => {
  const course: CourseSummary = {
    id: 'cpp',
    title: 'C++ & <you>',
    slug: 'cpp',
    instructor: 'Asha',
    imageUrl: null,
    categoryName: 'Programming Languages',
    chapterCount: 1,
    durationSeconds: 260,
    pricePaise: 149_900,
    level: 'beginner',
    owned: null,
  }

  it('show their price until they are owned, then the progress', () => {
    expect(html(<CourseCard course={course} />).text()).toContain('₹1,499')
    const owned = html(<CourseCard course={{ ...course, owned: { percent: 50 } }} />).text()
    expect(owned).toContain('50% complete')
    expect(owned).toContain('Owned')
    expect(owned).not.toContain('₹')
  })

  it('have the same cover every time, another for another title, and no style attribute', () => {
    const cover = (title: string) => String(<Cover title={title} category="Business" />)
    expect(cover('A')).toBe(cover('A'))
    expect(cover('A')).not.toBe(cover('B'))
    expect(cover('A <script>')).not.toMatch(/<script|style=/)
  })

  it('cut long titles on the cover to three lines', () => {
    const $ = html(<Cover title={'A very long title about everything '.repeat(5)} category={null} />)
    expect($('text').length).toBe(3)
    expect($('text').last().text()).toMatch(/…$/)
  })
})
