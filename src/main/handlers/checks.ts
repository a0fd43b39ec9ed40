/**
 * Checks of a window: inputs come in, results go out.
 *
 * @module
 */
import { basename } from 'node:path'
import type { VerificationResult } from '../../shared/model/verdict.ts'
import type { HostFace } from '../hosts/host-face.ts'
import type { Jobs } from '../jobs.ts'
import type { StoreKeeper } from '../key-store/keeper.ts'
import { StoreError } from '../key-store/trouble.ts'
import { filesBelow } from '../pool/paths.ts'
import type { InputSource } from '../pool/protocol.ts'
import type { HandlersOf } from './handlers.ts'

type CheckMethod =
  | 'startJob'
  | 'addFiles'
  | 'chooseFiles'
  | 'addWaitingFiles'
  | 'finishJob'
  | 'cancelJob'
  | 'recheckJob'
  | 'unlockInput'
  | 'jobs'
  | 'jobResult'
  | 'forgetJob'
  | 'session'

export function checkHandlers(
  host: HostFace,
  jobs: Jobs,
  keeper: StoreKeeper,
): HandlersOf<CheckMethod> {
  return {
    startJob: ({ label }) => ({ job: jobs.start(label) }),
    addFiles: ({ job, files }) => ({ inputs: jobs.addFiles(job, files) }),
    async chooseFiles({ job, folders }) {
      const paths = await host.chooseFiles(folders)
      if (paths === null) return { inputs: 0, offered: false }
      return { inputs: jobs.addSources(job, inputsAt(paths)), offered: true }
    },
    addWaitingFiles({ job }) {
      // Nobody takes them for a job that is not there.
      jobs.addSources(job, [])
      return { inputs: jobs.addSources(job, inputsAt(host.waiting())) }
    },
    async finishJob({ job }) {
      const result = await jobs.finish(job)
      noteSightings(jobs.verification(job).result, keeper)
      return result
    },
    cancelJob({ job }) {
      jobs.cancel(job)
      return null
    },
    recheckJob({ job }) {
      jobs.verification(job)
      return jobs.finish(job)
    },
    unlockInput: ({ job, input, password }) => jobs.unlock(job, input, password),
    jobs: () => jobs.summaries(),
    jobResult: ({ job }) => jobs.result(job),
    forgetJob({ job }) {
      jobs.forget(job)
      return null
    },
    async session({ job, session: id }) {
      const session = jobs.session(job, id)
      const [read] = await jobs.withEvidence(job, [session])
      return read ?? session
    },
  }
}

/** Named without the folders above them: those are nobody's business who reads a report. */
function* inputsAt(paths: readonly string[]): Generator<InputSource> {
  for (const path of paths) yield* filesBelow(path, basename(path))
}

/** A store that cannot be written keeps no check from being shown. */
function noteSightings({ sessions }: VerificationResult, keeper: StoreKeeper): void {
  const seen = sessions.flatMap(({ trust: { key }, meter, begin, verdict: { state } }) => {
    if (key === null) return []
    return { fingerprint: key.fingerprint, meter, begin: begin?.time?.text ?? null, state }
  })
  try {
    keeper.toRead()?.noteSightings(seen)
  } catch (error) {
    if (!(error instanceof StoreError)) throw error
  }
}
