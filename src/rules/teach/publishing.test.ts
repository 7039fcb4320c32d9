import { describe, expect, it } from 'vitest'
import { courseNeeds, missingOfChapter, missingOfCourse, needsInWords } from './publishing'

const course = {
  title: 'Queues',
  description: 'What waits.',
  imageKey: 'picture',
  categoryId: 'category',
  pricePaise: 49_900,
  publishedChapters: 1,
}

describe('what a course needs to be published', () => {
  it('is there in a whole one, free ones too', () => {
    expect(missingOfCourse(course)).toEqual([])
    expect(missingOfCourse({ ...course, pricePaise: 0 })).toEqual([])
  })

  it.each([
    ['title', { title: '' }],
    ['title', { title: '  ' }],
    ['description', { description: null }],
    ['description', { description: ' \n' }],
    ['image', { imageKey: null }],
    ['category', { categoryId: null }],
    ['price', { pricePaise: null }],
    ['chapter', { publishedChapters: 0 }],
  ])('is named: %s', (need, change) => {
    expect(missingOfCourse({ ...course, ...change })).toEqual([need])
  })

  it('is named all at once, in the order of the page', () => {
    const bare = { description: null, imageKey: null, categoryId: null, pricePaise: null }
    expect(missingOfCourse({ title: '', ...bare, publishedChapters: 0 })).toEqual(courseNeeds)
  })
})

describe('what a chapter needs to be published', () => {
  it('is a title, a description and a video that is ready', () => {
    const whole = { title: 'One', description: 'About one.', hasVideo: true }
    expect(missingOfChapter(whole)).toEqual([])
    expect(missingOfChapter({ ...whole, hasVideo: false })).toEqual(['video'])
    expect(missingOfChapter({ title: '', description: null, hasVideo: false })).toEqual([
      'title',
      'description',
      'video',
    ])
  })
})

describe('what is missing', () => {
  it('is listed in words', () => {
    expect(needsInWords(['price'])).toBe('a price')
    expect(needsInWords(['image', 'price'])).toBe('an image and a price')
    expect(needsInWords(['image', 'price', 'chapter'])).toBe('an image, a price and a published chapter')
  })
})
