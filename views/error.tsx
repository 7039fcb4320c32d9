import { paths } from '../src/paths'
import { ButtonLink } from './parts/button'

export interface ErrorPageProps {
  status: number
  /** A heading in a person's words; by default what the status means. */
  title?: string
  /** What happened and what to do, in a plain sentence; by default what the status means. */
  message?: string
  next?: { href: string; label: string }
}

const home = { href: paths.home(), label: 'Go to the home page' }
const courses = { href: paths.courses(), label: 'Browse courses' }

const meanings: Record<number, Required<Omit<ErrorPageProps, 'status'>>> = {
  403: {
    title: 'You cannot do this',
    message:
      'Your account is not allowed to do this. If you think it should be, sign in with the right account.',
    next: home,
  },
  404: {
    title: 'This page does not exist',
    message: 'The address may be mistyped, or what was here has moved or been removed.',
    next: courses,
  },
  409: {
    title: 'Something changed meanwhile',
    message: 'This page was out of date. Go back, reload it and try again.',
    next: home,
  },
  422: {
    title: 'We could not use what was sent',
    message: 'Go back, check what you entered and send it again.',
    next: home,
  },
  429: {
    title: 'Too many attempts',
    message: 'You tried this many times in a short while. Wait a few minutes, then try again.',
    next: home,
  },
  500: {
    title: 'Something went wrong on our side',
    message: 'We have noted the fault. Try again in a moment.',
    next: home,
  },
  503: {
    title: 'This does not work right now',
    message: 'A service we depend on does not answer. Try again in a few minutes.',
    next: home,
  },
}

/** What a person sees when a request fails; goes inside Layout. */
export function ErrorPage({ status, title, message, next }: ErrorPageProps) {
  const meaning = meanings[status] ?? meanings[status < 500 ? 404 : 500]
  const step = next ?? meaning?.next ?? home
  return (
    <section class="wrap medium error-page">
      <p class="eyebrow numeric">Error {status}</p>
      <h1>{title ?? meaning?.title}</h1>
      <p class="lead soft" role="alert">
        {message ?? meaning?.message}
      </p>
      <ButtonLink href={step.href} kind="primary">
        {step.label}
      </ButtonLink>
    </section>
  )
}
