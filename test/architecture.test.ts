/**
 * Who may import whom (docs/decisions/0001, CONTRIBUTING.md), read from the imports themselves.
 */
import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '..')

interface Import {
  from: string
  /** Path in the project, or the name of a package. */
  to: string
  isPackage: boolean
  typeOnly: boolean
  /** Loaded when it is needed. */
  later: boolean
}

const STATEMENT =
  /^(?:import|export)\s+(type\s)?(?:[\w*{}\s,$]+?\sfrom\s+)?'([^'\n]+)'|\bimport\(\s*'([^'\n]+)'/gm

function sources(): string[] {
  return readdirSync(join(ROOT, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map(({ parentPath, name }) => relative(ROOT, join(parentPath, name)).replaceAll('\\', '/'))
    .toSorted()
}

function importsOf(path: string): Import[] {
  const code = readFileSync(join(ROOT, path), 'utf8')
  return [...code.matchAll(STATEMENT)].map((match) => {
    const name = match[2] ?? match[3] ?? ''
    const isPackage = !name.startsWith('.')
    const to = isPackage ? name : join(dirname(path), name).replaceAll('\\', '/')
    return {
      from: path,
      to,
      isPackage,
      typeOnly: match[1] !== undefined,
      later: match[3] !== undefined,
    }
  })
}

const FILES = sources()
const IMPORTS = FILES.flatMap(importsOf)

/** Folder or file, what it may import inside the project, and which packages. */
interface Room {
  inside: string
  may: readonly string[]
  packages: readonly RegExp[]
}

const NODE = /^node:/
const ENGINE = 'src/main/engine/'
const SHARED = 'src/shared/'

/** Packages the engine computes with; none of them knows Node, a disk or a network. */
const ENGINE_PACKAGES = [
  /^@noble\/(?:curves|hashes|post-quantum)\//,
  /^@peculiar\/asn1-(?:schema|x509)$/,
  /^saxes$/,
  /^fflate$/,
  /^postal-mime$/,
  /^pdfjs-dist\//,
  /^zxing-wasm\//,
  /^@jsquash\//,
]

const BELOW_HOSTS = ['key-store/', 'pool/', 'report/', 'engine/']

/** The first room a file belongs to holds. */
const ROOMS: readonly Room[] = [
  { inside: SHARED, may: [SHARED], packages: [] },
  {
    inside: 'src/renderer/',
    may: ['src/renderer/', SHARED],
    packages: [/^react$/, /^react-dom\/client$/],
  },
  {
    inside: `${ENGINE}codec/`,
    may: [`${ENGINE}codec/`, `${ENGINE}limits.ts`, SHARED],
    packages: ENGINE_PACKAGES,
  },
  { inside: ENGINE, may: [ENGINE, SHARED], packages: ENGINE_PACKAGES },
  {
    inside: 'src/main/report/',
    may: ['src/main/report/', 'src/main/software.ts', SHARED],
    packages: [/^pdf-lib$/, /^@pdf-lib\/fontkit$/, NODE],
  },
  {
    inside: 'src/main/key-store/',
    may: ['src/main/key-store/', ENGINE, SHARED],
    packages: [/^better-sqlite3$/, NODE],
  },
  {
    inside: 'src/main/native-backend.ts',
    may: [ENGINE, SHARED],
    packages: [NODE],
  },
  {
    inside: 'src/main/pool/',
    may: [
      'src/main/pool/',
      'src/main/key-store/',
      'src/main/native-backend.ts',
      'src/main/host-deps.ts',
      'src/main/assets.ts',
      'src/main/software.ts',
      'src/main/report/',
      ENGINE,
      SHARED,
    ],
    packages: [NODE],
  },
  ...['cli', 'electron', 'loopback'].map((host) => ({
    inside: `src/main/hosts/${host}/`,
    may: [
      `src/main/hosts/${host}/`,
      ...filesDirectlyIn('src/main/hosts'),
      ...filesDirectlyIn('src/main'),
      ...['handlers/', ...BELOW_HOSTS].map((room) => `src/main/${room}`),
      SHARED,
    ],
    packages: [NODE, ...(host === 'electron' ? [/^electron$/] : [])],
  })),
  {
    inside: 'src/main/hosts/',
    may: [...filesDirectlyIn('src/main/hosts'), 'src/main/key-store/folder.ts', ENGINE, SHARED],
    packages: [NODE],
  },
  // What wires the rooms together. Of hosts it knows what all of them offer.
  {
    inside: 'src/main/',
    may: [
      ...filesDirectlyIn('src/main'),
      'src/main/hosts/host-face.ts',
      ...['handlers/', ...BELOW_HOSTS].map((room) => `src/main/${room}`),
      SHARED,
    ],
    packages: [/^zod$/, NODE],
  },
]

function filesDirectlyIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => `${folder}/${name}`)
}

const show = ({ from, to }: Import) => `${from} → ${to}`
const isAsset = ({ to }: Import) => /\.(?:css|woff2|svg)$/.test(to)
const isIn = (path: string, place: string) =>
  place.endsWith('/') ? path.startsWith(place) : path === place

describe('the rooms of the house', () => {
  test('hold every source file', () => {
    expect(FILES.length).toBeGreaterThan(200)
    expect(FILES.filter((file) => !ROOMS.some(({ inside }) => isIn(file, inside)))).toEqual([])
  })

  test.each(ROOMS)('$inside imports only what it may', ({ inside, may, packages }) => {
    const first = (path: string) => ROOMS.find((room) => isIn(path, room.inside))?.inside
    const own = IMPORTS.filter(({ from }) => first(from) === inside)
    const forbidden = own.filter((one) =>
      one.isPackage
        ? !packages.some((allowed) => allowed.test(one.to))
        : !isAsset(one) && !may.some((place) => isIn(one.to, place)),
    )
    expect(forbidden.map(show)).toEqual([])
  })

  test('let no format know another', () => {
    const format = (path: string) => /^src\/main\/engine\/formats\/([^/]+)\//.exec(path)?.[1]
    const crossing = IMPORTS.filter(({ from, to }) => {
      const [own, other] = [format(from), format(to)]
      return own !== undefined && other !== undefined && own !== other
    })
    expect(crossing.map(show)).toEqual([])
  })

  test('let no stage of the pipe call a later one', () => {
    /** Stages in their order; each may use what stands before it. */
    const STAGES = ['codec', 'signature', 'formats', 'containers', 'sessions', 'rules', 'trust']
    const EARLIER: Record<string, readonly string[]> = {
      codec: STAGES.slice(1),
      signature: ['formats', 'containers', 'sessions', 'rules', 'trust'],
      formats: ['containers', 'sessions', 'rules', 'trust'],
      containers: ['sessions', 'rules', 'trust'],
      trust: ['formats', 'containers', 'sessions', 'rules'],
    }
    const stage = (path: string) => /^src\/main\/engine\/([^/]+)\//.exec(path)?.[1] ?? ''
    const back = IMPORTS.filter(({ from, to }) => EARLIER[stage(from)]?.includes(stage(to)))
    expect(back.map(show)).toEqual([])
  })

  test('have no circles, except of types and of what is loaded when it is needed', () => {
    const uses = Map.groupBy(
      IMPORTS.filter(({ isPackage, typeOnly, later }) => !isPackage && !typeOnly && !later),
      ({ from }) => from,
    )
    const done = new Set<string>()
    const circles: string[] = []
    const visit = (path: string, way: readonly string[]): void => {
      if (way.includes(path)) circles.push([...way.slice(way.indexOf(path)), path].join(' → '))
      if (done.has(path) || way.includes(path)) return
      for (const { to } of uses.get(path) ?? []) visit(to, [...way, path])
      done.add(path)
    }
    for (const file of FILES) visit(file, [])
    expect(circles).toEqual([])
  })
})

describe('the engine', () => {
  /** What depends on the machine, the place or the moment. */
  const IMPURE = [
    /\bDate\.now\b/,
    /\bnew Date\(\s*\)/,
    /\bIntl\b/,
    /\btoLocale\w+\(/,
    /\bparseFloat\b/,
    /\b(?<!async )fetch\(/,
    /\bconsole\./,
    /\bprocess\.(?:env|argv|cwd|exit|hrtime|memoryUsage|nextTick|platform|stdout)\b/,
    /\bglobalThis\b/,
    /\bMath\.random\b/,
    /\bperformance\.now\b/,
    /\bsetTimeout\b/,
  ]

  /** Pictures are measured in pixels, and their libraries ask for names a browser would have. */
  const PIXELS = /^src\/main\/engine\/containers\/(?:image|pdf)\//
  const OF_PIXELS = ['\\bparseFloat\\b', '\\bglobalThis\\b']

  test.each(IMPURE)('knows no %s', (pattern) => {
    const exempt = (file: string) => OF_PIXELS.includes(pattern.source) && PIXELS.test(file)
    const own = FILES.filter((file) => file.startsWith(ENGINE) && !exempt(file))
    const found = own.filter((file) =>
      pattern.test(withoutComments(readFileSync(join(ROOT, file), 'utf8'))),
    )
    expect(found).toEqual([])
  })

  const withoutComments = (code: string) =>
    code.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '')
})

test('no source draws markup from text', () => {
  const found = FILES.filter((file) =>
    /dangerouslySetInnerHTML|innerHTML|\beval\(|new Function\(/.test(
      readFileSync(join(ROOT, file), 'utf8'),
    ),
  )
  expect(found).toEqual([])
})
