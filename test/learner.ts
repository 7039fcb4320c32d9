import { type Course, course, give, type Person, person } from './people'
import type { World } from './world'

/** A student with a course of three chapters of a minute each. */
export async function learner(
  world: World,
): Promise<{ student: Person; owned: Course; ids: [string, string, string] }> {
  const student = await person(world)
  const owned = await course(world, { chapters: 3 })
  await give(world, student, owned)
  const [one = '', two = '', three = ''] = owned.chapters.map(({ id }) => id)
  return { student, owned, ids: [one, two, three] }
}
