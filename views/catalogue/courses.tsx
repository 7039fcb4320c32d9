import type { CatalogueFilter, CatalogueResults } from '../../src/models/catalogue/catalogue'
import { paths } from '../../src/paths'
import { count } from '../../src/rules/format'
import { Button, ButtonLink } from '../parts/button'
import { CourseCard } from '../parts/course-card'
import { EmptyState } from '../parts/empty-state'
import { Field } from '../parts/field'
import { PageHeader } from '../parts/page-header'
import { Pagination } from '../parts/pagination'
import { Select } from '../parts/select'

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

/** Search and filters above, what they found below. */
export function CoursesPage({ filter, results }: Props) {
  return (
    <div class="wrap stack">
      <PageHeader title="Courses" />
      <Filters filter={filter} results={results} />
      <Results filter={filter} results={results} />
    </div>
  )
}

/** A plain GET form; with scripts every change asks at once and the address follows. */
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

/** What was found; htmx puts it in place of the last. */
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
          ? `There is no word in “${filter.q}” to search for, so here is everything. `
          : null}
        {results.more ? 'More than ' : ''}
        <strong>{count(results.count, 'course')}</strong>
        {restOf(filter, results)}, {orders[results.sort]}
      </p>
      <ul class="grid">
        {results.courses.map((course) => (
          <li>
            <CourseCard course={course} heading="h2" />
          </li>
        ))}
      </ul>
    </>
  )
}

const orders = {
  relevance: 'best match first',
  newest: 'newest first',
  popular: 'those with most students first',
  price: 'lowest price first',
}

/** What narrows the list, in words: " for “sql” in Databases that cost nothing". */
function restOf({ q, price }: CatalogueFilter, { category, searched }: CatalogueResults): string {
  return [
    q && searched ? ` for “${q}”` : '',
    category ? ` in ${category.name}` : '',
    price === 'free' ? ' that are free' : price === 'paid' ? ' to buy' : '',
  ].join('')
}

function Nothing({ filter, results }: Props) {
  const { category, nearest } = results
  const wider = [
    category && { label: 'Search all categories', filter: { q: filter.q, price: filter.price } },
    filter.price && { label: 'Free and paid', filter: { q: filter.q, category: category?.slug } },
    filter.q && { label: 'Drop the words', filter: { category: category?.slug, price: filter.price } },
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
          title={`No courses${restOf(filter, results)}`}
          text={
            filter.q
              ? 'Check the spelling, use fewer or more general words, or look more widely.'
              : 'Nothing is published here yet. Look more widely.'
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
      {nearest.length > 0 ? (
        <section aria-labelledby="nearest">
          <div class="section-head">
            <h2 id="nearest">What comes nearest</h2>
          </div>
          <ul class="grid">
            {nearest.map((course) => (
              <li>
                <CourseCard course={course} />
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </>
  )
}
