/** One build, one environment for each program: window, desktop, browser host, command line. */
import { createHash } from 'node:crypto'
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { join, relative } from 'node:path'
import react from '@vitejs/plugin-react'
import { type EnvironmentOptions, type Plugin, defineConfig } from 'vite'
import { coreChecksum } from './src/main/core-checksum.ts'
import { ASSETS } from './src/main/engine/types.ts'
import { FACES } from './src/main/report/pdf/fonts.ts'
import { MANIFEST } from './src/main/software.ts'

const root = import.meta.dirname
const source = (path: string) => join(root, 'src', path)
const built = (folder: string) => join(root, 'out', folder)
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  version: string
}

/** In this order: a program's list of files also names those of the window it shows. */
const ENVIRONMENTS = ['client', 'preload', 'main', 'browser', 'cli'] as const
type Environment = (typeof ENVIRONMENTS)[number]

/** Folders that belong to a program beside its own. */
const BELONGS: Partial<Record<Environment, string[]>> = {
  main: ['renderer', 'preload'],
  browser: ['renderer'],
}

/** Puts the typefaces of the report beside the programs that write it. */
function fonts(): Plugin {
  return {
    name: 'fonts',
    applyToEnvironment: ({ name }) => ['main', 'browser', 'cli'].includes(name),
    generateBundle() {
      for (const name of Object.values(FACES)) {
        const source = readFileSync(join(root, 'assets/fonts', name))
        this.emitFile({ type: 'asset', fileName: `fonts/${name}`, source })
      }
    },
  }
}

/** Puts the WebAssembly of the readers of pictures beside the programs that read inputs. */
function wasm(): Plugin {
  return {
    name: 'wasm',
    applyToEnvironment: ({ name }) => ['main', 'browser', 'cli'].includes(name),
    generateBundle() {
      for (const [name, folder] of Object.entries(ASSETS)) {
        const source = readFileSync(join(root, 'node_modules', folder, name))
        this.emitFile({ type: 'asset', fileName: `wasm/${name}`, source })
      }
    },
  }
}

/** Writes the list of files that the program compares itself with. */
function manifest(): Plugin {
  return {
    name: 'manifest',
    applyToEnvironment: ({ name }) => ['main', 'browser', 'cli'].includes(name),
    writeBundle({ dir }) {
      if (dir === undefined) return
      const beside = BELONGS[this.environment.name as Environment] ?? []
      const files: Record<string, string> = {}
      for (const folder of [dir, ...beside.map(built)]) {
        for (const path of filesIn(folder)) {
          files[relative(dir, path).replaceAll('\\', '/')] = createHash('sha256')
            .update(readFileSync(path))
            .digest('hex')
        }
      }
      writeFileSync(join(dir, MANIFEST), `${JSON.stringify({ files }, null, 1)}\n`)
    },
  }
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== MANIFEST && !entry.name.endsWith('.map'))
    .map(({ parentPath, name }) => join(parentPath, name))
    .toSorted()
}

function nodeProgram(outDir: string, input: Record<string, string>): EnvironmentOptions {
  return {
    consumer: 'server',
    resolve: { noExternal: true },
    build: {
      ssr: true,
      outDir: built(outDir),
      emptyOutDir: true,
      target: 'node22',
      minify: false,
      sourcemap: true,
      copyPublicDir: false,
      rolldownOptions: {
        platform: 'node',
        input,
        external: [...builtinModules, /^node:/, 'electron', 'better-sqlite3'],
        output: { entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
      },
    },
  }
}

/** A sandboxed preload is one CommonJS file: it can neither be a module nor require files. */
function preload(): EnvironmentOptions {
  const program = nodeProgram('preload', { preload: source('main/hosts/electron/preload.ts') })
  return {
    ...program,
    build: {
      ...program.build,
      target: 'chrome140',
      rolldownOptions: {
        ...program.build?.rolldownOptions,
        output: { format: 'cjs', codeSplitting: false, entryFileNames: '[name].cjs' },
      },
    },
  }
}

export default defineConfig({
  root: source('renderer'),
  base: './',
  plugins: [react(), fonts(), wasm(), manifest()],
  define: {
    __VERSION__: JSON.stringify(version),
    __CORE_SHA256__: JSON.stringify(coreChecksum(root)),
  },
  builder: {
    async buildApp(builder) {
      for (const name of ENVIRONMENTS) {
        const environment = builder.environments[name]
        if (environment !== undefined) await builder.build(environment)
      }
    },
  },
  environments: {
    client: {
      build: {
        outDir: built('renderer'),
        emptyOutDir: true,
        // The same page is shown by Electron and by the browser of whoever has no Electron.
        target: ['chrome140', 'firefox140', 'safari18'],
        // The content security policy allows no data: addresses.
        assetsInlineLimit: 0,
        modulePreload: { polyfill: false },
        reportCompressedSize: false,
      },
    },
    preload: preload(),
    main: nodeProgram('main', {
      main: source('main/hosts/electron/main.ts'),
      utility: source('main/hosts/electron/utility.ts'),
      'register-worker': source('main/register-worker.ts'),
    }),
    browser: nodeProgram('browser', {
      main: source('main/hosts/loopback/main.ts'),
      worker: source('main/pool/worker.ts'),
      'register-worker': source('main/register-worker.ts'),
    }),
    cli: nodeProgram('cli', {
      eichlicht: source('main/hosts/cli/main.ts'),
      worker: source('main/pool/worker.ts'),
    }),
  },
})
