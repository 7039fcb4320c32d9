import type { CategoryWithCounts } from '../../src/models/admin/categories'
import { paths } from '../../src/paths'
import { count } from '../../src/rules/format'
import { Button } from '../parts/button'
import { Card } from '../parts/card'
import { Field } from '../parts/field'
import { Table } from '../parts/table'
import { AdminHeader } from './header'

interface CategoriesProps {
  categories: CategoryWithCounts[]
  name?: string
  error?: string
}

export function CategoriesPage({ categories, name, error }: CategoriesProps) {
  return (
    <div class="wrap">
      <AdminHeader
        title="Categories"
        lead="How courses are grouped in the catalogue."
        at={paths.categories()}
      />
      <div class="split">
        {categories.length === 0 ? (
          <p class="soft">There are no categories yet. A course needs one before it can be published.</p>
        ) : (
          <Table
            caption="Categories"
            hideCaption
            columns={[{ label: 'Name' }, { label: 'Slug' }, { label: 'Courses' }]}
            rows={categories.map((category) => ({
              cells: [
                <a href={paths.category(category.id)}>{category.name}</a>,
                <code>{category.slug}</code>,
                coursesIn(category),
              ],
            }))}
          />
        )}
        <Card title="New category">
          <form class="form" method="post" action={paths.categories()} novalidate>
            <Field
              label="Name"
              name="name"
              value={name}
              error={error}
              maxlength={60}
              autocomplete="off"
              autofocus={Boolean(error) || undefined}
              required
            />
            <div class="form-actions">
              <Button kind="primary">Add category</Button>
            </div>
          </form>
        </Card>
      </div>
    </div>
  )
}

export const coursesIn = ({ courses, published }: CategoryWithCounts): string =>
  courses === 0 ? 'None' : `${count(courses, 'course')}, ${published} published`
