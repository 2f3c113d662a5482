import { curl, OFFLINE_ENV } from './common';
import { WEIGHTS_DIRECTORY, type Engine, type EngineBuilder } from './types';

const PORT = 8000;

/**
 * Speaches, an OpenAI-compatible server of faster-whisper and Kokoro, image `ghcr.io/speaches-ai/speaches`.
 *
 * Read in its sources (Dockerfile, src/speaches/config.py, main.py, executors): no entry point of its own, so the
 * command is the whole one; GET /health without authentication; user `ubuntu` = 1000:1000; curl is installed. It
 * unloads models after 300 s, serves a web page and logs at debug level unless told otherwise.
 *
 * The weights prefix is a Hugging Face cache: `models--<owner>--<name>/snapshots/<commit>/…` and `refs/main` naming that
 * commit. The model card README.md is needed: it is how Speaches knows what a cached model is for. PRELOAD_MODELS looks
 * in the cache first, so it works offline, but in release candidate 0.9.0-rc.3 it only fetches: the first request
 * still loads the model into the GPU, so the agent warms it up before it takes calls.
 *
 * Not verified by running: a cache without symbolic links (S3 has none), the memory figures.
 */
export const speaches: EngineBuilder = (service): Engine => ({
  command: [
    'uvicorn',
    '--factory',
    'speaches.main:create_app',
    '--host=0.0.0.0',
    `--port=${PORT}`,
    '--no-access-log',
    ...(service.args ?? []),
  ],
  env: {
    ...OFFLINE_ENV,
    HF_HUB_CACHE: WEIGHTS_DIRECTORY,
    PRELOAD_MODELS: JSON.stringify([service.model.repository]),
    STT_MODEL_TTL: '-1',
    TTS_MODEL_TTL: '-1',
    ENABLE_UI: 'false',
    LOG_LEVEL: 'info',
    WHISPER__INFERENCE_DEVICE: 'cuda',
    WHISPER__COMPUTE_TYPE: 'float16',
  },
  user: '1000:1000',
  weights: 'staged',
  port: PORT,
  healthPath: '/health',
  healthCommand: curl(PORT, '/health'),
  graceSeconds: 900,
  memoryMiB: 12_288,
  sharedMemoryMiB: 256,
});
