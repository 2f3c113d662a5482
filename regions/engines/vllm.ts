import { curl, OFFLINE_ENV } from './common';
import { CACHE_DIRECTORY, type Engine, type EngineBuilder } from './types';

const PORT = 8000;

/**
 * vLLM's OpenAI-compatible server, image `vllm/vllm-openai`.
 *
 * Read in its sources of mid-2026 (docker/Dockerfile, docs/deployment/docker.md): entry point `vllm serve`, so the
 * command starts with the model; GET /health; user `vllm` = 2000:0; curl and the Run:ai streamer with S3 are installed.
 * With an `s3://` model the tokenizer and configuration come from the same prefix, which has the plain layout of the
 * model repository. Prompts are not logged unless asked for. VLLM_CACHE_ROOT keeps compiled graphs between starts.
 *
 * Not verified by running: that the streamer's S3 client takes the task role from ECS, and the memory figures. A start
 * of five minutes is reported for a 35B model (vllm issue 44881); the grace also covers the image's first pull.
 */
export const vllm: EngineBuilder = (service, { weightsBucket, weightsPrefix, region }): Engine => ({
  command: [
    `s3://${weightsBucket}/${weightsPrefix.replace(/\/$/, '')}`,
    '--load-format=runai_streamer',
    `--served-model-name=${service.model.repository}`,
    `--tensor-parallel-size=${service.gpus}`,
    `--port=${PORT}`,
    ...(service.args ?? []),
  ],
  env: {
    ...OFFLINE_ENV,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    VLLM_NO_USAGE_STATS: '1',
    VLLM_DO_NOT_TRACK: '1',
    VLLM_LOGGING_LEVEL: 'INFO',
    VLLM_CACHE_ROOT: `${CACHE_DIRECTORY}/vllm`,
    TRITON_CACHE_DIR: `${CACHE_DIRECTORY}/triton`,
  },
  user: '2000:0',
  weights: 'streamed',
  port: PORT,
  healthPath: '/health',
  healthCommand: curl(PORT, '/health'),
  graceSeconds: 1800,
  memoryMiB: 24_576 + 8_192 * (service.gpus - 1),
  sharedMemoryMiB: 2_048 * service.gpus,
});
