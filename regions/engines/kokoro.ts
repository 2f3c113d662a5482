import { curl, OFFLINE_ENV } from './common';
import { WEIGHTS_DIRECTORY, type Engine, type EngineBuilder } from './types';

const PORT = 8880;

/** Languages that its voices speak (Kokoro-82M, VOICES.md); it reads any other as if it were one of them. */
export const KOKORO_LANGUAGES: readonly string[] = ['en', 'es', 'fr', 'hi', 'it', 'ja', 'pt', 'zh'];

/**
 * Kokoro-FastAPI, an OpenAI-compatible speech server, image `ghcr.io/remsky/kokoro-fastapi-gpu`.
 *
 * Read in its sources (docker/gpu/Dockerfile, docker/scripts/entrypoint.sh, api/src/core/config.py): the image's own
 * command is a script that may download the model and starts uvicorn; here uvicorn is started directly, which the
 * working directory and PATH of the image allow. User `appuser` = 1001:1001; curl is installed; GET /health. It serves a
 * web player with open CORS and logs at debug level unless told otherwise.
 *
 * The weights prefix holds `v1_0/kokoro-v1_0.pth` and `v1_0/config.json`; the voices stay those of the image.
 *
 * Not verified by running: that text normalisation fetches nothing on first use, the memory figures. One process speaks
 * for few callers at once (Kokoro-FastAPI issue 115): declare callsPerReplica from a measurement.
 */
export const kokoro: EngineBuilder = (service): Engine => ({
  command: [
    'python',
    '-m',
    'uvicorn',
    'api.src.main:app',
    '--host=0.0.0.0',
    `--port=${PORT}`,
    '--log-level=info',
    '--no-access-log',
    ...(service.args ?? []),
  ],
  env: {
    ...OFFLINE_ENV,
    MODEL_DIR: WEIGHTS_DIRECTORY,
    DOWNLOAD_MODEL: 'false',
    USE_GPU: 'true',
    DEVICE: 'gpu',
    API_LOG_LEVEL: 'INFO',
    ENABLE_WEB_PLAYER: 'false',
    CORS_ENABLED: 'false',
    ALLOW_LOCAL_VOICE_SAVING: 'false',
  },
  user: '1001:1001',
  weights: 'staged',
  port: PORT,
  healthPath: '/health',
  healthCommand: curl(PORT, '/health'),
  graceSeconds: 900,
  memoryMiB: 8_192,
  sharedMemoryMiB: 256,
});
