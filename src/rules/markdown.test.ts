import { load } from 'cheerio'
import { describe, expect, it } from 'vitest'
import { firstSentence, markdown, plainText } from './markdown'

const tags = new Set(
  (
    'p br hr h3 h4 h5 h6 strong em b i del s sub sup kbd code pre blockquote ul ol li a ' +
    'table thead tbody tr th td dl dt dd'
  ).split(' '),
)
const attributes = new Set(['href', 'rel', 'title', 'start', 'align'])

/** Every element and attribute as a browser's parser sees them. */
function elements(html: string) {
  const $ = load(html, null, false)
  return $('*')
    .toArray()
    .flatMap((node) => ('attribs' in node ? [{ tag: node.name, attributes: node.attribs }] : []))
}

const attacks = [
  '<script>alert(1)</script>after',
  '<img src=x onerror=alert(1)>',
  '<a href="javascript:alert(1)">x</a>',
  '<a href="java\tscript:alert(1)">x</a>',
  '<a href="&#106;avascript&colon;alert(1)">x</a>',
  '<a href=\'jAvAsCrIpT:alert(1)\' HREF="data:text/html,x">x</a>',
  '[x](javascript:alert(1)) [y](data:text/html;base64,AAAA) [z](vbscript:x) ![p](javascript:alert(1))',
  '[x](<javascript:alert(1)>) <javascript:alert(1)>',
  '[ref]\n\n[ref]: javascript:alert(1)',
  '<p hx-get="/account" hx-trigger="load" data-hx-post="/x" x-data="{}" x-init="a()" @click="b()" :class="c" style="position:fixed" class="toast" id="main">x</p>',
  '<hx-partial hx-target="#main">x</hx-partial>',
  '<div hx-swap-oob="true" id="main">x</div>',
  '<template><p hx-get="/x">t</p></template>',
  '<svg><style><img src=x onerror=alert(1)></style></svg>',
  '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  '<form action="https://evil.example"><input name=password><button formaction=x>go</button></form>',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe><object data=x></object><embed src=x>',
  '<base href="https://evil.example/"><meta http-equiv=refresh content=0><link rel=stylesheet href=x>',
  '<a href="https://ok.example" target=_blank rel=opener onclick=alert(1) ping=x>x</a>',
  '<a/href="javascript:alert(1)"/title=x>x</a><p/onclick=alert(1)>',
  '<<script>script>alert(1)<</script>/script>',
  '<p title="a"onmouseover="alert(1)">',
  '<!-- <p> --!><img src=x onerror=alert(1)>',
  '<a title="x&quot; onmouseover=&quot;alert(1)" href="https://ok.example/&quot;onclick=&quot;x">x</a>',
  '```html" onclick="alert(1)\n<b onclick=x>\n```',
  '`<img src=x onerror=alert(1)>`',
  '<textarea></textarea><img src=x onerror=alert(1)>',
  '</main></body><h1>taken over</h1><title>x</title>',
  '[x](https://ok.example/" onclick="alert(1)) [y](https://ok.example "t\\" onclick=\\"x")',
]

describe('Markdown', () => {
  it('is set as paragraphs, lists, code, tables and headings below the page’s own', () => {
    const html = markdown(
      '# Top\n\nSome *words* and `code`.\n\n1. one\n2. two\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\n- [x] done',
    )
    const $ = load(html)
    expect($('h3').text()).toBe('Top')
    expect($('h1, h2').length).toBe(0)
    expect(markdown('## A\n\n### B\n\n> # C')).toMatch(/<h3>A<\/h3>\s*<h4>B<\/h4>/)
    expect(load(markdown('> # C\n\n- # D'))('h1, h2').length).toBe(0)
    expect($('em').text()).toBe('words')
    expect($('ol li').length).toBe(2)
    expect($('td').last().attr('align')).toBe('right')
    expect($('ul li').text()).toContain('☑')
  })

  it('keeps links to the web, to mail and to this site, and vouches for none', () => {
    const $ = load(
      markdown('[a](https://x.example/?p=1&q=2) [b](mailto:a@b.example) [c](/courses) https://y.example'),
    )
    const links = $('a').toArray()
    expect(links.map((link) => link.attribs.href)).toEqual([
      'https://x.example/?p=1&q=2',
      'mailto:a@b.example',
      '/courses',
      'https://y.example',
    ])
    for (const link of links) expect(link.attribs.rel).toBe('nofollow ugc noopener')
  })

  it('leaves nothing that a browser, htmx or Alpine would act on', () => {
    const nested = attacks.flatMap((one, i) =>
      attacks.map((two, j) => (i % 3 === j % 3 ? `> ${one} ${two}` : '')),
    )
    for (const text of [...attacks, ...nested.filter(Boolean)])
      for (const element of elements(markdown(text))) expectHarmless(element, text)
  })

  it('survives broken and enormous input', () => {
    for (const text of [
      '<',
      '<a',
      '<a href=',
      '['.repeat(5000),
      '*'.repeat(5000),
      '> '.repeat(2000),
      'x'.repeat(1e6),
    ])
      expect(markdown(text).length).toBeLessThan(1e6)
  })
})

function expectHarmless({ tag, attributes: given }: ReturnType<typeof elements>[number], text: string): void {
  expect(tags, `${tag} from ${text}`).toContain(tag)
  for (const [name, value] of Object.entries(given)) {
    expect(attributes, `${name} from ${text}`).toContain(name)
    if (name === 'href') expect(value, text).toMatch(/^(https?:\/\/|mailto:|\/[\w-])/i)
    if (name === 'rel') expect(value).toBe('nofollow ugc noopener')
  }
}

describe('the plain text of Markdown', () => {
  it('is one line without marks, cut between words', () => {
    expect(
      plainText('# Hello\n\n**Queues**, & _more_ <b>x</b>: [link](https://x.example).\n\n- a\n- b', 100),
    ).toBe('Queues, & more x: link. a b')
    const cut = plainText('word '.repeat(100), 50)
    expect(cut.length).toBeLessThanOrEqual(50)
    expect(cut).toMatch(/word…$/)
  })

  it('begins with what it promises', () => {
    expect(firstSentence('## About\n\nBuild a **real** queue from nothing. Then measure it.')).toBe(
      'Build a real queue from nothing.',
    )
    expect(firstSentence('हिन्दी में प्रोग्रामिंग सीखें। फिर लिखें।')).toBe('हिन्दी में प्रोग्रामिंग सीखें।')
    expect(firstSentence('No full stop')).toBe('No full stop')
    expect(firstSentence('')).toBe('')
  })
})
