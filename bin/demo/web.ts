import { type DemoCourse, lesson, markdown, preview } from './course'

export const webCourses: DemoCourse[] = [
  {
    key: 'hypermedia',
    title: 'Hypermedia apps with TypeScript, Hono and htmx',
    category: 'Web Development',
    level: 'intermediate',
    priceRupees: 1499,
    picture: 'hypermedia.webp',
    isPublished: true,
    outcomes: [
      'Build pages that work before any script has loaded',
      'Swap one part of a page with a few htmx attributes',
      'Validate every form on the server and give back what was typed',
      'Test a whole app with plain Request and Response objects',
    ],
    description: markdown(
      'Most pages need a little movement, not a second application in the browser. In this course we build a reading list that several people share, with HTML as the only thing that travels between server and browser. TypeScript checks the views, Hono carries the requests, and htmx replaces the parts that changed.',
      'You will write, in this order:',
      '- routes that read input, call one function and answer\n- JSX views that render on the server\n- forms that work without scripts, then get better with `hx-post` and `hx-target`\n- tests that call `app.request()` and never open a port',
      'You should know a little JavaScript and what a `<form>` does. We write no client-side state at all; if you need an editor with offline drafts, this is not the course for it.',
    ),
    chapters: [
      preview(
        'From address to page',
        'request.mp4',
        'Before we write a route we follow one request from the address bar to the database and back. Keep this picture in mind: every later lesson changes one stop on this road.',
      ),
      lesson(
        'Routes that read like a table of contents',
        'loop.mp4',
        'A handler makes three moves: read the input, call the model, answer. We write the first five routes of the reading list and keep each below fifteen lines.',
        'Look at `c.req.valid("form")` and note what it refuses.',
      ),
      lesson(
        'Forms that survive a mistake',
        'colour.mp4',
        'A wrong entry answers 422 with the same form, everything the person typed, and one sentence beside the field that says how to mend it.',
      ),
      preview(
        'One attribute at a time: hx-post and hx-target',
        'request.mp4',
        'We add htmx to a form that already works. The server sends back only the list, the browser puts it in place, and the page keeps its scroll position and focus.',
      ),
      lesson(
        'Lists, search and pages',
        'index.mp4',
        'Search as you type is a GET with a delay. We give the results an address of their own, so that the back button and a shared link work too.',
      ),
      lesson(
        'Tests without a browser, and two with one',
        'binary-search.mp4',
        'Nearly everything can be asked of `app.request()` in a few milliseconds. Then we write two journeys in a real browser, for the things only a browser can get wrong.',
      ),
    ],
  },
  {
    key: 'cafe',
    title: 'A café website from scratch: HTML and CSS',
    category: 'Web Development',
    level: 'beginner',
    priceRupees: 0,
    picture: 'cafe.webp',
    isPublished: true,
    outcomes: [
      'Write a page whose structure makes sense when read aloud',
      'Lay out a menu with grid and flexbox',
      'Make one design fit a phone and a wide screen',
      'Check contrast and keyboard use before you publish',
    ],
    description: markdown(
      'A small café in Pondicherry wants a website: opening hours, a menu, a map and a photograph of the crème caramel. That is all we build, and it is enough to learn HTML and CSS properly. We start with a naïve first version, see where it breaks, and repair it step by step.',
      'Along the way you meet:',
      '1. headings, lists and links that a screen reader can follow\n2. `display: grid` for the page, flexbox for the rows of the menu\n3. `clamp()` and `minmax()` instead of a pile of breakpoints',
      'You need a text editor and a browser, nothing else. The finished page is yours to keep, and it looks well on a résumé.',
    ),
    chapters: [
      lesson(
        'What happens when you open a page',
        'request.mp4',
        'A browser asks, a server answers with text, and the browser draws. We write the shortest page that is still correct and open it from disk.',
      ),
      lesson(
        'Words first: the structure of a menu',
        'index.mp4',
        'A menu is a list of sections, and each section is a list of dishes with prices. We mark it up with headings, `<ul>` and `<dl>` before a single colour is chosen.',
      ),
      lesson(
        'Grid for the page, flexbox for the row',
        'loop.mp4',
        'Grid divides space in two directions, flexbox in one. We use `repeat(auto-fill, minmax(16rem, 1fr))` and watch the cards find their own number of columns.',
      ),
      lesson(
        'Colour you can read in sunlight',
        'colour.mp4',
        'People read a menu outdoors. We measure contrast with the browser’s own tools, fix two colours, and add a dark scheme with `light-dark()`.',
      ),
    ],
  },
  {
    key: 'compose',
    title: 'Your first Android app with Kotlin and Jetpack Compose',
    category: 'Mobile Development',
    level: 'beginner',
    priceRupees: 1299,
    picture: 'compose.webp',
    isPublished: true,
    outcomes: [
      'Read and write everyday Kotlin',
      'Describe a screen as a function of its state',
      'Keep data in Room and survive a rotation',
      'Prepare a signed release for testers',
    ],
    description: markdown(
      'We build one app from an empty project to a signed release: a diary of bus and train rides that works without a network. Each lesson ends with something you can hold in your hand.',
      'What you will use:',
      '- **Kotlin**: data classes, null safety, `when`, coroutines\n- **Jetpack Compose**: state, lists, navigation, previews\n- **Room**: a small database on the phone',
      'Any laptop with 8 GB of memory will do; the emulator is slow on older machines, so a cheap phone and a cable are the better choice. You should have programmed a little in any language.',
    ),
    chapters: [
      preview(
        'Kotlin in one sitting',
        'loop.mp4',
        '`val`, `var`, functions, lists and loops: what you need to read the rest of the course. We run every example in a scratch file, not on the phone.',
      ),
      lesson(
        'A screen is a function',
        'colour.mp4',
        'Compose calls your function again whenever the state it read has changed. We draw the list of rides, then change one value and see what is drawn anew, and what is not.',
      ),
      lesson(
        'Remembering rides with Room',
        'index.mp4',
        'One entity, one DAO, one query sorted by date. We add an index when the list grows to ten thousand rows and compare the times.',
      ),
      lesson(
        'Asking a server for timetables',
        'request.mp4',
        'A coroutine waits for the answer while the screen stays alive. We plan for the tunnel: no network, a slow one, and an answer that makes no sense.',
      ),
      lesson(
        'A release you can hand to friends',
        'straight-line.mp4',
        'Signing keys, version numbers, and why the key belongs in two safe places. Then we send the app to three testers and read their first reports.',
      ),
    ],
  },
]
