import * as z from 'zod'
import { isId } from '../../ids'
import { readPrice } from '../../rules/teach/price'
import { isVisible, oneLine } from '../account/fields'

export const Title = z
  .string('Enter a title.')
  .transform(oneLine)
  .pipe(z.string().refine(isVisible, 'Enter a title.').max(120, 'Use at most 120 characters.'))

const maxTextLength = 16_000
const lineBreaks = (text: string) => text.replace(/\r\n?/g, '\n')
const countCharacters = (text: string) => [...text].length

/** Browsers send line breaks as two characters; they count as one. */
export const Markdown = z
  .string('Enter a text.')
  .transform((typed) => lineBreaks(typed).trim())
  .pipe(
    z
      .string()
      .refine(
        (text) => countCharacters(text) <= maxTextLength,
        'Use at most 16,000 characters. Put longer texts into a file.',
      ),
  )
  .transform((text) => (isVisible(text) ? text : null))

export const CategoryId = z
  .string('Choose a category from the list.')
  .trim()
  .refine((id) => id === '' || isId(id), 'Choose a category from the list.')
  .transform((id) => id || null)

export const Price = z.string('Enter an amount such as 1499.').transform((typed, context) => {
  const price = readPrice(typed)
  if ('paise' in price) return price.paise
  context.addIssue(price.problem)
  return z.NEVER
})

export const Level = z
  .enum(['', 'beginner', 'intermediate', 'advanced'], 'Choose a level from the list.')
  .transform((level) => level || null)

const maxOutcomes = 20
const maxOutcomeLength = 200

export const Outcomes = z
  .string('Enter one outcome per line.')
  .transform((typed) => lineBreaks(typed).split('\n').map(oneLine).filter(isVisible))
  .pipe(
    z
      .array(z.string())
      .max(maxOutcomes, `Use at most ${maxOutcomes} lines.`)
      .refine(
        (lines) => lines.every((line) => countCharacters(line) <= maxOutcomeLength),
        `Use at most ${maxOutcomeLength} characters per line.`,
      ),
  )
  .transform((lines) => lines.join('\n') || null)

const oneOrMany = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat())

/** `on` or `off`: a ticked box follows a hidden `off`, and the last one counts. */
export const OnOff = oneOrMany
  .transform((values) => values.at(-1))
  .pipe(z.enum(['on', 'off'], 'Choose on or off.'))
  .transform((value) => value === 'on')

export const Several = oneOrMany.default([])
