import { type DemoCourse, lesson, markdown, preview, unfinished } from './course'

export const systemCourses: DemoCourse[] = [
  {
    key: 'search',
    title: 'Algorithms you will really use',
    category: 'Computer Science',
    level: 'beginner',
    priceRupees: 0,
    picture: 'search.webp',
    isPublished: true,
    outcomes: [
      'Tell from a loop how its time grows',
      'Write binary search without being off by one',
      'Choose between a list, a set, a map and a heap',
      'Recognise a graph when a problem hides one',
    ],
    description: markdown(
      'You will hardly ever write a sorting function at work, but you will choose a data structure every day. This course covers the handful of ideas that keep coming back: growth, order, hashing, trees and graphs. Each one is drawn first, then written in about twenty lines.',
      'Exercises are in Python, and small enough to do on paper:',
      '- find the first bad version out of a million\n- merge overlapping meetings in a calendar\n- plan the fewest changes between two metro stations',
      'No mathematics beyond powers of two. If you prepare for interviews this helps, but the aim is calmer decisions in ordinary code.',
    ),
    chapters: [
      lesson(
        'How work grows',
        'loop.mp4',
        'One loop, two loops side by side, one inside the other. We count steps for ten, a hundred and a thousand items and give the three shapes their names.',
      ),
      lesson(
        'Binary search, step by step',
        'binary-search.mp4',
        'Fifteen numbers, four looks. We write it with a half-open range, `low <= answer < high`, and see why that removes the usual off-by-one mistakes.',
      ),
      lesson(
        'Sets and maps: trading space for time',
        'index.mp4',
        'A hash turns a key into a place. We replace a slow search inside a loop with one dictionary, and look at what happens when two keys want the same place.',
      ),
      lesson(
        'Roads, stations and other graphs',
        'request.mp4',
        'Breadth-first search finds the shortest way when every step costs the same. We walk the Namma Metro map with a queue and a set of stations already seen.',
      ),
    ],
  },
  {
    key: 'containers',
    title: 'Docker and small servers: releases without drama',
    category: 'Cloud & DevOps',
    level: 'intermediate',
    priceRupees: 1799,
    picture: 'containers.webp',
    isPublished: true,
    outcomes: [
      'Write a Dockerfile that is small and builds fast',
      'Run an app, a database and a proxy on one server',
      'Release without downtime, and go back in a minute',
      'Restore a backup before you need to',
    ],
    description: markdown(
      'Many useful products fit on one server that costs less than a dinner. We take an ordinary Node app with MySQL, put it into containers, and run it on a single machine with certificates, backups and alerts. No cluster, no dashboard you need to babysit.',
      'In order of appearance:',
      '1. images, layers and why `COPY package.json` comes first\n2. `compose.yaml` with health checks\n3. a reverse proxy with certificates that renew themselves\n4. a release script of thirty lines, and a way back\n5. backups, and the afternoon on which we restore one',
      'You should feel at home in a Linux shell. Any provider will do; the course needs a machine with 2 GB of memory for a few days.',
    ),
    chapters: [
      preview(
        'The road of a request through your server',
        'request.mp4',
        'Name, proxy, container, database. We draw every stop before we install anything, and note for each what happens when it is down.',
      ),
      lesson(
        'Layers: what changes rarely comes first',
        'index.mp4',
        'Two Dockerfiles with the same lines in a different order: one builds in four seconds, the other in ninety. A multi-stage build then leaves the compilers behind.',
      ),
      lesson(
        'Health checks that tell the truth',
        'binary-search.mp4',
        'Alive is not ready. We write two endpoints, let Compose wait for the right one, and break the database to see who notices.',
      ),
      lesson(
        'Release, look, go back',
        'loop.mp4',
        'The new container starts beside the old one, answers a few questions, and only then gets visitors. Going back is the same script with yesterday’s tag.',
      ),
      lesson(
        'The restore rehearsal',
        'straight-line.mp4',
        'A backup nobody has restored is a hope. We lose the database on purpose, restore it on a second machine, and write down how long it took.',
      ),
    ],
  },
  {
    key: 'shield',
    title: 'Web security for people who ship',
    category: 'Cyber Security',
    level: 'advanced',
    priceRupees: 4999,
    picture: 'shield.webp',
    isPublished: true,
    outcomes: [
      'Draw a threat model in an hour that the team understands',
      'Prevent injection, XSS and CSRF by construction',
      'Build sessions, resets and sign-in with Google correctly',
      'Handle a report from outside with calm',
    ],
    description: markdown(
      'You do not need to become an attacker to build safe software, but you should see each attack once, on a machine that is yours. The practice app of this course has eleven holes. You find them, exploit them locally, close them, and leave a test behind that keeps them closed.',
      'The holes are ordinary ones:',
      '- a query glued together from strings\n- a comment that runs a script, stopped by escaping and a `Content-Security-Policy`\n- an invoice anyone can read by changing the number in its address\n- a reset link that never expires',
      'You should have built and released a web app. Everything happens on your own computer; attacking systems without permission is a crime and no part of this course.',
    ),
    chapters: [
      preview(
        'What could go wrong? A threat model in an hour',
        'request.mp4',
        'We follow a request and ask at every stop: who could read it, change it, repeat it, or pretend to be someone else? The answers become a list of ten lines.',
      ),
      lesson(
        'Injection, and why escaping by hand fails',
        'index.mp4',
        'A placeholder keeps data and commands apart: `WHERE email = ?`. We exploit the string version, replace it, and let a lint rule forbid it from then on.',
      ),
      lesson(
        'Scripts that are not yours',
        'loop.mp4',
        'Escape on output, always in the context where the text lands. Then a policy without `unsafe-inline` as the second net, tried first in report-only mode.',
      ),
      lesson(
        'Sessions, cookies and forged forms',
        'colour.mp4',
        '`HttpOnly`, `Secure`, `SameSite=Lax` and the `__Host-` prefix: what each prevents and what it does not. We forge a form from another site and see who refuses it.',
      ),
      lesson(
        'Whose invoice is this?',
        'binary-search.mp4',
        'Being signed in is not being allowed. We put the owner into the `WHERE` clause of every query and write a test that tries each route as each kind of person.',
      ),
      lesson(
        'The day somebody writes to you',
        'straight-line.mp4',
        'A `security.txt`, a kind first answer, a fix, a note to the people concerned. We rehearse it with a report that arrived on a Friday evening.',
      ),
    ],
  },
  {
    key: 'cluster',
    title: 'Kubernetes for small teams',
    category: 'Cloud & DevOps',
    level: 'advanced',
    priceRupees: null,
    picture: 'cluster.webp',
    isPublished: false,
    outcomes: ['Decide whether you need a cluster at all', 'Read any manifest and say what it will start'],
    description: markdown(
      'When one server is no longer enough, what comes next? We move the app of the Docker course to a three-node cluster, and measure what got better and what got harder.',
      '- pods, deployments and services\n- requests and limits that match reality\n- `kubectl` for the bad days',
    ),
    chapters: [
      preview(
        'Do you need this?',
        'straight-line.mp4',
        'Three questions about load, people and sleep. For two of the four teams we look at, the honest answer is no.',
      ),
      unfinished(
        'A pod, a deployment, a service',
        'request.mp4',
        'The three words behind everything else, with one manifest each.',
      ),
      unfinished('Requests and limits', null, 'Measure first, then write the numbers down.'),
    ],
  },
]
