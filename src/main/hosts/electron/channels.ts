/**
 * The two channels between window and main process.
 *
 * @module
 */

export const CALL_CHANNEL = 'eichlicht:call'
export const EVENT_CHANNEL = 'eichlicht:event'
