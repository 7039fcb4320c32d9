import { load } from 'cheerio'
import { describe, expect, it } from 'vitest'
import { Layout, type LayoutProps } from './layout'
import type { User } from './parts/account-menu'

const props: LayoutProps = {
  title: 'Courses',
  siteName: 'CodeCrafters',
  user: null,
  theme: null,
  path: '/courses?q=c%2B%2B',
  assets: { css: '/assets/app.css', scripts: ['/assets/app.js'] },
}
const person: User = { name: '<b>Asha</b>', role: 'student', imageUrl: null }
const page = (over: Partial<LayoutProps> = {}) => load(String(<Layout {...props} {...over} />))

describe('the document around every page', () => {
  it('holds nothing a strict content security policy would block', () => {
    const $ = page({ user: { ...person, role: 'admin' }, notice: { kind: 'error', text: 'No' } })
    expect($('[style], style').length).toBe(0)
    expect($('script:not([src])').length).toBe(0)
    expect($('script').attr('src')).toBe('/assets/app.js')
  })

  it('uses no id twice', () => {
    const $ = page({ user: person })
    const ids = $('[id]')
      .toArray()
      .map((element) => $(element).attr('id'))
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('brings a visitor back to this page after signing in', () => {
    const $ = page()
    expect($('.site-account a').first().attr('href')).toBe('/sign-in?next=%2Fcourses%3Fq%3Dc%252B%252B')
    expect(page({ path: '/sign-up' })('.site-account a').first().attr('href')).toBe('/sign-in')
  })

  it('offers administration to administrators only', () => {
    expect(page({ user: person })('a[href="/admin"]').length).toBe(0)
    expect(page({ user: { ...person, role: 'admin' } })('a[href="/admin"]').length).toBe(1)
  })

  it('prints names as text', () => {
    expect(page({ user: person })('.account-name').text()).toBe('<b>Asha</b>')
  })

  it('signs out by a form, never by a link', () => {
    const $ = page({ user: person })
    expect($('form[action="/sign-out"]').attr('method')).toBe('post')
    expect($('a[href="/sign-out"]').length).toBe(0)
  })

  it('marks where one is and which colours are on', () => {
    const $ = page({ theme: 'dark' })
    expect($('.site-nav a[aria-current="page"]').text()).toBe('Courses')
    expect($('html').attr('data-theme')).toBe('dark')
    expect($('button[name=theme][aria-pressed=true]').attr('value')).toBe('dark')
    expect($('.theme-switch input[name=next]').attr('value')).toBe(props.path)
  })
})
