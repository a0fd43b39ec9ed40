/**
 * `eichlicht about`: who says so, and whether it is what was built.
 *
 * @module
 */
import { text } from '../../../shared/i18n/index.ts'
import { KEY_KINDS } from '../../../shared/model/key.ts'
import { selfCheck } from '../../self-check.ts'
import type { Software } from '../../software.ts'
import type { Command } from './args.ts'
import type { ExitCode } from './exit-code.ts'
import type { Output } from './verify.ts'

export async function about(
  { format, language }: Command & { name: 'about' },
  software: Software,
  output: Output,
): Promise<ExitCode[]> {
  const check = await selfCheck()
  if (format === 'json') {
    const document = { schema: 'eichlicht-about/1', software, self_check: check }
    await output.write(`${JSON.stringify(document, null, 2)}\n`)
  } else {
    const { core } = software
    const lines = [
      `Eichlicht ${software.version}`,
      `${text(language, 'about.core')} ${core.version}, SHA-256 ${core.sha256}`,
      `${text(language, 'about.files')}: ${text(language, `about.files.${check.files}`)}`,
      `${text(language, 'about.engines')}: ${text(language, check.failed.length === 0 ? 'about.engines.ok' : 'about.engines.failed', { count: String(KEY_KINDS.length), failed: check.failed.join(', ') })}`,
      `${text(language, 'about.native')}: ${check.native.join(', ')}`,
      '',
      text(language, 'notice.independent'),
    ]
    await output.write(`${lines.join('\n')}\n`)
  }
  return [check.passed ? 0 : 10]
}
