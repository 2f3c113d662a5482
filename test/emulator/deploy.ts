import { deployEmulated } from './rehearsal/main';

// Whoever runs this has the Node that the kit asks for.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

// `npm run deploy:emulated`: rehearses a deployment of the sandbox without AWS.
const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => interrupted.abort());

deployEmulated((line) => process.stdout.write(`${line}\n`), interrupted.signal).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    // A defect of the rehearsal itself: all of it.
    console.error(error);
    process.exitCode = 2;
  },
);
