import type { Category } from '../../src/models/catalogue/category'
import type { CourseCard as Course } from '../../src/models/catalogue/course-summary'
import { paths } from '../../src/paths'
import { Button, ButtonLink } from '../parts/button'
import { CourseCard } from '../parts/course-card'
import { Icon } from '../parts/icon'

interface Props {
  categories: Category[]
  popular: Course[]
  newest: Course[]
}

/** What this place promises, and the ways in. */
export function HomePage({ categories, popular, newest }: Props) {
  const shown = new Set(popular.map((course) => course.id))
  const fresh = newest.filter((course) => !shown.has(course.id)).slice(0, 3)
  return (
    <div class="wrap stack stack-large">
      <Hero />
      {categories.length > 0 ? <Categories categories={categories} /> : null}
      <Shelf
        id="popular"
        title="What others learn"
        courses={popular}
        href={paths.courses({ sort: 'popular' })}
      />
      <Shelf id="new" title="New" courses={fresh} href={paths.courses({ sort: 'newest' })} />
      <HowItWorks />
      <TeachWithUs />
    </div>
  )
}

function Hero() {
  return (
    <section class="hero">
      <h1>Learn from people who build it every day.</h1>
      <p class="lead measure soft">Short video lessons, free previews, and courses that stay yours.</p>
      <form
        class="hero-search"
        role="search"
        aria-label="Find a course"
        method="get"
        action={paths.courses()}
      >
        <label class="visually-hidden" for="home-search">
          What do you want to learn?
        </label>
        <input
          id="home-search"
          class="control"
          type="search"
          name="q"
          placeholder="What do you want to learn?"
          maxlength={100}
        />
        <Button kind="primary" large>
          Search
        </Button>
      </form>
    </section>
  )
}

function Categories({ categories }: Pick<Props, 'categories'>) {
  return (
    <section aria-labelledby="categories">
      <div class="section-head">
        <h2 id="categories">Browse by category</h2>
      </div>
      <ul class="chips">
        {categories.map(({ name, slug }) => (
          <li>
            <a class="chip" href={paths.courses({ category: slug })}>
              {name}
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Shelf({ id, title, courses, href }: { id: string; title: string; courses: Course[]; href: string }) {
  if (courses.length === 0) return null
  return (
    <section aria-labelledby={id}>
      <div class="section-head">
        <h2 id={id}>{title}</h2>
        <a href={href}>
          See all<span class="visually-hidden">: {title}</span>
        </a>
      </div>
      <ul class="grid">
        {courses.map((course) => (
          <li>
            <CourseCard course={course} />
          </li>
        ))}
      </ul>
    </section>
  )
}

const steps = [
  {
    icon: 'eye',
    title: 'Look before you pay',
    text: 'Every course shows its whole curriculum, and free previews play without an account.',
  },
  {
    icon: 'rupee',
    title: 'Pay once',
    text: 'UPI, card or net banking. No subscription: a course you buy stays in your library.',
  },
  {
    icon: 'play-circle',
    title: 'Go at your pace',
    text: 'Each lesson opens where you stopped, on any device, and ticks show how far you are.',
  },
] as const

function HowItWorks() {
  return (
    <section aria-labelledby="how">
      <div class="section-head">
        <h2 id="how">How it works</h2>
      </div>
      <ul class="columns">
        {steps.map(({ icon, title, text }) => (
          <li>
            <Icon name={icon} />
            <h3>{title}</h3>
            <p>{text}</p>
          </li>
        ))}
      </ul>
    </section>
  )
}

function TeachWithUs() {
  return (
    <section class="banner" aria-labelledby="teach">
      <div class="stack stack-small">
        <h2 id="teach">Teach what you know</h2>
        <p>
          Upload your lessons, set a price, publish when it is ready. You see every sale at the price really
          paid.
        </p>
      </div>
      <ButtonLink href={paths.teach()} large>
        Teach with us
      </ButtonLink>
    </section>
  )
}
