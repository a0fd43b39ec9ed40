/**
 * The last page: the program that says so, the rules, the inputs, and how to check all of it
 * again.
 *
 * @module
 */
import type { Language } from '../../../shared/i18n/index.ts'
import { FINDINGS, bySeverity } from '../../../shared/model/finding.ts'
import type { InputResult } from '../../../shared/model/verdict.ts'
import { type Contents, RESULT_NAME } from './contents.ts'
import { freeText } from './data-text.ts'
import { type Block, type Flow, stack, words } from './flow.ts'
import { drawCommands, drawHeading, drawPairs, drawParagraph, groups, voice } from './pieces.ts'
import { drawFindings } from './session-tables.ts'
import { STYLE } from './style.ts'
import { drawTable } from './table.ts'

/** Inputs whose findings are shown one by one. */
const MOST_INPUTS = 200

export function drawClosing(flow: Flow, contents: Contents, language: Language): void {
  const t = voice(language)
  const { software, result, integrity } = contents
  drawHeading(flow, 'H2', t('report.about'))
  drawPairs(flow, [
    { name: t('report.software'), value: words(`Eichlicht ${software.version}`, STYLE.body) },
    { name: t('about.core'), value: words(software.core.version, STYLE.body) },
    { name: t('report.core-sha256'), value: words(groups(software.core.sha256), STYLE.code) },
    { name: t('about.files'), value: words(t(`about.files.${integrity}`), STYLE.body) },
    {
      name: t('report.rules'),
      value: words(
        t('report.rules.text', {
          core: software.core.version,
          count: String(Object.keys(FINDINGS).length),
        }),
        STYLE.body,
      ),
    },
    {
      name: t('report.required-trust'),
      value: words(t(`report.trust.${result.policy.requiredTrust}`), STYLE.body),
    },
    {
      name: t('report.profile'),
      value: words(t(`report.profile.${result.policy.profile}`), STYLE.body),
    },
  ])
  drawInputs(flow, contents, language)
  drawHeading(flow, 'H2', t('report.again'))
  drawParagraph(flow, t('report.again.text'))
  drawCommands(flow, commands(contents))
  drawParagraph(flow, t('report.again.keys'))
  flow.gap(4)
  drawPairs(flow, [{ name: RESULT_NAME, value: words(groups(contents.resultSha256), STYLE.code) }])
}

/** The command that gives the embedded result again, byte for byte. */
function commands({ result, attached }: Contents): string[] {
  const { requiredTrust, profile } = result.policy
  const names = [...attached.values()].map(({ name }) => name)
  const isPlain = names.length > 0 && names.length <= 3 && names.every(isPlainName)
  const files = isPlain ? names.join(' ') : '…'
  const options = [
    requiredTrust === 'K3' ? '' : ` --require-trust ${requiredTrust}`,
    profile === 'driver' ? '' : ` --profile ${profile}`,
  ].join('')
  return [
    `eichlicht verify ${files} --format json${options} > ${RESULT_NAME}`,
    `sha256sum ${RESULT_NAME}`,
  ]
}

/** Safe to be typed into any shell. */
function isPlainName(name: string): boolean {
  return /^\w[\w.-]{0,60}$/.test(name)
}

function drawInputs(flow: Flow, contents: Contents, language: Language): void {
  const t = voice(language)
  const { result, attached, tooLarge } = contents
  drawHeading(flow, 'H2', t('report.inputs'))
  const state = tooLarge ? 'too-large' : attached.size === 0 ? 'none' : 'attached'
  drawParagraph(flow, t(`report.originals.${state}`), STYLE.smallMuted)
  flow.gap(4)
  drawTable(flow, {
    columns: [{ width: null }, { width: 60, align: 'right' }, { width: 178 }],
    head: [t('report.input'), t('report.size'), 'SHA-256'],
    rows: result.inputs.map((input) => ({
      cells: [
        stack(words(freeText(input.name, 300), STYLE.small), attachedAs(input, contents, language)),
        words(input.bytes === null ? '–' : grouped(input.bytes), STYLE.small, 'right'),
        words(input.sha256 === null ? '–' : groups(input.sha256), STYLE.code),
      ],
    })),
    padding: 2.5,
  })
  const missing = result.inputs.some(({ sha256 }) => sha256 === null || !attached.has(sha256))
  if (missing && state === 'attached')
    drawParagraph(flow, t('report.originals.missing'), STYLE.smallMuted)
  for (const input of result.inputs.filter(hasFindings).slice(0, MOST_INPUTS)) {
    drawHeading(flow, 'H3', t('report.input-findings', { name: freeText(input.name, 120) }))
    drawFindings(flow, input.findings.toSorted(bySeverity), language, 50)
  }
}

function hasFindings({ findings }: InputResult): boolean {
  return findings.length > 0
}

function attachedAs(
  { name, sha256 }: InputResult,
  { attached, tooLarge }: Contents,
  language: Language,
): Block {
  const t = voice(language)
  const file = sha256 === null ? undefined : attached.get(sha256)
  if (file === undefined) {
    return tooLarge ? () => [] : words(t('report.not-attached'), STYLE.tiny)
  }
  return file.name === name
    ? words(t('report.attached'), STYLE.tiny)
    : words(t('report.attached-as', { name: freeText(file.name) }), STYLE.tiny)
}

/** Bytes in groups of three digits, with narrow blanks. */
function grouped(bytes: number): string {
  return String(bytes).replace(/(\d)(?=(?:\d{3})+$)/g, '$1\u202f')
}
