import type { TeachCourse } from '../../src/models/teach/course'
import { paths } from '../../src/paths'
import { type CourseNeed, courseNeeds, needsInWords } from '../../src/rules/teach/publishing'
import { Button, ButtonLink } from '../parts/button'
import { Card } from '../parts/card'
import { Icon } from '../parts/icon'
import { Notice } from '../parts/notice'
import { Badge } from '../parts/text'

export interface CourseStateProps {
  course: TeachCourse
  /** It was to be published and is not whole. */
  isRefused?: boolean
}

const needs: Record<CourseNeed, { label: string; control: string }> = {
  title: { label: 'Title', control: 'title' },
  description: { label: 'Description', control: 'description' },
  image: { label: 'Image', control: 'picture' },
  category: { label: 'Category', control: 'categoryId' },
  price: { label: 'Price', control: 'price' },
  chapter: { label: 'Published chapter', control: 'chapters' },
}

/** What is there and what is missing, and the way on sale or off it. */
export function CourseState({ course, isRefused }: CourseStateProps) {
  return (
    <Card title={course.isPublished ? 'On sale' : 'Before it goes on sale'} id="course-state">
      <Checklist
        items={courseNeeds.map((need) => ({ ...needs[need], isDone: !course.missing.includes(need) }))}
      />
      {isRefused && course.missing.length > 0 ? (
        <Notice kind="error">This course still needs {needsInWords(course.missing)}.</Notice>
      ) : null}
      <Publication
        isPublished={course.isPublished}
        target="#course-state"
        publish={paths.teachPublication(course.id)}
        unpublish={paths.teachPublicationDelete(course.id)}
        warning="Nobody new can find or buy it. Students who have it keep it."
      />
      {course.isPublished ? (
        <ButtonLink kind="quiet" href={paths.course(course.slug)}>
          <Icon name="external" />
          See it in the shop
        </ButtonLink>
      ) : null}
    </Card>
  )
}

export function Checklist({ items }: { items: { label: string; control: string; isDone: boolean }[] }) {
  return (
    <ul class="checklist">
      {items.map(({ label, control, isDone }) => (
        <li data-done={isDone ? 'true' : 'false'}>
          <Icon name={isDone ? 'check-circle' : 'alert'} />
          {isDone ? (
            <span>
              {label}
              <span class="visually-hidden"> is there</span>
            </span>
          ) : (
            <span>
              <a href={`#${control}`}>{label}</a> is missing
            </span>
          )}
        </li>
      ))}
    </ul>
  )
}

export interface PublicationProps {
  isPublished: boolean
  /** What the answer takes the place of. */
  target: string
  publish: string
  unpublish: string
  /** Asked before it is unpublished. */
  warning: string
}

export function Publication({ isPublished, target, publish, unpublish, warning }: PublicationProps) {
  const action = isPublished ? unpublish : publish
  return (
    <form
      method="post"
      action={action}
      hx-post={action}
      hx-target={target}
      hx-swap="outerHTML"
      hx-sync="this:drop"
      hx-confirm={isPublished ? warning : undefined}
    >
      <Button id="publication" kind={isPublished ? 'secondary' : 'primary'} wide>
        {isPublished ? 'Unpublish' : 'Publish'}
      </Button>
    </form>
  )
}

export const PublicationBadge = ({ isPublished }: { isPublished: boolean }) =>
  isPublished ? <Badge kind="success">Published</Badge> : <Badge>Draft</Badge>
