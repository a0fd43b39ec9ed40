/**
 * Tariff texts and the prices they make. Source: tariff text extension of the Bonner Eichrechtstage.
 *
 * @module
 */
import { type VectorCase, num, withReadings } from './base.ts'

/** A session of so many minutes, and 7.825 kWh. */
function session(tariff: string, time: string): string {
  return withReadings(
    { RV: num('1234.1'), TM: '2026-01-10T09:00:00,000+0100 S' },
    { RV: num('1241.925'), TM: `2026-01-10T${time},000+0100 S` },
    { TT: tariff },
  )
}

function priced(name: string, comment: string, tariff: string, time: string): VectorCase {
  return {
    name: `tariff-${name}`,
    comment,
    expect: 'VERIFIED',
    finding: 'TARIFF-PRICE/info',
    energy: '7.825 kWh',
    input: session(tariff, time),
  }
}

export const TARIFF: readonly VectorCase[] = [
  priced(
    '001',
    '7.825 kWh and 45 of 75 minutes blocked: 4.98875 €',
    '001;EUR;0;35;5;30',
    '10:15:00',
  ),
  priced('001-free', 'within the free minutes', '001;EUR;50;35;5;90', '10:15:00'),
  {
    ...priced(
      '002',
      'a blocking fee after charging: its time is not signed',
      '002;EUR;50;40;8',
      '10:15:00',
    ),
    finding: 'TARIFF-PRICE/info TARIFF-BLOCKING/info',
  },
  priced('003', 'a price for each begun minute', '003;EUR;25;6', '10:15:01'),
  {
    ...priced(
      'broken',
      'a text that begins like the extension and is none has no price',
      '003;EUR;25',
      '10:15:00',
    ),
    finding: 'OCMF-219',
    notFinding: 'TARIFF-PRICE',
  },
]
