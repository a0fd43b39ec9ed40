/** One build, one environment for each program: command line, later window and browser host. */
import { createHash } from 'node:crypto'
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { join } from 'node:path'
import { type Plugin, defineConfig } from 'vite'
import { coreChecksum } from './src/main/core-checksum.ts'
import { FACES } from './src/main/report/pdf/fonts.ts'
import { MANIFEST } from './src/main/software.ts'

const root = import.meta.dirname
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  version: string
}

/** Puts the typefaces of the report beside the programs that write it. */
function fonts(): Plugin {
  return {
    name: 'fonts',
    generateBundle() {
      for (const name of Object.values(FACES)) {
        const source = readFileSync(join(root, 'assets/fonts', name))
        this.emitFile({ type: 'asset', fileName: `fonts/${name}`, source })
      }
    },
  }
}

/** Writes the list of files that the program compares itself with. */
function manifest(): Plugin {
  return {
    name: 'manifest',
    writeBundle({ dir }) {
      if (dir === undefined) return
      const files: Record<string, string> = {}
      for (const entry of readdirSync(dir, { recursive: true, encoding: 'utf8' }).toSorted()) {
        const name = entry.replaceAll('\\', '/')
        if (name === MANIFEST || name === 'fonts' || name.endsWith('.map')) continue
        files[name] = createHash('sha256')
          .update(readFileSync(join(dir, name)))
          .digest('hex')
      }
      writeFileSync(join(dir, MANIFEST), `${JSON.stringify({ files }, null, 1)}\n`)
    },
  }
}

function nodeProgram(outDir: string, input: Record<string, string>) {
  return {
    consumer: 'server' as const,
    resolve: { noExternal: true as const },
    build: {
      ssr: true,
      outDir: join(root, 'out', outDir),
      emptyOutDir: true,
      target: 'node22',
      minify: false,
      sourcemap: true,
      copyPublicDir: false,
      rolldownOptions: {
        platform: 'node' as const,
        input,
        external: [...builtinModules, /^node:/, 'electron', 'better-sqlite3'],
        output: { entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
      },
    },
  }
}

export default defineConfig({
  root: join(root, 'src/renderer'),
  base: './',
  plugins: [fonts(), manifest()],
  define: {
    __VERSION__: JSON.stringify(version),
    __CORE_SHA256__: JSON.stringify(coreChecksum(root)),
  },
  builder: {
    async buildApp(builder) {
      for (const environment of Object.values(builder.environments)) {
        if (environment.name === 'client' || environment.name === 'ssr') continue
        await builder.build(environment)
      }
    },
  },
  environments: {
    cli: nodeProgram('cli', {
      eichlicht: join(root, 'src/main/hosts/cli/main.ts'),
      worker: join(root, 'src/main/pool/worker.ts'),
    }),
  },
})
