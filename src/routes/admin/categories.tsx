import { Hono } from 'hono'
import * as z from 'zod'
import { CategoriesPage } from '../../../views/admin/categories'
import { CategoryDeletion, CategoryPage } from '../../../views/admin/category'
import {
  addCategory,
  deleteCategory,
  findCategory,
  listCategories,
  maxCategories,
  renameCategory,
} from '../../models/admin/categories'
import { paths } from '../../paths'
import type { Env } from '../../web/env'
import { type FormProblem, form } from '../../web/forms'
import { on } from '../../web/guards'
import type { GuardedContext } from '../../web/guards/found'
import { changed, show } from '../../web/html'
import { isVisible, oneLine } from '../account/fields'

const CategoryForm = z.object({
  name: z
    .string('Enter a name.')
    .transform(oneLine)
    .pipe(z.string().refine(isVisible, 'Enter a name.').max(60, 'Use at most 60 characters.')),
})
const refusals = {
  taken: 'There is already a category with this name. Choose another name.',
  full: `There can be at most ${maxCategories} categories. Delete an empty one first.`,
}
const refused = (name: string, refusal: keyof typeof refusals): FormProblem => ({
  values: { name },
  errors: { name: refusals[refusal] },
})

export const adminCategories = new Hono<Env>()
  .get(...on(paths.categories), (c) => showCategories(c))
  .post(...on(paths.categories), form(CategoryForm, showCategories), async (c) => {
    const { name } = c.req.valid('form')
    const result = await addCategory(c.var.services, c.var.user.id, name)
    if ('refusal' in result) return showCategories(c, refused(name, result.refusal))
    return changed(c, { notice: `Category ${name} added.`, to: paths.categories() })
  })
  .get(...on(paths.category), (c) => showCategory(c))
  .post(...on(paths.category), form(CategoryForm, showCategory), async (c) => {
    const { name } = c.req.valid('form')
    const result = await renameCategory(c.var.services, c.var.user.id, { id: c.var.category.id, name })
    if ('refusal' in result) return showCategory(c, refused(name, result.refusal))
    return changed(c, { notice: `Category renamed to ${name}.`, to: paths.categories() })
  })
  .post(...on(paths.categoryDelete), async (c) => {
    const { services, user } = c.var
    const { id } = c.var.category
    const result = await deleteCategory(services, user.id, id)
    if ('deleted' in result)
      return changed(c, { notice: `Category ${result.deleted} deleted.`, to: paths.categories() })
    const category = await findCategory(services, id)
    return show(c, {
      title: category.name,
      status: 409,
      page: <CategoryPage category={category} isRefused />,
      part: <CategoryDeletion category={category} isRefused />,
    })
  })

async function showCategories(c: GuardedContext<'admin'>, problem?: FormProblem): Promise<Response> {
  const categories = await listCategories(c.var.services)
  return show(c, {
    title: 'Categories',
    status: problem ? 422 : 200,
    page: <CategoriesPage {...{ categories }} name={problem?.values.name} error={problem?.errors.name} />,
  })
}

function showCategory(c: GuardedContext<'adminCategory'>, problem?: FormProblem): Promise<Response> {
  const { category } = c.var
  return show(c, {
    title: category.name,
    status: problem ? 422 : 200,
    page: <CategoryPage {...{ category }} name={problem?.values.name} error={problem?.errors.name} />,
  })
}
