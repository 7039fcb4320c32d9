import type { CategoryWithCounts } from '../../src/models/admin/categories'
import { paths } from '../../src/paths'
import { count } from '../../src/rules/format'
import { Button } from '../parts/button'
import { Card } from '../parts/card'
import { Field } from '../parts/field'
import { Notice } from '../parts/notice'
import { Breadcrumbs, PageHeader } from '../parts/page-header'
import { coursesIn } from './categories'

interface CategoryProps {
  category: CategoryWithCounts
  name?: string
  error?: string
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
              hint={`Its slug stays ${category.slug}, so links to it keep working.`}
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
        <CategoryDeletion category={category} isRefused={isRefused} />
      </div>
    </div>
  )
}

export function CategoryDeletion({ category, isRefused }: Pick<CategoryProps, 'category' | 'isRefused'>) {
  const action = paths.categoryDelete(category.id)
  return (
    <Card title="Delete" id="deletion" danger>
      {isRefused ? (
        <Notice kind="error">
          {`This category has ${count(category.courses, 'course')}. Nothing was deleted.`}
        </Notice>
      ) : null}
      {category.courses > 0 ? (
        <p>
          {count(category.courses, 'course is', 'courses are')} in this category, so it cannot be deleted.
          Their instructors can choose another one.
        </p>
      ) : (
        <form
          class="form"
          method="post"
          action={action}
          hx-post={action}
          hx-target="#deletion"
          hx-swap="outerHTML"
          hx-sync="this:drop"
          hx-confirm={`The category ${category.name} will be deleted. Links to it stop working.`}
        >
          <p>This category has no courses.</p>
          <div class="form-actions">
            <Button kind="danger">Delete</Button>
          </div>
        </form>
      )}
    </Card>
  )
}
