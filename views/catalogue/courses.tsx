import type { CatalogueResults } from '../../src/models/catalogue/catalogue'
import { paths } from '../../src/paths'
import type { CatalogueFilter } from '../../src/rules/catalogue/filter'
import { count } from '../../src/rules/format'
import { Button, ButtonLink } from '../parts/button'
import { EmptyState } from '../parts/card'
import { CourseGrid } from '../parts/course-card'
import { Field, Select } from '../parts/field'
import { PageHeader, Section } from '../parts/page-header'
import { Pagination } from '../parts/pagination'

interface Props {
  filter: CatalogueFilter
  results: CatalogueResults
}

export const catalogueTitle = ({ q, price }: CatalogueFilter, { category, page }: CatalogueResults) =>
  [
    q ? `“${q}”` : null,
    category ? `${category.name} courses` : price === 'free' ? 'Free courses' : 'Courses',
    page > 1 ? `page ${page}` : null,
  ]
    .filter(Boolean)
    .join(', ')

export function CoursesPage({ filter, results }: Props) {
  return (
    <div class="wrap stack">
      <PageHeader title="Courses" />
      <Filters filter={filter} results={results} />
      <Results filter={filter} results={results} />
    </div>
  )
}

function Filters({ filter, results }: Props) {
  return (
    <form
      class="filters"
      role="search"
      aria-label="Filter courses"
      method="get"
      action={paths.courses()}
      hx-get={paths.courses()}
      hx-target="#results"
      hx-swap="outerHTML"
      hx-trigger="input delay:200ms, submit"
      hx-sync="this:replace"
      hx-replace-url="true"
    >
      <div class="field-grow">
        <Field
          label="Search"
          name="q"
          type="search"
          value={filter.q}
          placeholder="Title, topic or tool"
          maxlength={100}
          autocomplete="off"
        />
      </div>
      <Button kind="primary">Search</Button>
      <Select
        label="Category"
        name="category"
        value={results.category?.slug}
        placeholder="All"
        options={results.categories.map(({ slug, name }) => ({ value: slug, label: name }))}
      />
      <Select
        label="Price"
        name="price"
        value={filter.price}
        placeholder="Free and paid"
        options={[
          { value: 'free', label: 'Free' },
          { value: 'paid', label: 'Paid' },
        ]}
      />
      <Select
        label="Sort by"
        name="sort"
        value={filter.sort}
        placeholder="Suggested"
        options={[
          { value: 'relevance', label: 'Best match' },
          { value: 'newest', label: 'Newest' },
          { value: 'popular', label: 'Most students' },
          { value: 'price', label: 'Lowest price' },
        ]}
      />
    </form>
  )
}

export function Results({ filter, results }: Props) {
  const { courses, page, pages, category, sort } = results
  const at = (to: number) =>
    paths.courses({ ...filter, category: category?.slug, sort: filter.sort && sort, page: to })
  return (
    <section id="results" class="stack" aria-label="Results">
      {courses.length > 0 ? (
        <Found filter={filter} results={results} />
      ) : (
        <Nothing filter={filter} results={results} />
      )}
      <Pagination page={page} pages={pages} href={at} label="Courses" />
    </section>
  )
}

function Found({ filter, results }: Props) {
  return (
    <>
      <p class="soft" role="status">
        {filter.q && !results.searched
          ? `“${filter.q}” has no words to search for, so all courses are shown. `
          : null}
        {results.more ? 'More than ' : ''}
        <strong>{count(results.count, 'course')}</strong>
        {narrowedBy(filter, results)}, {orders[results.sort]}
      </p>
      <CourseGrid courses={results.courses} heading="h2" />
    </>
  )
}

const orders = {
  relevance: 'best match first',
  newest: 'newest first',
  popular: 'most students first',
  price: 'lowest price first',
}

function narrowedBy({ q, price }: CatalogueFilter, { category, searched }: CatalogueResults): string {
  return [
    q && searched ? ` for “${q}”` : '',
    category ? ` in ${category.name}` : '',
    price === 'free' ? ' that are free' : price === 'paid' ? ' that are paid' : '',
  ].join('')
}

function Nothing({ filter, results }: Props) {
  const { category, suggestions } = results
  const wider = [
    category && { label: 'Search all categories', filter: { q: filter.q, price: filter.price } },
    filter.price && { label: 'Free and paid', filter: { q: filter.q, category: category?.slug } },
    filter.q && { label: 'Clear search', filter: { category: category?.slug, price: filter.price } },
  ].filter((way) => way !== null && way !== undefined && way !== '')
  if (wider.length === 0) {
    return (
      <EmptyState title="No courses yet" text="The first course appears here as soon as it is published." />
    )
  }
  return (
    <>
      <div role="status">
        <EmptyState
          icon="search"
          title={`No courses${narrowedBy(filter, results)}`}
          text={
            filter.q
              ? 'Check the spelling, try fewer or more general words, or remove a filter.'
              : 'Nothing matches these filters yet. Try removing one.'
          }
        >
          <div class="cluster">
            {wider.map(({ label, filter: wide }) => (
              <ButtonLink href={paths.courses(wide)}>{label}</ButtonLink>
            ))}
            {wider.length > 1 ? <ButtonLink href={paths.courses()}>All courses</ButtonLink> : null}
          </div>
        </EmptyState>
      </div>
      {suggestions.length > 0 ? (
        <Section id="suggestions" title="You might also like">
          <CourseGrid courses={suggestions} />
        </Section>
      ) : null}
    </>
  )
}
