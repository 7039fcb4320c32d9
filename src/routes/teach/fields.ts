import * as z from 'zod'
import { isId } from '../../ids'
import { readPrice } from '../../rules/teach/price'
import { isVisible, oneLine } from '../account/fields'

/** The fields of courses and chapters, with what each says when it cannot be taken. */
export const Title = z
  .string('Enter a title.')
  .transform(oneLine)
  .pipe(z.string().refine(isVisible, 'Enter a title.').max(120, 'Use at most 120 characters.'))

const longestText = 16_000
const lineBreaks = (text: string) => text.replace(/\r\n?/g, '\n')
const letters = (text: string) => [...text].length

/** Browsers send line breaks as two characters; they count as one. */
export const Markdown = z
  .string('Enter a text.')
  .transform((typed) => lineBreaks(typed).trim())
  .pipe(
    z
      .string()
      .refine(
        (text) => letters(text) <= longestText,
        'Use at most 16,000 characters. Longer texts fit into files.',
      ),
  )
  .transform((text) => (isVisible(text) ? text : null))

export const CategoryId = z
  .string('Choose a category of the list.')
  .trim()
  .refine((id) => id === '' || isId(id), 'Choose a category of the list.')
  .transform((id) => id || null)

export const Price = z.string('Enter an amount such as 1499.').transform((typed, context) => {
  const price = readPrice(typed)
  if ('paise' in price) return price.paise
  context.addIssue(price.problem)
  return z.NEVER
})

export const Level = z
  .enum(['', 'beginner', 'intermediate', 'advanced'], 'Choose a level of the list.')
  .transform((level) => level || null)

const mostOutcomes = 20
const longestOutcome = 200

export const Outcomes = z
  .string('Enter one outcome a line.')
  .transform((typed) => lineBreaks(typed).split('\n').map(oneLine).filter(isVisible))
  .pipe(
    z
      .array(z.string())
      .max(mostOutcomes, `Use at most ${mostOutcomes} lines.`)
      .refine(
        (lines) => lines.every((line) => letters(line) <= longestOutcome),
        `Use at most ${longestOutcome} characters a line.`,
      ),
  )
  .transform((lines) => lines.join('\n') || null)

const oneOrMany = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat())

/** `on` or `off`; a box that is ticked follows a hidden `off`, and the last word counts. */
export const OnOff = oneOrMany
  .transform((values) => values.at(-1))
  .pipe(z.enum(['on', 'off'], 'Choose on or off.'))
  .transform((value) => value === 'on')

/** A field that may come several times, in order. */
export const Several = oneOrMany.default([])
