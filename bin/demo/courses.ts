import type { DemoCourse } from './course'
import { craftCourses } from './craft'
import { dataCourses } from './data'
import { languageCourses } from './languages'
import { systemCourses } from './systems'
import { webCourses } from './web'

export const demoCategories: string[] = [
  'Web Development',
  'Data Science',
  'Mobile Development',
  'Machine Learning',
  'Cloud & DevOps',
  'Databases',
  'Computer Science',
  'Programming Languages',
  'UI/UX Design',
  'Game Development',
  'Cyber Security',
  'Business',
]

export const demoCourses: DemoCourse[] = [
  ...craftCourses,
  ...systemCourses,
  ...languageCourses,
  ...dataCourses,
  ...webCourses,
]

export function demoClip(name: string): URL {
  return new URL(`./clips/${name}`, import.meta.url)
}

export function demoPicture(name: string): URL {
  return new URL(`./pictures/${name}`, import.meta.url)
}
