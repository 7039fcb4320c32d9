import type { Category } from '../../src/models/catalogue/category'
import type { TeachCourse } from '../../src/models/teach/course'
import { paths } from '../../src/paths'
import { markdown } from '../../src/rules/markdown'
import { typedPrice } from '../../src/rules/teach/price'
import { Field, Select, TextArea } from '../parts/field'
import { Icon } from '../parts/icon'
import { Prose } from '../parts/text'
import { SaveForm } from './course-save-form'

export const courseFields = ['title', 'description', 'categoryId', 'price', 'level', 'outcomes'] as const
export type CourseField = (typeof courseFields)[number]

export interface CourseSettingProps {
  course: TeachCourse
  categories: Category[]
  field: CourseField
  /** What was typed instead of what is kept, and what is wrong with it. */
  typed?: string
  error?: string
  isSaved?: boolean
}

/** One thing to say of a course. */
export function CourseSetting(props: CourseSettingProps) {
  const { course, field, isSaved } = props
  return (
    <SaveForm name={field} action={paths.teachCourse(course.id)} isSaved={isSaved}>
      <Control {...props} />
      {field === 'description' ? <Preview text={course.description} isOpen={isSaved} /> : null}
    </SaveForm>
  )
}

function Control({ course, categories, field, typed, error }: CourseSettingProps) {
  const control = { name: field, error, autofocus: Boolean(error) || undefined }
  switch (field) {
    case 'title':
      return (
        <Field
          {...control}
          label="Title"
          value={typed ?? course.title}
          hint={addressHint(course)}
          maxlength={120}
          autocomplete="off"
          required
        />
      )
    case 'description':
      return (
        <TextArea
          {...control}
          label="Description"
          value={typed ?? course.description ?? ''}
          hint="What it is about and for whom. Markdown makes headings, lists, links and code."
          rows={8}
        />
      )
    case 'categoryId':
      return (
        <Select
          {...control}
          label="Category"
          options={categories.map(({ id, name }) => ({ value: id, label: name }))}
          value={typed ?? course.categoryId}
          placeholder="Not chosen yet"
        />
      )
    case 'price':
      return (
        <Field
          {...control}
          label="Price"
          value={typed ?? typedPrice(course.pricePaise)}
          hint="In rupees, such as 1499 or 1,499.50; 0 makes the course free."
          affix="₹"
          inputmode="decimal"
          autocomplete="off"
        />
      )
    case 'level':
      return (
        <Select
          {...control}
          label="Level"
          required={false}
          options={levels}
          value={typed ?? course.level}
          placeholder="For everyone"
        />
      )
    case 'outcomes':
      return (
        <TextArea
          {...control}
          label="Outcomes"
          required={false}
          value={typed ?? course.outcomes ?? ''}
          hint="What students can do afterwards, one a line."
          rows={4}
        />
      )
  }
}

const levels = [
  { value: 'beginner', label: 'Beginner' },
  { value: 'intermediate', label: 'Intermediate' },
  { value: 'advanced', label: 'Advanced' },
]

const addressHint = ({ slug, wasPublished }: TeachCourse) =>
  wasPublished
    ? `Its address stays ${paths.course(slug)}, so that links to it go on working.`
    : `Its address follows it until you publish: ${paths.course(slug)}`

/** The text as students will read it. */
export function Preview({ text, isOpen }: { text: string | null; isOpen?: boolean }) {
  if (!text) return null
  return (
    <details class="teach-preview" open={isOpen || undefined}>
      <summary>
        How students see it
        <Icon name="chevron-down" />
      </summary>
      <Prose html={markdown(text)} />
    </details>
  )
}
