import type { CategoryLine } from '../../src/models/admin/categories'
import { paths } from '../../src/paths'
import { count } from '../../src/rules/format'
import { Button } from '../parts/button'
import { Card } from '../parts/card'
import { Field } from '../parts/field'
import { Notice } from '../parts/notice'
import { Breadcrumbs, PageHeader } from '../parts/page-header'
import { coursesIn } from './categories'

export interface CategoryProps {
  category: CategoryLine
  /** What was typed instead of its name. */
  name?: string
  error?: string
  /** It was to be removed, and courses came in meanwhile. */
  isRefused?: boolean
}

export function CategoryPage({ category, name, error, isRefused }: CategoryProps) {
  return (
    <div class="wrap medium">
      <Breadcrumbs items={[{ href: paths.categories(), label: 'Categories' }]} />
      <PageHeader title={category.name} lead={`Courses: ${coursesIn(category)}.`} />
      <div class="stack">
        <Card title="Rename">
          <form class="form" method="post" action={paths.category(category.id)} novalidate>
            <Field
              label="Name"
              name="name"
              value={name ?? category.name}
              error={error}
              hint={`Its address keeps the word ${category.slug}, so that links to it go on working.`}
              maxlength={60}
              autocomplete="off"
              autofocus={Boolean(error) || undefined}
              required
            />
            <div class="form-actions">
              <Button kind="primary">Save</Button>
            </div>
          </form>
        </Card>
        <CategoryRemoval category={category} isRefused={isRefused} />
      </div>
    </div>
  )
}

/** Only an empty category goes away. */
export function CategoryRemoval({ category, isRefused }: Pick<CategoryProps, 'category' | 'isRefused'>) {
  const address = paths.categoryDelete(category.id)
  return (
    <Card title="Remove" id="removal" danger>
      {isRefused ? (
        <Notice kind="error">
          {`This category has ${count(category.courses, 'course')}. Nothing was removed.`}
        </Notice>
      ) : null}
      {category.courses > 0 ? (
        <p>
          {count(category.courses, 'course is', 'courses are')} in this category, so it cannot be removed. The
          instructors can choose another one.
        </p>
      ) : (
        <form
          class="form"
          method="post"
          action={address}
          hx-post={address}
          hx-target="#removal"
          hx-swap="outerHTML"
          hx-sync="this:drop"
          hx-confirm={`The category ${category.name} goes away, and its address with it.`}
        >
          <p>No course is in this category.</p>
          <div class="form-actions">
            <Button kind="danger">Delete</Button>
          </div>
        </form>
      )}
    </Card>
  )
}
