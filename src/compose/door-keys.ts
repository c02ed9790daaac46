/** Phrases of the door itself, of its errors and of the form for other sites: `door` in `locales/<locale>.json`. */
export const DOOR_KEYS = [
  'trapLabel',
  'proofWait',
  'tooLargeTitle',
  'tooLarge',
  'apiAddress',
  'apiUnmailable',
  'apiName',
  'apiPace',
  'apiBody',
  'apiType',
  'apiSeries',
  'apiOrigin',
  'apiStamp',
  'apiProof',
  'apiBusy',
  'apiMethod',
  'embedAddress',
  'embedName',
  'embedPace',
  'embedPaceOwn',
  'embedSubscribe',
] as const;

export type DoorWords = Readonly<Record<(typeof DOOR_KEYS)[number], string>>;
