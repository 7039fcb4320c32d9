import { paths } from '../src/paths'
import { ButtonLink } from './parts/button'

export interface ErrorPageProps {
  status: number
  title?: string
  message?: string
  next?: { href: string; label: string }
}

const home = { href: paths.home(), label: 'Go to the home page' }
const courses = { href: paths.courses(), label: 'Browse courses' }

const meanings: Record<number, Required<Omit<ErrorPageProps, 'status'>>> = {
  403: {
    title: 'You cannot do this',
    message:
      'Your account does not have permission to do this. Check that you are signed in to the right one.',
    next: home,
  },
  404: {
    title: 'This page does not exist',
    message: 'Check the link, or the page may have moved or been removed.',
    next: courses,
  },
  409: {
    title: 'Something changed in the meantime',
    message: 'This page was out of date. Go back, reload it and try again.',
    next: home,
  },
  422: {
    title: 'We could not read this form',
    message: 'Go back, check what you entered and try again.',
    next: home,
  },
  429: {
    title: 'Too many attempts',
    message: 'You have tried this too often. Wait a few minutes, then try again.',
    next: home,
  },
  500: {
    title: 'Something went wrong on our side',
    message: 'The error has been logged. Please try again in a moment.',
    next: home,
  },
  503: {
    title: 'This does not work right now',
    message: 'A service we depend on is not responding. Please try again in a few minutes.',
    next: home,
  },
}

export function ErrorPage({ status, title, message, next }: ErrorPageProps) {
  const meaning = meanings[status] ?? meanings[status < 500 ? 404 : 500]
  const link = next ?? meaning?.next ?? home
  return (
    <section class="wrap medium error-page">
      <p class="eyebrow numeric">Error {status}</p>
      <h1>{title ?? meaning?.title}</h1>
      <p class="lead soft" role="alert">
        {message ?? meaning?.message}
      </p>
      <ButtonLink href={link.href} kind="primary">
        {link.label}
      </ButtonLink>
    </section>
  )
}
