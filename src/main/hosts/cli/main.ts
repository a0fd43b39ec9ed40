/**
 * The command line: plain Node, no window. Standard output carries only the result.
 *
 * @module
 */
import { once } from 'node:events'
import { software, checkIntegrity } from '../../software.ts'
import { text } from '../../../shared/i18n/index.ts'
import { systemLocale } from '../system-locale.ts'
import { type Command, UsageError, languageOf, parseCommand } from './args.ts'
import { type ExitCode, worstCode } from './exit-code.ts'
import { HELP } from './help.ts'
import { type Output, verify } from './verify.ts'

const output: Output = {
  async write(text) {
    if (!process.stdout.write(text)) await once(process.stdout, 'drain')
  },
  note(text) {
    if (process.stderr.isTTY) process.stderr.write(`${text}\n`)
  },
}

// Whoever reads our output may stop reading: that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 1)
})

async function run(command: Command): Promise<ExitCode[]> {
  switch (command.name) {
    case 'help':
      await output.write(HELP[command.language])
      return [0]
    case 'version':
      await output.write(`${software().version}\n`)
      return [0]
    case 'about': {
      const { about } = await import('./about.ts')
      return about(command, software(), output)
    }
    case 'keys': {
      const { keys } = await import('./key-commands.ts')
      return keys(command, output)
    }
    case 'verify': {
      const codes = await verify(command, software(), output)
      return checkIntegrity() === 'modified' ? [...codes, 10] : codes
    }
  }
}

try {
  process.exitCode = worstCode(await run(parseCommand(process.argv.slice(2), systemLocale())))
} catch (error) {
  const message =
    error instanceof UsageError
      ? `${text(languageOf(systemLocale()), error.key, error.params)}\neichlicht --help`
      : String((error as Error).stack)
  process.stderr.write(`eichlicht: ${message}\n`)
  process.exitCode = 1
}
