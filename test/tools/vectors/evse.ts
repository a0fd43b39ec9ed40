/**
 * Checks 3xx: charge controller, cable loss, charge point. Rule book chapters 8, 16 and 17.
 *
 * @module
 */
import { BEGIN, END, type Members, type VectorCase, num, record } from './base.ts'

const GOOD = 'VERIFIED'

/** Cable loss parameters as they should be, with changes. */
function withLoss(changes: Members): string {
  const loss = { LN: 'cable 1', LI: num('1'), LR: num('12.5'), LU: 'mOhm', ...changes }
  return record({ LC: loss })
}

const point = (type: string | undefined, id: string | undefined) => record({ CT: type, CI: id })

export const EVSE: readonly VectorCase[] = [
  {
    name: '301-long-firmware',
    comment: 'the firmware of the charge controller has at most 25 characters',
    expect: GOOD,
    finding: 'OCMF-301/info',
    input: record({ CF: 'x'.repeat(26) }),
  },
  {
    name: '303-loss-as-text',
    comment: 'loss parameters that are no object',
    expect: GOOD,
    finding: 'OCMF-303/warning',
    notFinding: 'OCMF-304 OCMF-305 OCMF-111',
    input: record({ LC: '12.5 mOhm' }),
  },
  {
    name: '304-no-resistance',
    comment: 'loss parameters without resistance',
    expect: GOOD,
    finding: 'OCMF-304/warning',
    input: withLoss({ LR: undefined }),
  },
  {
    name: '304-resistance-as-text',
    comment: 'a resistance that is no JSON number',
    expect: GOOD,
    finding: 'OCMF-304/warning',
    input: withLoss({ LR: '12.5' }),
  },
  {
    name: '305-no-unit',
    comment: 'a resistance without unit',
    expect: GOOD,
    finding: 'OCMF-305/warning',
    input: withLoss({ LU: undefined }),
  },
  {
    name: '305-other-unit',
    comment: 'Ohm is no unit of Table 24',
    expect: GOOD,
    finding: 'OCMF-305/warning',
    input: withLoss({ LU: 'Ohm' }),
  },
  {
    name: '306-negative',
    comment: 'no cable has a negative resistance',
    expect: GOOD,
    finding: 'OCMF-306/warning',
    input: withLoss({ LR: num('-1') }),
  },
  {
    name: '306-more-than-one-ohm',
    comment: 'no cable of a station has more than one Ohm',
    expect: GOOD,
    finding: 'OCMF-306/warning',
    input: withLoss({ LR: num('1000.01') }),
  },
  {
    name: '306-one-ohm',
    comment: 'one Ohm exactly, in millionths, is the limit and within it',
    expect: GOOD,
    notFinding: 'OCMF-306',
    input: withLoss({ LR: num('1000000'), LU: 'uOhm' }),
  },
  {
    name: '307-long-name',
    comment: 'the name of the loss parameters has at most 20 characters',
    expect: GOOD,
    finding: 'OCMF-307/info',
    input: withLoss({ LN: 'x'.repeat(21) }),
  },
  {
    name: '308-entry-as-text',
    comment: 'the table entry is a number',
    expect: GOOD,
    finding: 'OCMF-308/info',
    input: withLoss({ LI: '1' }),
  },
  {
    name: '309-unknown-member',
    comment: 'a member that loss parameters do not have',
    expect: GOOD,
    finding: 'OCMF-309/info',
    input: withLoss({ LX: 'x' }),
  },
  {
    name: '310-type-alone',
    comment: 'a kind of charge point id without the id, which then has not the form of its kind',
    expect: GOOD,
    finding: 'OCMF-310/info OCMF-312/info',
    input: point('EVSEID', undefined),
  },
  {
    name: '310-id-alone',
    comment: 'a charge point id that does not say of which kind it is',
    expect: GOOD,
    finding: 'OCMF-310/info',
    notFinding: 'OCMF-311 OCMF-312',
    input: point(undefined, 'DE*EIL*E0001*1'),
  },
  {
    name: '311-unknown-type',
    comment: 'a kind of charge point id that Table 18 does not have',
    expect: GOOD,
    finding: 'OCMF-311/info',
    notFinding: 'OCMF-312 OCMF-313',
    input: point('EVSE', 'DE*EIL*E0001*1'),
  },
  {
    name: '311-number',
    comment: 'the old number of a kind is no kind of today (DZG)',
    expect: GOOD,
    finding: 'OCMF-311/info OCMF-111/info',
    input: record({ CT: num('0') }),
  },
  {
    name: '312-no-evse-id',
    comment: 'called an EVSE id and none',
    expect: GOOD,
    finding: 'OCMF-312/info',
    input: point('EVSEID', 'column 7 left'),
  },
  {
    name: '312-without-stars',
    comment: 'the stars of an EVSE id may be left out',
    expect: GOOD,
    notFinding: 'OCMF-312',
    input: point('EVSEID', 'DEEILE00011'),
  },
  {
    name: '312-old-form',
    comment: 'the older form of EVSE ids begins with the country’s dialling code',
    expect: GOOD,
    notFinding: 'OCMF-312',
    input: point('EVSEID', '+49*810*000*438'),
  },
  {
    name: '313-no-connector',
    comment: 'a charge box id without blank and connector number',
    expect: GOOD,
    finding: 'OCMF-313/info',
    input: point('CBIDC', 'BOX7'),
  },
  {
    name: '313-box-and-connector',
    comment: 'charge box id, blank, connector number',
    expect: GOOD,
    notFinding: 'OCMF-313',
    input: point('CBIDC', 'box 7 left 2'),
  },
  {
    name: '124-empty-charge-point',
    comment: 'kind and id of the charge point are there and empty (NZR)',
    expect: GOOD,
    finding: 'OCMF-124/info OCMF-311/info',
    input: point('', ''),
  },
  {
    name: 'loss-stated',
    comment: 'a plain register with a stated loss: nothing is subtracted, and the loss is shown',
    expect: GOOD,
    finding: 'LAW-LOSS/info',
    notFinding: 'OCMF-433 OCMF-471',
    energy: '11.110 kWh',
    input: record({
      LC: { LR: num('12.5'), LU: 'mOhm' },
      RD: [
        { ...BEGIN, CL: num('0') },
        { ...END, CL: num('0.050') },
      ],
    }),
  },
]
