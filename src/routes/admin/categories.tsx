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
import { urls } from '../../urls'
import { leaveNotice } from '../../web/cookies'
import type { AppContext, Env } from '../../web/env'
import { type FormProblem, form } from '../../web/forms'
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
        categories={await listCategoryLines(c.get('services'))}
        name={problem?.values.name}
        error={problem?.errors.name}
      />
    ),
  })

const showOne = async (c: AppContext, id: string, problem?: FormProblem) => {
  const category = await findCategoryLine(c.get('services'), id)
  return show(c, {
    title: category.name,
    status: problem ? 422 : 200,
    page: <CategoryPage category={category} name={problem?.values.name} error={problem?.errors.name} />,
  })
}

export const adminCategories = new Hono<Env>()
  .get(urls.adminCategories, (c) => showAll(c))
  .post(urls.adminCategories, form(CategoryForm, showAll), async (c) => {
    const { name } = c.req.valid('form')
    const result = await addCategory(c.get('services'), name)
    if ('refusal' in result)
      return showAll(c, { values: { name }, errors: { name: refusals[result.refusal] } })
    leaveNotice(c, { kind: 'success', text: `${name} is a category now.` })
    return c.redirect(urls.adminCategories, 303)
  })
  .get('/admin/categories/:id', (c) => showOne(c, c.req.param('id')))
  .post(
    '/admin/categories/:id',
    form(CategoryForm, (c, problem) => showOne(c, c.req.param('id') ?? '', problem)),
    async (c) => {
      const id = c.req.param('id')
      const { name } = c.req.valid('form')
      const result = await renameCategory(c.get('services'), id, name)
      if ('refusal' in result) return showOne(c, id, { values: { name }, errors: { name: refusals.taken } })
      leaveNotice(c, { kind: 'success', text: `The category is called ${name} now.` })
      return c.redirect(urls.adminCategories, 303)
    },
  )
  .post('/admin/categories/:id/delete', async (c) => {
    const services = c.get('services')
    const result = await removeCategory(services, c.req.param('id'))
    if ('removed' in result) {
      leaveNotice(c, { kind: 'success', text: `The category ${result.removed} is removed.` })
      return go(c, urls.adminCategories)
    }
    const category = await findCategoryLine(services, c.req.param('id'))
    return show(c, {
      title: category.name,
      status: 409,
      page: <CategoryPage category={category} isRefused />,
      part: <CategoryRemoval category={category} isRefused />,
    })
  })
