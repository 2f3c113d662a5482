import { benchAgent, benchAgentLeak } from './agent';
import { benchAudit } from './audit';
import { benchControls } from './controls';
import { benchDensity } from './density';
import { benchDrain } from './drain';
import { benchHtml } from './html';
import { benchLatency } from './latency';
import { benchMutants } from './mutants';
import { benchRecorder } from './recorder';
import { benchSynth } from './synth';

const BENCHES = {
  agent: benchAgent,
  'agent-leak': benchAgentLeak,
  audit: benchAudit,
  synth: benchSynth,
  controls: benchControls,
  drain: benchDrain,
  density: benchDensity,
  html: benchHtml,
  latency: benchLatency,
  mutants: benchMutants,
  recorder: benchRecorder,
};

// Eight lines about a Node that the kit still supports, of every process that is measured.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

/** `npm run bench -- <name> [--json]`: ratios against a peer in the same run; never a test, because machines differ. */
const [name = ''] = process.argv.slice(2);
if (Object.hasOwn(BENCHES, name)) {
  const result = BENCHES[name as keyof typeof BENCHES]();
  const text = Object.entries(result).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  process.stdout.write(`${process.argv.includes('--json') ? JSON.stringify(result) : text.join('\n')}\n`);
} else {
  process.stderr.write(`got bench ${name || 'nothing'}, allowed ${Object.keys(BENCHES).join(', ')}\n`);
  process.exitCode = 2;
}
