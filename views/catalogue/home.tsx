import type { Category } from '../../src/models/catalogue/category'
import type { CourseSummary } from '../../src/models/catalogue/course-summary'
import { paths } from '../../src/paths'
import { Button, ButtonLink } from '../parts/button'
import { CourseGrid } from '../parts/course-card'
import { Icon } from '../parts/icon'
import { Section } from '../parts/page-header'

interface Props {
  categories: Category[]
  popular: CourseSummary[]
  newest: CourseSummary[]
}

/** No course stands here twice: those that are popular are left out of the new ones. */
export function HomePage({ categories, popular, newest }: Props) {
  const shown = new Set(popular.map(({ id }) => id))
  const others = newest.filter(({ id }) => !shown.has(id)).slice(0, 3)
  return (
    <div class="wrap stack stack-large">
      <Hero />
      {categories.length > 0 ? <Categories categories={categories} /> : null}
      <Featured id="popular" title="Popular courses" courses={popular} sort="popular" />
      <Featured id="new" title="New courses" courses={others} sort="newest" />
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
    <Section id="categories" title="Browse by category">
      <ul class="chips">
        {categories.map(({ name, slug }) => (
          <li>
            <a class="chip" href={paths.courses({ category: slug })}>
              {name}
            </a>
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Featured({
  id,
  title,
  courses,
  sort,
}: {
  id: string
  title: string
  courses: CourseSummary[]
  sort: 'popular' | 'newest'
}) {
  if (courses.length === 0) return null
  const link = (
    <a href={paths.courses({ sort })}>
      See all<span class="visually-hidden">: {title}</span>
    </a>
  )
  return (
    <Section id={id} title={title} aside={link}>
      <CourseGrid courses={courses} />
    </Section>
  )
}

const steps = [
  {
    icon: 'eye',
    title: 'Try before you buy',
    text: 'Every course page shows the full curriculum, and free previews play without an account.',
  },
  {
    icon: 'rupee',
    title: 'Pay once',
    text: 'UPI, card or net banking. No subscription: a course you buy stays in your library.',
  },
  {
    icon: 'play-circle',
    title: 'Learn at your own pace',
    text: 'Lessons pick up where you left off, on any device, and you always see your progress.',
  },
] as const

function HowItWorks() {
  return (
    <Section id="how" title="How it works">
      <ul class="columns">
        {steps.map(({ icon, title, text }) => (
          <li>
            <Icon name={icon} />
            <h3>{title}</h3>
            <p>{text}</p>
          </li>
        ))}
      </ul>
    </Section>
  )
}

function TeachWithUs() {
  return (
    <section class="banner" aria-labelledby="teach">
      <div class="stack stack-small">
        <h2 id="teach">Teach what you know</h2>
        <p>
          Upload your lessons, set a price and publish when you are ready. You see every sale and what it
          earned.
        </p>
      </div>
      <ButtonLink href={paths.teach()} large>
        Teach with us
      </ButtonLink>
    </section>
  )
}
