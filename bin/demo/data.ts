import { type DemoCourse, lesson, markdown, preview } from './course'

export const dataCourses: DemoCourse[] = [
  {
    key: 'queries',
    title: 'SQL and MySQL: queries and indexes that stay fast',
    category: 'Databases',
    level: 'intermediate',
    priceRupees: 1799,
    picture: 'queries.webp',
    isPublished: true,
    outcomes: [
      'Read the output of EXPLAIN and know what to change',
      'Choose the columns of an index, and their order',
      'Use transactions and locks without surprises',
      'Change a large table while people use it',
    ],
    description: markdown(
      'A query that takes a millisecond on your laptop can take a minute in production, and the reason is nearly always the same: the database reads rows it did not need. This course teaches you to see that, with one shop database that grows from a hundred orders to ten million.',
      'We work in plain SQL on MySQL 8:',
      '- joins, grouping and window functions\n- B-tree indexes, covering indexes, `EXPLAIN ANALYZE`\n- isolation levels, `SELECT ... FOR UPDATE`, deadlocks\n- full-text search, and where it stops',
      'You should be able to write a `SELECT` with a `JOIN`. Nothing here needs a paid tool; most of it carries over to PostgreSQL, and I say where it does not.',
    ),
    chapters: [
      preview(
        'What an index does',
        'index.mp4',
        'Eight rows, then eight million. We count how many rows are read with and without an index, and why the second number hardly grows.',
      ),
      lesson(
        'Halving, and halving again',
        'binary-search.mp4',
        'A B-tree is binary search made for disks. Knowing how it walks explains why `LIKE "%phone"` cannot use it and `LIKE "phone%"` can.',
      ),
      lesson(
        'Reading EXPLAIN without fear',
        'loop.mp4',
        'Each line is a loop over rows. We read four plans together, find the loop that runs too often, and repair it with one index.',
        '```sql\nEXPLAIN ANALYZE\nSELECT id, total FROM orders\nWHERE customer_id = 42 ORDER BY placed_at DESC LIMIT 20;\n```',
      ),
      lesson(
        'The order of columns',
        'index.mp4',
        'An index on `(customer_id, placed_at)` answers questions about a customer, and about a customer in time, but not about time alone. We look at all three.',
      ),
      lesson(
        'Two people, one row',
        'request.mp4',
        'Two buyers want the last ticket. We try it with each isolation level, cause a deadlock on purpose, and settle it by locking rows in the same order everywhere.',
      ),
      lesson(
        'Changing a table that is in use',
        'straight-line.mp4',
        'Add, fill in small batches, switch, remove: four releases for one renamed column. It is slower than one brave `ALTER TABLE`, and nobody notices it.',
      ),
    ],
  },
  {
    key: 'tables',
    title: 'Honest data analysis with Python and pandas',
    category: 'Data Science',
    level: 'beginner',
    priceRupees: 999,
    picture: 'tables.webp',
    isPublished: true,
    outcomes: [
      'Load, clean and join tables with pandas',
      'Choose a chart that does not mislead',
      'Say how sure you are, in words and in numbers',
      'Write a notebook that someone else can run',
    ],
    description: markdown(
      'Ten years of rainfall, one city’s bus arrivals, and a survey with too many blank answers: three real-sized tables, three questions, and no tidy data anywhere. You learn pandas because you need it to answer something.',
      'For every question we do the same four things:',
      '1. look at the raw rows before any average\n2. clean, and write down what was thrown away\n3. draw it with `matplotlib`, axes from zero where it matters\n4. say what the data cannot tell',
      'Some Python helps (loops, functions, lists). There is no machine learning here; that is the next course.',
    ),
    chapters: [
      preview(
        'A loop you never have to write',
        'loop.mp4',
        'pandas works on whole columns. We compute the same sum with a `for` loop and with `df["rain_mm"].sum()`, compare the time, and see what the second one hides.',
      ),
      lesson(
        'Cleaning, and keeping a record of it',
        'binary-search.mp4',
        'Missing is not zero. We find the three ways in which this file says “nothing”, decide about each, and note how many rows every decision cost.',
      ),
      lesson(
        'Joining two tables that disagree',
        'index.mp4',
        'One file says “Bengaluru”, the other “Bangalore”. `merge(..., indicator=True)` shows who was left out before the totals quietly shrink.',
      ),
      lesson(
        'A line through the points',
        'straight-line.mp4',
        'Is rainfall falling? We fit a line, look at what it misses, and learn why ten years are too few to say so.',
      ),
    ],
  },
  {
    key: 'learning',
    title: 'Machine learning, beginning with a straight line',
    category: 'Machine Learning',
    level: 'intermediate',
    priceRupees: 2499,
    picture: 'learning.webp',
    isPublished: true,
    outcomes: [
      'Explain gradient descent with a pencil',
      'Split data so that the test means something',
      'Train a small neural network in PyTorch and read its curves',
      'Notice leakage, overfitting and unfair errors early',
    ],
    description: markdown(
      'Everything in this course grows out of one picture: points, a line, and the distance between them. From there we take small steps, to logistic regression, to trees, to a network with two hidden layers, and each step is there because the one before failed at something.',
      'You write the first two models by hand in NumPy, then the same in `scikit-learn` and PyTorch. A typical exercise:',
      '```python\nfor step in range(200):\n    error = X @ w - y\n    w -= rate * (X.T @ error) / len(y)\n```',
      'School mathematics is enough: slopes, averages, and no fear of a sum sign. All exercises run on a laptop without a graphics card. We do not train language models.',
    ),
    chapters: [
      preview(
        'Fitting a line to data',
        'straight-line.mp4',
        'Twelve points and a bad guess. We measure how bad it is, turn the line a little, and measure again; that is the whole of training, seen once without a formula.',
      ),
      preview(
        'Two hundred small steps',
        'loop.mp4',
        'The same thing as a loop in NumPy. Choose a step that is too large and watch the error climb instead of fall.',
      ),
      lesson(
        'The examination paper stays closed',
        'binary-search.mp4',
        'Training, validation and test data, and the four most common ways in which answers leak from one into the other.',
      ),
      lesson(
        'When a line will not do',
        'index.mp4',
        'Decision trees ask one question after another, like an index. We grow one too deep, prune it, and then let a hundred of them vote.',
      ),
      lesson(
        'Two hidden layers',
        'request.mp4',
        'Numbers travel forward through the network, blame travels back. We follow one example both ways, then let PyTorch do the arithmetic.',
      ),
      lesson(
        'Who is it wrong about?',
        'colour.mp4',
        'One accuracy figure hides whom the model fails. We split the errors by group, find a difference, and discuss what can and cannot be repaired with data.',
      ),
    ],
  },
  {
    key: 'curve',
    instructor: 'other-teacher@example.com',
    title: 'Statistics for curious people',
    category: 'Data Science',
    level: 'beginner',
    priceRupees: 0,
    picture: 'curve.webp',
    isPublished: true,
    outcomes: [
      'Choose between mean and median, and say why',
      'Read a confidence interval correctly',
      'Spot three common tricks in a newspaper chart',
    ],
    description: markdown(
      'Is the tea shop’s new kettle really faster? Did the city’s air get better, or was it just windy? Statistics is the craft of answering such questions without fooling yourself, and most of it needs no more than counting.',
      'Four lessons, four questions, one spreadsheet:',
      '- what is typical?\n- how much does it vary?\n- could it be chance?\n- what else could explain it?',
    ),
    chapters: [
      lesson(
        'What is typical?',
        'binary-search.mp4',
        'Sort the numbers and look in the middle: that is the median. We compare it with the mean on salaries, where the two tell very different stories.',
      ),
      lesson(
        'How much does it vary?',
        'straight-line.mp4',
        'The distance of each point from the average is not a nuisance, it is the second half of the answer. We draw it before we compute it.',
      ),
      lesson(
        'Could it be chance?',
        'loop.mp4',
        'Shuffle the labels a thousand times and see how often luck does as well. This is a permutation test, and it needs nothing but a loop.',
      ),
      lesson(
        'What else could explain it?',
        'colour.mp4',
        'Ice cream does not cause sunburn. We draw small diagrams of causes and find the question one should have asked at the start.',
      ),
    ],
  },
]
