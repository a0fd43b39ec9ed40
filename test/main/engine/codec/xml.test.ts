import { describe, expect, test } from 'vitest'
import { SyntaxProblem } from '../../../../src/main/engine/codec/decode-error.ts'
import { DoctypeRefused, type XmlElement, readXml } from '../../../../src/main/engine/codec/xml.ts'
import { LIMITS } from '../../../../src/main/engine/limits.ts'

interface Seen {
  name: string
  attributes: Record<string, string>
  text: string
  path: string
}

function seen(text: string): Seen[] {
  const found: Seen[] = []
  readXml(text, {
    close: (element, content) =>
      found.push({
        name: element.name,
        attributes: { ...element.attributes },
        text: content,
        path: pathOf(element),
      }),
  })
  return found
}

function pathOf({ name, parent }: XmlElement): string {
  return parent === null ? name : `${pathOf(parent)}/${name}`
}

/** Text of the root element. */
const textOf = (xml: string) => seen(xml).at(-1)?.text

describe('elements', () => {
  test('are opened and closed in the order of the document', () => {
    const steps: string[] = []
    readXml('<a><b/><c>x<d/>y</c></a>', {
      open: ({ name }) => steps.push(`<${name}`),
      close: ({ name }, text) => steps.push(`${name}:${text}>`),
    })
    expect(steps).toEqual(['<a', '<b', 'b:>', '<c', '<d', 'd:>', 'c:xy>', 'a:>'])
  })

  test('know what they stand in', () => {
    expect(seen('<a><b><c/></b></a>').map(({ path }) => path)).toEqual(['a/b/c', 'a/b', 'a'])
  })

  test('are known by their local names, whatever the prefix', () => {
    const xml = '<v:values xmlns:v="u" xmlns="w"><v:value v:transactionId="7"/></v:values>'
    expect(seen(xml)).toMatchObject([
      { name: 'value', attributes: { transactionId: '7' } },
      { name: 'values', attributes: {} },
    ])
  })

  test('may use a prefix that nobody declared', () => {
    expect(seen('<x:a/>')).toMatchObject([{ name: 'a' }])
  })

  test('an attribute is not taken for something that JavaScript knows', () => {
    const [element] = seen('<a __proto__="x" constructor="y"/>')
    expect(Object.entries(element?.attributes ?? {})).toEqual([
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ])
  })
})

describe('character data', () => {
  test.each([
    ['<a>x &lt;&amp;&gt;&quot;&apos; y</a>', 'x <&>"\' y'],
    ['<a>&#228;&#xe4;&#x1F50C;</a>', 'ää🔌'],
    ['<a><![CDATA[<b>&amp;]]></a>', '<b>&amp;'],
    ['<a>1<![CDATA[2]]>3<!-- no -->4<?no no?>5</a>', '12345'],
    ['<a>1<b>no</b>2</a>', '12'],
    ['<a>x\r\ny</a>', 'x\ny'],
    ['<a><![CDATA[]]></a>', ''],
  ])('of %s is %j', (xml, text) => {
    expect(textOf(xml)).toBe(text)
  })

  test.each(['&euro;', '&#0;', '&#xd800;', '&#x110000;', '&#27;', '&x', '&;', '\u0001', '\uffff'])(
    'with %j is not well-formed',
    (text) => {
      expect(() => seen(`<a>${text}</a>`)).toThrow(SyntaxProblem)
    },
  )
})

describe('what is not well-formed', () => {
  test.each([
    '<a>',
    '<a></b>',
    '<a/><b/>',
    '</a>',
    '<a b="1" b="2"/>',
    '<a b=1/>',
    '<a><b></a></b>',
    'text',
    '',
    '<a',
    '<a>x',
    '<!-- -- --><a/>',
    '<a>]]></a>',
    '<a><![CDATA[x</a>',
    ' <?xml version="1.0"?><a/>',
  ])('%j is refused', (xml) => {
    expect(() => seen(xml)).toThrow(SyntaxProblem)
  })

  test('is refused near the place where it ends to be XML', () => {
    let offset = -1
    try {
      seen('<a>äöü</b>')
    } catch (problem) {
      offset = problem instanceof SyntaxProblem ? problem.offset : -2
    }
    expect(offset).toBeGreaterThanOrEqual(6)
    expect(offset).toBeLessThanOrEqual(10)
  })

  test('what stood before it has been seen', () => {
    const names: string[] = []
    const read = () => readXml('<a><b/><c/><', { close: ({ name }) => names.push(name) })
    expect(read).toThrow(SyntaxProblem)
    expect(names).toEqual(['b', 'c'])
  })
})

describe('document types are refused', () => {
  test.each([
    '<!DOCTYPE a><a/>',
    '<?xml version="1.0"?>\n<!-- x --><!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
    '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
    '<!DOCTYPE a [<!ENTITY x SYSTEM "http://example.org/">]><a>&x;</a>',
    '<!DOCTYPE a PUBLIC "x" "http://example.org/x.dtd"><a/>',
  ])('%s', (xml) => {
    expect(() => seen(xml)).toThrow(DoctypeRefused)
  })

  test('in lower case, or inside the document, there is no such thing', () => {
    expect(() => seen('<!doctype a><a/>')).toThrow(SyntaxProblem)
    expect(() => seen('<a><!DOCTYPE a></a>')).toThrow(Error)
    expect(() => seen('<a><!ENTITY x "y"></a>')).toThrow(SyntaxProblem)
  })

  test('in a comment or in CDATA it is text', () => {
    expect(textOf('<a><!-- <!DOCTYPE a> --><![CDATA[<!DOCTYPE a>]]></a>')).toBe('<!DOCTYPE a>')
  })
})

describe('limits', () => {
  const attributes = (count: number) =>
    Array.from({ length: count }, (_, index) => ` a${index}="x"`).join('')
  const nested = (depth: number) => '<a>'.repeat(depth) + '</a>'.repeat(depth)

  test.each([
    ['levels', nested(LIMITS.xmlDepth), nested(LIMITS.xmlDepth + 1)],
    [
      'attributes',
      `<a${attributes(LIMITS.xmlAttributes)}/>`,
      `<a${attributes(LIMITS.xmlAttributes + 1)}/>`,
    ],
  ])('of %s are kept', (name, most, more) => {
    expect(seen(most).length).toBeGreaterThan(0)
    expect(() => seen(more)).toThrow(
      expect.objectContaining({ limit: expect.stringContaining(name) }),
    )
  })

  test('of length are kept', () => {
    const long = `<a>${' '.repeat(LIMITS.xmlBytes)}</a>`
    expect(() => seen(long)).toThrow(expect.objectContaining({ limit: '16 MiB' }))
  })
})
