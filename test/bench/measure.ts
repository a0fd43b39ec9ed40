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

/** @param warmSeconds so long each case runs before: the compiler goes on to improve for tens of thousands of records */
export async function measure(
  cases: readonly Case[],
  rounds = 9,
  warmSeconds = 0.5,
): Promise<Rate[]> {
  const rates = cases.map(() => [] as number[])
  const counters = cases.map(() => 0)
  for (const [index, { work }] of cases.entries()) {
    const from = cpuMicroseconds()
    while (cpuMicroseconds() - from < warmSeconds * 1e6) {
      await work(counters[index] as number)
      counters[index] = (counters[index] as number) + 1
    }
  }
  for (let round = 0; round < rounds; round++) {
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
      rates[index]?.push(rate)
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
