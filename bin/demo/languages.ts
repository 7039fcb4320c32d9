import { type DemoCourse, lesson, markdown, preview } from './course'

export const languageCourses: DemoCourse[] = [
  {
    key: 'channels',
    title: 'Go for backend engineers: small programs, clear errors',
    category: 'Programming Languages',
    level: 'intermediate',
    priceRupees: 1999,
    picture: 'channels.webp',
    isPublished: true,
    outcomes: [
      'Structure a Go service without a framework',
      'Return, wrap and test errors on purpose',
      'Use goroutines and channels, and stop them again',
      'Find a slow spot with pprof',
    ],
    description: markdown(
      'Go is a small language with strong opinions. If you come from Java, Python or JavaScript, the syntax takes an afternoon and the habits take longer; this course is about the habits. We write a link shortener that grows into a service with a queue, a cache and graceful shutdown.',
      'Each chapter adds one thing and tests it:',
      '- errors as values: `fmt.Errorf("load %q: %w", id, err)`\n- `net/http` and `context.Context`, no router library\n- goroutines, channels, `sync.WaitGroup` and `go test -race`',
      'You should have written a backend in another language. Generics appear where they help, which is less often than you may expect.',
    ),
    chapters: [
      preview(
        'One kind of loop',
        'loop.mp4',
        'Go has only `for`. We write a tiny program, format it with `gofmt`, build it for three systems, and look at what is missing from the language on purpose.',
      ),
      lesson(
        'Errors are values',
        'binary-search.mp4',
        'An error is an answer, not an accident. We wrap it with what we were doing, ask for its kind with `errors.Is`, and show people a sentence they can use.',
      ),
      lesson(
        'An HTTP service with the standard library',
        'request.mp4',
        '`http.ServeMux` knows methods and path values since Go 1.22. We add timeouts on both sides and a `context` that ends when the visitor leaves.',
      ),
      lesson(
        'Goroutines that end',
        'index.mp4',
        'Starting one is two letters; ending one needs a plan. We write a worker pool, close the channel in exactly one place, and let the race detector look.',
      ),
      lesson(
        'Measuring before improving',
        'straight-line.mp4',
        'A benchmark, a profile, one change, the benchmark again. Two of our three guesses turn out to be wrong, which is a normal day.',
      ),
    ],
  },
  {
    key: 'cubes',
    title: 'Modern C++ without the fear',
    category: 'Programming Languages',
    level: 'advanced',
    priceRupees: 2999,
    picture: 'cubes.webp',
    isPublished: true,
    outcomes: [
      'Say who owns every object in your program',
      'Write C++20 with ranges, concepts and spans',
      'Use sanitizers until undefined behaviour has nowhere to hide',
      'Set up CMake so that a newcomer builds on the first day',
    ],
    description: markdown(
      'C++ has forty years of ways to do a thing. This course picks the ones that hold up well: values first, `std::unique_ptr` when a value will not do, and tools that catch what people miss. We write an image user that opens files far larger than memory.',
      'The compiler is our second instructor. Every exercise is built with',
      '```sh\ng++ -std=c++20 -Wall -Wextra -Werror -fsanitize=address,undefined\n```',
      'You should know C or an older C++ and have been bitten by a pointer at least once. Template metaprogramming is kept to what a reader of the standard library needs.',
    ),
    chapters: [
      preview(
        'Loops, ranges and what the compiler makes of them',
        'loop.mp4',
        'We write one sum four ways, from a plain index to `std::accumulate` over a filtered view, and read the assembly. Three of them turn into the same instructions.',
      ),
      lesson(
        'Who owns this?',
        'index.mp4',
        'A constructor takes, a destructor gives back. With that one rule files, locks and memory look the same, and `delete` disappears from your code.',
      ),
      lesson(
        'Moving instead of copying',
        'request.mp4',
        'What `std::move` does (nothing, it is a cast) and what the constructor behind it does. We count copies in the image cache and remove the last two.',
      ),
      lesson(
        'Concepts: errors a person can read',
        'binary-search.mp4',
        'We constrain our own binary search with `std::random_access_iterator` and compare the error message before and after: two hundred lines, then three.',
      ),
      lesson(
        'Undefined behaviour, caught in the act',
        'colour.mp4',
        'Five short programs that work by luck. We find each mistake with a sanitizer and keep the flags in the build for good.',
      ),
    ],
  },
  {
    key: 'pipeline',
    title: 'C# and .NET: a web API from first test to release',
    category: 'Programming Languages',
    level: 'intermediate',
    priceRupees: 1999,
    picture: 'pipeline.webp',
    isPublished: true,
    outcomes: [
      'Write minimal APIs in ASP.NET Core',
      'Model data with records and Entity Framework Core',
      'Test against a real database, not a mock',
      'Release a container with health checks and useful logs',
    ],
    description: markdown(
      'We build the booking service of a small clinic: appointments, reminders and a waiting list. It begins with a failing test and ends as a container that restarts cleanly. C# is the language, .NET 8 the platform, and we use what comes in the box before adding packages.',
      'Some of the ground we cover:',
      '- `record` types, pattern matching, nullable reference types\n- minimal APIs, validation, problem details\n- EF Core migrations that you read before you run them\n- structured logs with `ILogger`, health checks, graceful shutdown',
      'You should know an object-oriented language. Windows is not needed; I work on Linux throughout.',
    ),
    chapters: [
      preview(
        'A request meets ASP.NET Core',
        'request.mp4',
        'Middleware is a row of doors. We follow one request through all of them and write the smallest one that does something useful: a correlation id in every log line.',
      ),
      lesson(
        'Records, nulls and patterns',
        'loop.mp4',
        'With `<Nullable>enable</Nullable>` the compiler asks the questions a reviewer would. We model an appointment so that an impossible one cannot be built.',
      ),
      lesson(
        'EF Core, and the SQL behind it',
        'index.mp4',
        'We log every statement, find the loop that asks once per row, and replace it with one query and one index.',
      ),
      lesson(
        'Tests with a real database',
        'binary-search.mp4',
        'Each test gets its own schema and leaves nothing behind. It costs a second at the start and finds the mistakes a mock would have agreed with.',
      ),
    ],
  },
  {
    key: 'steps',
    title: 'हिंदी में प्रोग्रामिंग: Python की पहली सीढ़ी',
    category: 'Programming Languages',
    level: 'beginner',
    priceRupees: 0,
    picture: 'steps.webp',
    isPublished: true,
    outcomes: [
      'Python में छोटे प्रोग्राम लिखना और चलाना',
      'चर, शर्त और लूप को अपने शब्दों में समझाना',
      'ग़लती का संदेश पढ़कर उसे ठीक करना',
      'घर के ख़र्च का हिसाब रखने वाला प्रोग्राम बनाना',
    ],
    description: markdown(
      'यह कोर्स उनके लिए है जिन्होंने पहले कभी कोड नहीं लिखा। हम हिंदी में सोचेंगे और Python में लिखेंगे। अंग्रेज़ी के जो शब्द ज़रूरी हैं, जैसे `print`, `if` और `for`, उन्हें एक-एक करके समझेंगे।',
      'आप ये चीज़ें सीखेंगे:',
      '- प्रोग्राम क्या होता है और कंप्यूटर उसे कैसे चलाता है\n- चर (variables), सूची (lists) और लूप (loops)\n- फ़ंक्शन लिखना और ग़लतियाँ सुधारना',
      'An English note: the lessons are explained in Hindi, while code and error messages stay in English, as you will meet them at work. एक साधारण लैपटॉप काफ़ी है; मोबाइल पर भी शुरुआत हो सकती है।',
    ),
    chapters: [
      lesson(
        'पहला प्रोग्राम: नमस्ते, दुनिया',
        'request.mp4',
        'हम `print("नमस्ते, दुनिया")` लिखेंगे, चलाएँगे, और फिर जान-बूझकर एक ग़लती करेंगे, ताकि ग़लती का संदेश पहली बार आराम से पढ़ा जा सके।',
      ),
      lesson(
        'लूप: एक काम, कई बार',
        'loop.mp4',
        'एक से चार तक की संख्याओं का जोड़ पहले हाथ से, फिर `for` लूप से। हर चक्कर में `i` और `sum` का मान काग़ज़ पर लिखिए; यही आदत आगे बहुत काम आएगी।',
      ),
      lesson(
        'सूची में खोजना',
        'binary-search.mp4',
        'क्रम से लगी सूची में बीच से शुरू कीजिए: हर बार आधी सूची हट जाती है। हम यही तरीका शब्दकोश में शब्द ढूँढने से जोड़कर समझेंगे।',
      ),
      lesson(
        'घर के ख़र्च का हिसाब',
        'straight-line.mp4',
        'अब तक सीखी हर चीज़ एक छोटे प्रोग्राम में: ख़र्च लिखना, महीने का जोड़ निकालना और सबसे बड़ा ख़र्च पहचानना।',
      ),
    ],
  },
]
