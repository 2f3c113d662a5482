/** No server may reach out: weights come from the bucket, and nobody is told that it runs. */
export const OFFLINE_ENV = {
  HF_HUB_OFFLINE: '1',
  TRANSFORMERS_OFFLINE: '1',
  HF_HUB_DISABLE_TELEMETRY: '1',
  DO_NOT_TRACK: '1',
} as const;

/** Exits 0 when the server answers its health path with 2xx within four seconds. */
export const curl = (port: number, path: string): readonly string[] => [
  'curl',
  '--fail',
  '--silent',
  '--show-error',
  '--output',
  '/dev/null',
  '--max-time',
  '4',
  `http://127.0.0.1:${port}${path}`,
];
