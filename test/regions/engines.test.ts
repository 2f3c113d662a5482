import type { InferenceServiceConfig } from '../../regions/config/schema';
import { engineFor, WEIGHTS_DIRECTORY, type Engine } from '../../regions/engines';
import { inferenceService, regionConfig } from '../support/config';

const CONTEXT = { weightsBucket: 'demo-weights', weightsPrefix: 'Qwen/Qwen3-8B-FP8/abc/', region: 'us-east-1' };
const { stt, llm, tts } = regionConfig().inference;
const custom = inferenceService({
  engine: 'custom',
  custom: { command: ['serve', '--fast'], port: 9000, healthPath: '/ready', env: { MODE: 'voice' } },
});

const engine = (service: InferenceServiceConfig): Engine => engineFor(service, CONTEXT);

describe.each([
  ['vllm', llm],
  ['speaches', stt],
  ['kokoro', tts],
  ['custom', custom],
])('%s', (_, service) => {
  const { command, env, user, port, healthPath, healthCommand, graceSeconds } = engine(service);

  test('never reaches out for weights nor tells that it runs', () => {
    expect(env).toMatchObject({ HF_HUB_OFFLINE: '1', DO_NOT_TRACK: '1', HF_HUB_DISABLE_TELEMETRY: '1' });
  });

  test('does not run as root', () => {
    expect(user).toMatch(/^[1-9]\d*:\d+$/);
  });

  test('is asked for its health without a shell, on its own port', () => {
    expect(healthCommand[0]).toBe('curl');
    expect(healthCommand).toContain(`http://127.0.0.1:${port}${healthPath}`);
    expect([...command, ...healthCommand].join(' ')).not.toMatch(/\b(ba)?sh\b|&&|\|/);
  });

  test('has longer to start than a container health check can wait', () => {
    expect(graceSeconds).toBeGreaterThan(300);
  });
});

test('vLLM streams its model from the weights bucket and keeps what it compiles', () => {
  const { command, env, weights } = engine({ ...llm, gpus: 2, args: ['--max-model-len=8192'] });
  expect(weights).toBe('streamed');
  expect(command).toStrictEqual([
    's3://demo-weights/Qwen/Qwen3-8B-FP8/abc',
    '--load-format=runai_streamer',
    '--served-model-name=Qwen/Qwen3-8B-FP8',
    '--tensor-parallel-size=2',
    '--port=8000',
    '--max-model-len=8192',
  ]);
  expect(env).toMatchObject({ VLLM_NO_USAGE_STATS: '1', VLLM_CACHE_ROOT: '/opt/cache/vllm', AWS_REGION: 'us-east-1' });
});

test('Speaches keeps its model loaded and shows no page', () => {
  expect(engine(stt)).toMatchObject({
    weights: 'staged',
    env: {
      STT_MODEL_TTL: '-1',
      TTS_MODEL_TTL: '-1',
      PRELOAD_MODELS: '["Systran/faster-whisper-large-v3"]',
      ENABLE_UI: 'false',
      LOG_LEVEL: 'info',
      HF_HUB_CACHE: WEIGHTS_DIRECTORY,
    },
  });
});

test('Kokoro downloads nothing and shows no page', () => {
  expect(engine(tts)).toMatchObject({
    port: 8880,
    env: { DOWNLOAD_MODEL: 'false', ENABLE_WEB_PLAYER: 'false', API_LOG_LEVEL: 'INFO', MODEL_DIR: WEIGHTS_DIRECTORY },
  });
});

describe('a custom engine', () => {
  test('runs as it states itself', () => {
    expect(engine(custom)).toMatchObject({ command: ['serve', '--fast'], port: 9000, env: { MODE: 'voice' } });
  });

  test('may bring its own health command and user', () => {
    const stated = {
      command: ['serve'],
      port: 9000,
      healthPath: '/ready',
      healthCommand: ['/healthz'],
      user: '65532:65532',
    };
    expect(engine({ ...custom, custom: stated })).toMatchObject({ healthCommand: ['/healthz'], user: '65532:65532' });
  });

  test('is a bug without its block, which the reader has refused before', () => {
    expect(() => engine(inferenceService({ engine: 'custom' }))).toThrow('needs a custom block');
  });
});
