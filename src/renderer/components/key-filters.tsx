/**
 * Which keys are listed: by source, trust, curve, operator, conflict; each choice says how many.
 *
 * @module
 */
import { type KeyFacets, type KeyFilter, NO_FILTER } from '../../shared/model/stored-key.ts'
import { visible } from '../../shared/display.ts'
import { useLanguage } from '../language.tsx'
import { Button } from './button.tsx'
import styles from '../views/keys.module.css'

export function isFiltering({ source, trust, curve, operator, conflict }: KeyFilter): boolean {
  return conflict || [source, trust, curve, operator].some((choice) => choice !== null)
}

interface Props {
  facets: KeyFacets
  filter: KeyFilter
  onChange: (filter: KeyFilter) => void
}

export function KeyFilters({ facets, filter, onChange }: Props) {
  const { t, count } = useLanguage()
  const change = (part: Partial<KeyFilter>) => onChange({ ...filter, ...part })
  return (
    <div className={styles['filters']} role="group" aria-label={t('keys.filter')}>
      <Choice
        label={t('keys.filter.trust')}
        choices={facets.trust}
        current={filter.trust}
        nameOf={(trust) => t(`trust.${trust}`)}
        onChange={(trust) => change({ trust })}
      />
      <Choice
        label={t('keys.filter.source')}
        choices={facets.source}
        current={filter.source}
        nameOf={(source) => t(`keys.source.${source}`)}
        onChange={(source) => change({ source })}
      />
      <Choice
        label={t('keys.filter.operator')}
        choices={facets.operator}
        current={filter.operator}
        nameOf={visible}
        onChange={(operator) => change({ operator })}
      />
      <Choice
        label={t('keys.filter.curve')}
        choices={facets.curve}
        current={filter.curve}
        nameOf={visible}
        onChange={(curve) => change({ curve })}
      />
      {(facets.conflict > 0 || filter.conflict) && (
        <label className={styles['only']}>
          <input
            type="checkbox"
            name="conflict"
            checked={filter.conflict}
            onChange={(event) => change({ conflict: event.target.checked })}
          />
          <span>{t('keys.filter.conflict', { count: count(facets.conflict) })}</span>
        </label>
      )}
      {isFiltering(filter) && (
        <Button onClick={() => onChange(NO_FILTER)}>{t('keys.filter.none')}</Button>
      )}
    </div>
  )
}

interface ChoiceProps<T extends string> {
  label: string
  choices: readonly [T, number][]
  current: T | null
  nameOf: (choice: T) => string
  onChange: (choice: T | null) => void
}

/** Not there where it would not part the keys. */
function Choice<T extends string>({ label, choices, current, nameOf, onChange }: ChoiceProps<T>) {
  const { t, count } = useLanguage()
  if (choices.length < 2 && current === null) return null
  const known = choices.some(([choice]) => choice === current)
  const offered: readonly [T, number][] =
    known || current === null ? choices : [...choices, [current, 0]]
  return (
    <label>
      <span className="muted">{label}</span>
      <select
        value={current ?? ''}
        onChange={(event) => {
          const wanted = event.target.value
          onChange(offered.find(([choice]) => choice === wanted)?.[0] ?? null)
        }}
      >
        <option value="">{t('keys.filter.all')}</option>
        {offered.map(([choice, number]) => (
          <option key={choice} value={choice}>
            {t('keys.filter.choice', { name: nameOf(choice), count: count(number) })}
          </option>
        ))}
      </select>
    </label>
  )
}
