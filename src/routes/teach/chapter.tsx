import { Hono } from 'hono'
import * as z from 'zod'
import {
  type ChapterField,
  ChapterSetting,
  ChapterState,
  ChapterUpdates,
  chapterFields,
  courseUnpublishedText,
  keptText,
} from '../../../views/teach/chapter'
import { changeChapter, deleteChapter } from '../../models/teach/chapter'
import { paths } from '../../paths'
import type { Env } from '../../web/env'
import { type FormProblem, form } from '../../web/forms'
import { on } from '../../web/guards'
import type { GuardedContext } from '../../web/guards/found'
import { changed } from '../../web/html'
import { showChapter } from './chapter-page'
import { Markdown, OnOff, Title } from './fields'

const ChapterForm = z.object({
  title: Title.optional(),
  description: Markdown.optional(),
  isFree: OnOff.optional(),
})

const saved: Record<ChapterField, string> = {
  title: 'Title saved.',
  description: 'Description saved.',
  isFree: 'Free preview saved.',
}
const descriptionNeeded =
  'This chapter is published and needs a description. Unpublish it first to remove the description.'

export const teachChapter = new Hono<Env>()
  .get(...on(paths.teachChapter), (c) => showChapter(c))
  .post(...on(paths.teachChapter), form(ChapterForm, refuse), async (c) => {
    const { services, course, chapter } = c.var
    const change = c.req.valid('form')
    const outcome = await changeChapter(services, { course, chapter }, change)
    if (outcome === 'needed') return refuse(c, { values: {}, errors: { description: descriptionNeeded } })
    const field = chapterFields.find((name) => change[name] !== undefined)
    return changed(c, {
      notice: field ? saved[field] : 'Nothing to save.',
      isShown: true,
      to: paths.teachChapter(course.id, chapter.id),
      part: () =>
        showChapter(c, (props) => (
          <>
            <ChapterSetting {...props} field={field ?? 'title'} isSaved />
            <ChapterUpdates {...props} />
            <hx-partial hx-target="#chapter-state" hx-swap="outerHTML">
              <ChapterState {...props} />
            </hx-partial>
          </>
        )),
    })
  })
  .post(...on(paths.teachChapterDelete), async (c) => {
    const { services, course, chapter } = c.var
    const { keepers, courseUnpublished } = await deleteChapter(services, course, chapter)
    const text = keepers > 0 ? `The chapter is withdrawn. ${keptText(keepers)}` : 'The chapter is deleted.'
    const notice = courseUnpublished ? `${text} ${courseUnpublishedText}` : text
    return changed(c, { notice, to: paths.teachCourse(course.id) })
  })

function refuse(c: GuardedContext<'ownChapter'>, { values, errors }: FormProblem): Promise<Response> {
  const field = chapterFields.find((name) => name in errors) ?? 'title'
  return showChapter(
    c,
    (props) => (
      <ChapterSetting {...props} field={field} typed={values[field]} error={errors[field] ?? errors.form} />
    ),
    { status: 422, settings: { values, errors } },
  )
}
