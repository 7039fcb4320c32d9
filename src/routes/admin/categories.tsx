import { Hono } from 'hono'
import * as z from 'zod'
import { CategoriesPage } from '../../../views/admin/categories'
import { CategoryPage, CategoryRemoval } from '../../../views/admin/category'
import {
  addCategory,
  findCategoryLine,
  listCategoryLines,
  mostCategories,
  removeCategory,
  renameCategory,
} from '../../models/admin/categories'
import { paths } from '../../paths'
import { leaveNotice } from '../../web/cookies'
import type { AppContext, Env } from '../../web/env'
import { type FormProblem, form } from '../../web/forms'
import { on } from '../../web/guards'
import { go, show } from '../../web/html'
import { isVisible, oneLine } from '../account/fields'

const CategoryForm = z.object({
  name: z
    .string('Enter a name.')
    .transform(oneLine)
    .pipe(z.string().refine(isVisible, 'Enter a name.').max(60, 'Use at most 60 characters.')),
})
const refusals = {
  taken: 'There is a category of this name already. Choose another name.',
  full: `There are ${mostCategories} categories, and no more fit. Remove one that is empty first.`,
}

const showAll = async (c: AppContext, problem?: FormProblem) =>
  show(c, {
    title: 'Categories',
    status: problem ? 422 : 200,
    page: (
      <CategoriesPage
        categories={await listCategoryLines(c.var.services)}
        name={problem?.values.name}
        error={problem?.errors.name}
      />
    ),
  })

const showOne = async (c: AppContext, id: string, problem?: FormProblem) => {
  const category = await findCategoryLine(c.var.services, id)
  return show(c, {
    title: category.name,
    status: problem ? 422 : 200,
    page: <CategoryPage category={category} name={problem?.values.name} error={problem?.errors.name} />,
  })
}

export const adminCategories = new Hono<Env>()
  .get(...on(paths.categories), (c) => showAll(c))
  .post(...on(paths.categories), form(CategoryForm, showAll), async (c) => {
    const { name } = c.req.valid('form')
    const result = await addCategory(c.var.services, name)
    if ('refusal' in result)
      return showAll(c, { values: { name }, errors: { name: refusals[result.refusal] } })
    leaveNotice(c, { kind: 'success', text: `${name} is a category now.` })
    return c.redirect(paths.categories(), 303)
  })
  .get(...on(paths.category), (c) => showOne(c, c.req.param('categoryId')))
  .post(
    ...on(paths.category),
    form(CategoryForm, (c, problem) => showOne(c, c.req.param('categoryId') ?? '', problem)),
    async (c) => {
      const id = c.req.param('categoryId')
      const { name } = c.req.valid('form')
      const result = await renameCategory(c.var.services, id, name)
      if ('refusal' in result) return showOne(c, id, { values: { name }, errors: { name: refusals.taken } })
      leaveNotice(c, { kind: 'success', text: `The category is called ${name} now.` })
      return c.redirect(paths.categories(), 303)
    },
  )
  .post(...on(paths.categoryDelete), async (c) => {
    const services = c.var.services
    const result = await removeCategory(services, c.req.param('categoryId'))
    if ('removed' in result) {
      leaveNotice(c, { kind: 'success', text: `The category ${result.removed} is removed.` })
      return go(c, paths.categories())
    }
    const category = await findCategoryLine(services, c.req.param('categoryId'))
    return show(c, {
      title: category.name,
      status: 409,
      page: <CategoryPage category={category} isRefused />,
      part: <CategoryRemoval category={category} isRefused />,
    })
  })
