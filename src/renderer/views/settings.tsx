/**
 * Settings, and who this program is.
 *
 * @module
 */
import { useId } from 'react'
import type { Settings } from '../../shared/api.ts'
import { LANGUAGES } from '../../shared/i18n/index.ts'
import { KEY_KINDS } from '../../shared/model/key.ts'
import { useApp } from '../actions.ts'
import { Copyable } from '../components/copyable.tsx'
import { Icon } from '../components/icon.tsx'
import { useLanguage } from '../language.tsx'
import styles from './simple.module.css'

export function SettingsView() {
  const { state, actions } = useApp()
  const { t } = useLanguage()
  const { settings } = state
  const change = (part: Partial<Settings>) => void actions.saveSettings({ ...settings, ...part })
  return (
    <div className={styles['wrap']}>
      <h1>{t('view.settings')}</h1>
      <section className={`card ${styles['settings']}`} aria-label={t('view.settings')}>
        <Choice
          legend={t('settings.language')}
          options={[
            ['system', t('settings.system')],
            ['de', 'Deutsch'],
            ['en', 'English'],
          ]}
          current={settings.language}
          onChange={(language) => change({ language })}
        />
        <Choice
          legend={t('settings.theme')}
          options={[
            ['system', t('settings.system')],
            ['light', t('settings.light')],
            ['dark', t('settings.dark')],
          ]}
          current={settings.theme}
          onChange={(theme) => change({ theme })}
        />
        <Choice
          legend={t('settings.trust')}
          options={[
            ['K3', t('settings.trust.K3')],
            ['K4', t('settings.trust.K4')],
          ]}
          current={settings.requiredTrust}
          onChange={(requiredTrust) => change({ requiredTrust })}
        />
        <label className={styles['switch']}>
          <input
            type="checkbox"
            checked={settings.history}
            onChange={(event) => change({ history: event.target.checked })}
          />
          <span>
            <b>{t('settings.history')}</b>
            <small>{t('settings.history.text')}</small>
          </span>
        </label>
      </section>
      <AboutCard />
    </div>
  )
}

interface ChoiceProps<T extends string> {
  legend: string
  options: readonly (readonly [T, string])[]
  current: T
  onChange: (value: T) => void
}

function Choice<T extends string>({ legend, options, current, onChange }: ChoiceProps<T>) {
  const name = useId()
  return (
    <fieldset className={styles['choice-row']}>
      <legend>{legend}</legend>
      {options.map(([value, label]) => (
        <label key={value}>
          <input
            type="radio"
            name={name}
            checked={current === value}
            onChange={() => onChange(value)}
          />
          <span lang={LANGUAGES.find((language) => language === value)}>{label}</span>
        </label>
      ))}
    </fieldset>
  )
}

function AboutCard() {
  const { state } = useApp()
  const { t } = useLanguage()
  const { about } = state
  if (about === null) return null
  const methodsFine = about.failedMethods.length === 0
  return (
    <section className="card" aria-labelledby="about">
      <h2 id="about">{t('about.title')}</h2>
      <dl className={styles['facts']}>
        <div>
          <dt>{t('about.version')}</dt>
          <dd>Eichlicht {about.version}</dd>
        </div>
        <div>
          <dt>{t('about.core')}</dt>
          <dd>{about.core.version}</dd>
        </div>
        <div>
          <dt>{t('about.checksum')}</dt>
          <dd>
            <Copyable text={about.core.sha256} />
          </dd>
        </div>
        <div>
          <dt>{t('about.files')}</dt>
          <dd className={about.files === 'modified' ? 'bad' : about.files === 'intact' ? 'ok' : ''}>
            {t(`about.files.${about.files}`)}
          </dd>
        </div>
        <div>
          <dt>{t('about.engines')}</dt>
          <dd className={methodsFine ? 'ok' : 'bad'}>
            {t(methodsFine ? 'about.engines.ok' : 'about.engines.failed', {
              count: String(KEY_KINDS.length),
              failed: about.failedMethods.join(', '),
            })}
          </dd>
        </div>
        <div>
          <dt>{t('about.host')}</dt>
          <dd>{t(`about.host.${about.host}`)}</dd>
        </div>
        <div>
          <dt>{t('about.store')}</dt>
          <dd>{t(`store.${about.store}`)}</dd>
        </div>
        <div>
          <dt>{t('about.licence')}</dt>
          <dd>MIT</dd>
        </div>
        <div>
          <dt>{t('about.data')}</dt>
          <dd>{t('about.data.text')}</dd>
        </div>
      </dl>
      <div className={styles['fine-print']}>
        <p className={styles['offline']}>
          <Icon name="lock" size={15} /> {t('app.offline')}
        </p>
        <p>{t('notice.independent')}</p>
      </div>
    </section>
  )
}
