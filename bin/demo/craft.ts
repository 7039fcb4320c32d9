import { type DemoCourse, lesson, markdown, preview, unfinished } from './course'

export const craftCourses: DemoCourse[] = [
  {
    key: 'contrast',
    title: 'UI/UX foundations: type, colour and contrast',
    category: 'UI/UX Design',
    level: 'beginner',
    priceRupees: 799,
    picture: 'contrast.webp',
    isPublished: true,
    outcomes: [
      'Set a readable page with two sizes and one weight',
      'Build a palette that works in light and dark',
      'Sketch three layouts before choosing one',
      'Test a screen with five people, and listen',
    ],
    description: markdown(
      'Good interfaces are mostly good typography, enough space, and words that say what will happen. We redesign one real form, an application for a library card, and keep every version so that you can see which change did the work.',
      'You will practise with:',
      '- a type scale you can count on one hand\n- colours in `oklch()`, where equal steps look equal\n- contrast of at least 4.5 to 1 for text, measured and not guessed\n- five short conversations with people who are not designers',
      'Pen and paper are enough for the first half. For the second I use Figma, but any drawing tool will do.',
    ),
    chapters: [
      preview(
        'Colour and contrast',
        'colour.mp4',
        'The same words on the same ground, and only the lightness moves. You will learn to feel where 4.5 to 1 lies, and to measure it all the same.',
      ),
      lesson(
        'Two sizes, one weight',
        'index.mp4',
        'We take everything away from the form but its words, then bring order back with size and space alone. Lines and boxes come last, and fewer of them than before.',
      ),
      lesson(
        'What people look for first',
        'binary-search.mp4',
        'Nobody reads a screen from top to bottom. We watch where eyes jump, and move the one important button there.',
      ),
      lesson(
        'Five conversations',
        'request.mp4',
        'How to ask without leading: “what would you do next?” instead of “is this button clear?”. We listen to one recorded test and count our own interruptions.',
      ),
    ],
  },
  {
    key: 'platforms',
    title: 'Game development: a platformer on a canvas',
    category: 'Game Development',
    level: 'beginner',
    priceRupees: 499,
    picture: 'platforms.webp',
    isPublished: true,
    outcomes: [
      'Write a game loop that runs alike on every screen',
      'Make a jump feel good, with numbers you can explain',
      'Collide with tiles without falling through the floor',
      'Finish a game of three levels and share it',
    ],
    description: markdown(
      'One square, gravity, and a few platforms: that is enough to learn how games work. We use JavaScript and a `<canvas>`, no engine, so that nothing is hidden. At the end you have three levels, sound, and a file you can send to a friend.',
      'We build it in this order:',
      '1. a loop with a fixed step and `requestAnimationFrame`\n2. a jump: velocity, gravity, and a little forgiveness at the edge\n3. tiles, collisions, coins\n4. levels as plain text that anyone can edit',
      'You should know variables, functions and `if`. Drawing talent is not needed; rectangles have charm.',
    ),
    chapters: [
      preview(
        'The loop behind every game',
        'loop.mp4',
        'Read the keys, move the world, draw it, sixty times a second. We find out why the square runs twice as fast on a 120 Hz screen and cure it with a fixed step.',
      ),
      lesson(
        'A jump that feels right',
        'straight-line.mp4',
        'Speed changes by the same amount each step, so the path is a curve. We tune height and time, then add “coyote time”: a tenth of a second of kindness after the edge.',
      ),
      lesson(
        'Solid ground',
        'index.mp4',
        'Which tiles touch the player? Not all two thousand need asking. We look up the four that can matter, first along one axis, then along the other.',
      ),
      lesson(
        'Colours that show what hurts',
        'colour.mp4',
        'Players must see in an instant what is ground, coin or spike, also those who see no red. Shape first, brightness second, hue third.',
      ),
      lesson(
        'Levels in a text file',
        'binary-search.mp4',
        'A `#` is a wall, an `o` is a coin. Your friends can now build levels, and some of them will be harder than yours.',
      ),
    ],
  },
  {
    key: 'ledger',
    title: 'Freelancing in India: pricing, proposals, getting paid',
    category: 'Business',
    level: 'beginner',
    priceRupees: 199,
    picture: 'ledger.webp',
    isPublished: true,
    outcomes: [
      'Work out the day rate you need, from your own numbers',
      'Write a two-page proposal with a clear end',
      'Send invoices that get paid, and remind without anger',
      'Know which questions to bring to an accountant',
    ],
    description: markdown(
      'You are good at your work; this short course is about the rest. We follow one designer in Kochi through her first year alone: what she charges, what she promises, what she writes when a client is late, and what she puts aside.',
      'Every lesson comes with a template you may change:',
      '- a rate sheet that begins with rent, leave and sick days\n- a proposal of two pages, with what is *not* included\n- an invoice, and three reminders from friendly to firm',
      'This is experience, not legal or tax advice. Rules on GST and income tax change; the last lesson lists what to ask a chartered accountant before the year ends.',
    ),
    chapters: [
      preview(
        'What a day must cost',
        'straight-line.mp4',
        'Add up a year of living, divide by the days you can really bill (it is fewer than 150), and look at the number without blinking.',
      ),
      lesson(
        'A proposal of two pages',
        'request.mp4',
        'Problem, result, price, end. We rewrite a proposal of nine pages and see that the client only ever asked about four sentences.',
      ),
      lesson(
        'Half now, half on delivery',
        'loop.mp4',
        'Payment in steps keeps both sides honest. We plan the steps, write the invoice, and prepare the three reminders before they are needed.',
      ),
      lesson(
        'Questions for the accountant',
        'index.mp4',
        'Registration, advance tax, money from abroad, what to keep and for how long: a list to take with you, so that the hour you pay for is well used.',
      ),
    ],
  },
  {
    key: 'offline',
    title: 'React Native apps that work offline',
    category: 'Mobile Development',
    level: 'intermediate',
    priceRupees: 1599,
    picture: 'offline.webp',
    isPublished: false,
    outcomes: ['Keep working in a tunnel', 'Merge changes made on two phones'],
    description: '',
    chapters: [
      unfinished(
        'A queue of things to send',
        'request.mp4',
        'Every change goes into a local table first and to the server when there is one.',
      ),
      unfinished('Two phones, one note', null, 'What to do when both sides have changed the same line.'),
    ],
  },
]
