/**
 * Help: what the check means, where the data and the key are, and a record explained.
 *
 * @module
 */
import type { ReactNode } from 'react'
import { headline } from '../../shared/i18n/verdict.ts'
import { VERDICT_STATES } from '../../shared/model/verdict.ts'
import { VerdictIcon } from '../components/icon.tsx'
import { VERDICT_TONE } from '../components/verdict.tsx'
import { useLanguage } from '../language.tsx'
import styles from './simple.module.css'

/** A record in short, with the parts people ask about numbered. */
const RECORD: readonly (string | readonly [text: string, note: number])[] = [
  'OCMF|{"FV":"1.0",',
  ['"MS":"1EBZ0100000152"', 1],
  ',"PG":"T32",',
  ['"ID":"1F2D3A4F"', 2],
  ',"RD":[{',
  ['"TM":"2026-08-24T13:22:04,000+0200 S"', 3],
  ',"TX":"B",',
  ['"RV":2935.600', 4],
  ',"RI":"1-0:1.8.0","RU":"kWh",',
  ['"ST":"G"', 5],
  '},{"TM":"2026-08-24T14:09:11,000+0200 S","TX":"E","RV":2957.087,"ST":"G"}]}|',
  ['{"SD":"3045022100A7F1FD39…"}', 6],
]

export function HelpView() {
  const { t, language } = useLanguage()
  const paragraphs = (
    key: 'help.how' | 'help.data' | 'help.key' | 'help.trouble',
    count: number,
  ): ReactNode =>
    Array.from({ length: count }, (_, i) => <li key={i}>{t(`${key}.${i + 1}` as 'help.how.1')}</li>)
  return (
    <div className={styles['wrap']}>
      <header>
        <h1>{t('view.help')}</h1>
        <p className="muted">{t('help.lead')}</p>
      </header>
      <section className={`card ${styles['prose']}`} aria-labelledby="help-how">
        <h2 id="help-how">{t('help.how')}</h2>
        <ol>{paragraphs('help.how', 4)}</ol>
        <p className={styles['annotated']}>
          {RECORD.map((part, index) =>
            typeof part === 'string' ? (
              <span key={index}>{part}</span>
            ) : (
              <span key={index}>
                <b>{part[0]}</b>
                <sup>{part[1]}</sup>
              </span>
            ),
          )}
        </p>
        <ol>
          {Array.from({ length: 6 }, (_, i) => (
            <li key={i}>{t(`help.record.${i + 1}` as 'help.record.1')}</li>
          ))}
        </ol>
      </section>
      <section className="card" aria-labelledby="help-states">
        <h2 id="help-states">{t('help.states')}</h2>
        <ul className={styles['states']}>
          {VERDICT_STATES.toReversed().map((state) => (
            <li key={state}>
              <span className={`row ${VERDICT_TONE[state]}`}>
                <VerdictIcon state={state} size={24} /> {headline(language, state)}
              </span>
              <span>{t(`help.state.${state}`)}</span>
            </li>
          ))}
        </ul>
      </section>
      <section className={`card ${styles['prose']}`} aria-labelledby="help-data">
        <h2 id="help-data">{t('help.data')}</h2>
        <ul>{paragraphs('help.data', 5)}</ul>
      </section>
      <section className={`card ${styles['prose']}`} aria-labelledby="help-key">
        <h2 id="help-key">{t('help.key')}</h2>
        <ul>{paragraphs('help.key', 4)}</ul>
      </section>
      <section className={`card ${styles['prose']}`} aria-labelledby="help-trouble">
        <h2 id="help-trouble">{t('help.trouble')}</h2>
        <ul>{paragraphs('help.trouble', 3)}</ul>
      </section>
      <section className="card" aria-labelledby="help-keys">
        <h2 id="help-keys">{t('help.shortcuts')}</h2>
        <table className={styles['shortcuts']}>
          <tbody>
            {(['views', 'regions', 'tabs', 'list', 'escape'] as const).map((name) => (
              <tr key={name}>
                <td>
                  <kbd>{t(`shortcut.${name}.keys`)}</kbd>
                </td>
                <td>{t(`shortcut.${name}`)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  )
}
