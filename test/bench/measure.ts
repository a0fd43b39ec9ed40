/**
 * Rates that can be compared: all cases take turns in one process, the ratio is formed within a
 * round, and the medians of the rounds count. CPU time of this thread, so that other programs on
 * the machine do not matter.
 */
export interface Case {
  name: string
  /** One unit of work; `i` counts up over the whole run. */
  work: (i: number) => unknown
  /** Units in one slot, so that a slot takes some tens of milliseconds. */
  slot: number
}

export interface Rate {
  name: string
  perSecond: number
  /** Rate over that of the first case. */
  ratio: number
}

export async function measure(cases: readonly Case[], rounds = 9): Promise<Rate[]> {
  const rates = cases.map(() => [] as number[])
  const counters = cases.map(() => 0)
  for (let round = -1; round < rounds; round++) {
    for (let turn = 0; turn < cases.length; turn++) {
      // The order rotates, so that no case always follows the same other.
      const index = (turn + round + cases.length) % cases.length
      const entry = cases[index]
      if (entry === undefined) continue
      const before = cpuMicroseconds()
      for (let unit = 0; unit < entry.slot; unit++) {
        await entry.work(counters[index] as number)
        counters[index] = (counters[index] as number) + 1
      }
      const rate = (entry.slot * 1e6) / (cpuMicroseconds() - before)
      // The first round warms up.
      if (round >= 0) rates[index]?.push(rate)
    }
  }
  const reference = rates[0] ?? []
  return cases.map(({ name }, index) => ({
    name,
    perSecond: median(rates[index] ?? []),
    ratio: median((rates[index] ?? []).map((rate, round) => rate / (reference[round] ?? rate))),
  }))
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

function cpuMicroseconds(): number {
  const { user, system } = process.threadCpuUsage()
  return user + system
}
