import type { Category } from '../../src/models/catalogue/category'
import type { TeachCourse } from '../../src/models/teach/course'
import { paths } from '../../src/paths'
import { typedPrice } from '../../src/rules/teach/price'
import { Card } from '../parts/card'
import { Setting } from './setting'

export const courseFields = ['title', 'description', 'categoryId', 'price', 'level', 'outcomes'] as const
export type CourseField = (typeof courseFields)[number]

export interface CourseSettingProps {
  course: TeachCourse
  categories: Category[]
  field: CourseField
  typed?: string
  error?: string
  isSaved?: boolean
}

export interface CourseSettingsProps extends Pick<CourseSettingProps, 'course' | 'categories'> {
  settings?: {
    values: Partial<Record<CourseField, string>>
    errors: Partial<Record<CourseField, string>>
  }
}

export function CourseSettings({ course, categories, settings }: CourseSettingsProps) {
  return (
    <Card title="About the course">
      {courseFields.map((field) => (
        <CourseSetting
          {...{ course, categories, field }}
          typed={settings?.values[field]}
          error={settings?.errors[field]}
        />
      ))}
    </Card>
  )
}

export function CourseSetting({ course, categories, field, typed, error, isSaved }: CourseSettingProps) {
  return (
    <Setting
      {...{ typed, error, isSaved }}
      {...content(course, categories)[field]}
      name={field}
      action={paths.teachCourse(course.id)}
    />
  )
}

const content = (
  course: TeachCourse,
  categories: Category[],
): Record<CourseField, Pick<Parameters<typeof Setting>[0], 'value' | 'hint' | 'options'>> => ({
  title: { value: course.title, hint: slugHint(course) },
  description: {
    value: course.description ?? '',
    hint: 'What the course is about and who it is for. Markdown makes headings, lists, links and code.',
  },
  categoryId: {
    value: course.categoryId ?? '',
    options: categories.map(({ id, name }) => ({ value: id, label: name })),
  },
  price: {
    value: typedPrice(course.pricePaise),
    hint: 'In rupees, such as 1499 or 1,499.50. Enter 0 for a free course.',
  },
  level: {
    value: course.level ?? '',
    options: [
      { value: 'beginner', label: 'Beginner' },
      { value: 'intermediate', label: 'Intermediate' },
      { value: 'advanced', label: 'Advanced' },
    ],
  },
  outcomes: {
    value: course.outcomes ?? '',
    hint: 'What students can do after the course, one outcome per line.',
  },
})

const slugHint = ({ slug, wasPublished }: TeachCourse) =>
  wasPublished
    ? `The link to the course stays ${paths.course(slug)}.`
    : `The link to the course follows the title until you publish: ${paths.course(slug)}`
