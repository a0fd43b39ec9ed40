/**
 * Help: what the check means, where the data and the key are, and a record explained.
 *
 * @module
 */
import { type ReactNode, useEffect } from 'react'
import { headline } from '../../shared/i18n/verdict.ts'
import { VERDICT_STATES } from '../../shared/model/verdict-state.ts'
import { useApp } from '../actions.ts'
import { VerdictIcon } from '../components/icon.tsx'
import { VERDICT_TONE } from '../components/verdict.tsx'
import { useLanguage } from '../language.tsx'
import { HELP_PLACES, type HelpPlace } from '../state.ts'
import styles from './simple.module.css'

type Part = string | readonly [text: string, note: number]

/** A record in short, line by line, with the parts people ask about numbered. */
const RECORD: readonly (readonly Part[])[] = [
  ['OCMF|{"FV":"1.4","GS":"GW-MM-4702",'],
  [['"MS":"MM-4702"', 1], ',"PG":"T812",', ['"ID":"04A1B2C3"', 2], ','],
  ['"RD":[{', ['"TM":"2026-08-24T13:22:04,000+0200 S"', 3], ',"TX":"B",'],
  ['       ', ['"RV":2935.600', 4], ',"RI":"1-0:1.8.0","RU":"kWh",', ['"ST":"G"', 5], '},'],
  ['      {"TM":"2026-08-24T14:09:11,000+0200 S","TX":"E",'],
  ['       "RV":2957.087,"RI":"1-0:1.8.0","RU":"kWh","ST":"G"}]}'],
  ['|', ['{"SD":"3045022100A7F1FD39…"}', 6]],
]

function goTo(place: HelpPlace): void {
  const heading = document.getElementById(`help-${place}`)
  heading?.scrollIntoView({ block: 'start' })
  heading?.focus({ preventScroll: true })
}

export function HelpView() {
  const { t, language } = useLanguage()
  const { state: app } = useApp()
  useEffect(() => {
    if (app.helpPlace !== null) goTo(app.helpPlace)
  }, [app.helpPlace])
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
      <nav className={styles['contents']} aria-label={t('help.contents')}>
        {HELP_PLACES.map((place) => (
          <button key={place} type="button" className="link" onClick={() => goTo(place)}>
            {t(`help.${place}`)}
          </button>
        ))}
      </nav>
      <section className={`card ${styles['prose']}`} aria-labelledby="help-how">
        <h2 id="help-how" tabIndex={-1}>
          {t('help.how')}
        </h2>
        <ol>{paragraphs('help.how', 4)}</ol>
        <h3>{t('help.record')}</h3>
        <pre className={styles['annotated']} tabIndex={0} aria-label={t('help.record')}>
          {RECORD.map((line, index) => (
            <span key={index}>
              {line.map((part, at) =>
                typeof part === 'string' ? (
                  <span key={at}>{part}</span>
                ) : (
                  <span key={at}>
                    <b>{part[0]}</b>
                    <sup>{part[1]}</sup>
                  </span>
                ),
              )}
              {'\n'}
            </span>
          ))}
        </pre>
        <ol className={styles['notes']}>
          {Array.from({ length: 6 }, (_, i) => (
            <li key={i}>{t(`help.record.${i + 1}` as 'help.record.1')}</li>
          ))}
        </ol>
      </section>
      <section className="card" aria-labelledby="help-states">
        <h2 id="help-states" tabIndex={-1}>
          {t('help.states')}
        </h2>
        <ul className={styles['states']}>
          {VERDICT_STATES.toReversed().map((state) => (
            <li key={state}>
              <span className={`${styles['state']} ${VERDICT_TONE[state]}`}>
                <VerdictIcon state={state} size={24} />
                <span>{headline(language, state)}</span>
              </span>
              <span>{t(`help.state.${state}`)}</span>
            </li>
          ))}
        </ul>
      </section>
      <section className={`card ${styles['prose']}`} aria-labelledby="help-data">
        <h2 id="help-data" tabIndex={-1}>
          {t('help.data')}
        </h2>
        <ul>{paragraphs('help.data', 5)}</ul>
      </section>
      <section className={`card ${styles['prose']}`} aria-labelledby="help-key">
        <h2 id="help-key" tabIndex={-1}>
          {t('help.key')}
        </h2>
        <ul>{paragraphs('help.key', 4)}</ul>
      </section>
      <section className={`card ${styles['prose']}`} aria-labelledby="help-trouble">
        <h2 id="help-trouble" tabIndex={-1}>
          {t('help.trouble')}
        </h2>
        <ul>{paragraphs('help.trouble', 3)}</ul>
      </section>
      <section className="card" aria-labelledby="help-shortcuts">
        <h2 id="help-shortcuts" tabIndex={-1}>
          {t('help.shortcuts')}
        </h2>
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
