import type { TeachChapter } from '../../src/models/teach/chapter'
import { paths } from '../../src/paths'
import { Checkbox, Field, TextArea } from '../parts/field'
import { SaveForm } from './course-save-form'
import { Preview } from './course-setting'

export const chapterFields = ['title', 'description', 'isFree'] as const
export type ChapterField = (typeof chapterFields)[number]

export interface ChapterSettingProps {
  chapter: TeachChapter
  field: ChapterField
  /** What was typed instead of what is kept, and what is wrong with it. */
  typed?: string
  error?: string
  isSaved?: boolean
}

/** One thing to say of a chapter. */
export function ChapterSetting(props: ChapterSettingProps) {
  const { chapter, field, isSaved } = props
  return (
    <SaveForm name={field} action={paths.teachChapter(chapter.course.id, chapter.id)} isSaved={isSaved}>
      <Control {...props} />
      {field === 'description' ? <Preview text={chapter.description} isOpen={isSaved} /> : null}
    </SaveForm>
  )
}

function Control({ chapter, field, typed, error }: ChapterSettingProps) {
  const control = { name: field, error, autofocus: Boolean(error) || undefined }
  switch (field) {
    case 'title':
      return (
        <Field
          {...control}
          label="Title"
          value={typed ?? chapter.title}
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
          value={typed ?? chapter.description ?? ''}
          hint="Stands below the video: notes, links, code. Markdown makes headings, lists and links."
          rows={8}
        />
      )
    case 'isFree':
      return (
        <>
          <input type="hidden" name="isFree" value="off" />
          <Checkbox
            {...control}
            label="Free preview"
            checked={chapter.isFree}
            hint="Everyone may watch this chapter, signed in or not."
          />
        </>
      )
  }
}
