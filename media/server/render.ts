import type { NumberEntry, Queue, Settings } from './settings.ts';

/** Directories and secrets of this machine and this boot, as against the deployment's settings. */
export interface Machine {
  readonly configDirectory: string;
  readonly moduleDirectory: string;
  readonly dataDirectory: string;
  readonly stateDirectory: string;
  readonly managerSecret: string;
}

/** Files that Asterisk complains without. No CDR and no CEL: events are the warden's. */
const QUIET: Readonly<Record<string, string>> = {
  'acl.conf': '',
  'ccss.conf': '[general]\n',
  'cdr.conf': '[general]\nenable = no\n',
  'cel.conf': '[general]\nenable = no\n',
  'features.conf': '[general]\n',
  'indications.conf':
    '[general]\ncountry = us\n[us]\nringcadence = 2000,4000\ndial = 350+440\nbusy = 480+620/500,0/500\nring = 440+480/2000,0/4000\ncongestion = 480+620/250,0/250\n',
  'pjproject.conf': '[startup]\nlog_level = 2\n',
  'stasis.conf': '[threadpool]\n',
  'udptl.conf': '[general]\n',
};

const PLACEHOLDER = /@([A-Z_]+)@/g;

/** The shipped files with settings in place of `@NAME@`. A placeholder that nothing fills is a fault of the files. */
export function renderAll(
  shipped: Readonly<Record<string, string>>,
  settings: Settings,
  machine: Machine,
): Record<string, string> {
  const values = valuesOf(settings, machine);
  const rendered = Object.entries(shipped).map(([name, text]) => [name, fill(name, text, values)]);
  return {
    ...QUIET,
    ...(Object.fromEntries(rendered) as Record<string, string>),
    'numbers.conf': settings.numbers.map(numberLines).join(''),
    'queues.conf': settings.queues.map(queueLines).join(''),
  };
}

function fill(name: string, text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(PLACEHOLDER, (_, key: string) => {
    const value = values[key];
    if (value === undefined) throw new Error(`${name}: nothing fills @${key}@`);
    return value;
  });
}

const valuesOf = (settings: Settings, machine: Machine): Record<string, string> => ({
  CONFIG_DIRECTORY: machine.configDirectory,
  MODULE_DIRECTORY: machine.moduleDirectory,
  DATA_DIRECTORY: machine.dataDirectory,
  STATE_DIRECTORY: machine.stateDirectory,
  MANAGER_SECRET: machine.managerSecret,
  SIP_ADDRESS: settings.sip.address,
  SIP_PORT: String(settings.sip.port),
  EDGE_CIDRS: settings.sip.edgeCidrs.join(','),
  SIP_CIDRS: [...settings.sip.edgeCidrs, ...settings.sip.queueCidrs].join(','),
  RTP_PORT_MIN: String(settings.rtp.from),
  RTP_PORT_MAX: String(settings.rtp.to),
  HTTP_PORT: String(settings.httpPort),
  MANAGER_PORT: String(settings.managerPort),
  AGENT_AUDIO_URL: settings.agentAudioUrl,
  MAX_CALLS: String(settings.maxCalls),
  MAX_CALL_SECONDS: String(settings.maxCallSeconds),
  SPOOL_DIRECTORY: settings.spoolDirectory,
  NO_NEW_CALLS_FILE: settings.noNewCallsFile,
  LEAVING_FILE: settings.leavingFile,
  CONSENT_MODE: settings.consent.mode,
  CONSENT_ON_REFUSAL: settings.consent.onRefusal,
  AI_DISCLOSURE: settings.aiDisclosure,
});

/** Carriers send numbers with the plus or without. */
const numberLines = (entry: NumberEntry): string => `exten => ${entry.number},1,Set(_VOICECELL_NUMBER=${entry.number})
 same => n,Set(_VOICECELL_FUNCTION=${entry.function})
 same => n,Set(_VOICECELL_QUEUE=${entry.queue})
 same => n,Set(CHANNEL(language)=${entry.language.split('-', 1).join()})
 same => n,Goto(call,start,1)
exten => ${entry.number.slice(1)},1,Goto(${entry.number},1)
`;

/** A semicolon begins a comment, unless escaped. */
const queueLines = ({
  name,
  uri,
  how,
}: Queue): string => `exten => to-${name},1,Set(QUEUE_URI=${uri.replaceAll(';', '\\;')})
 same => n,Set(QUEUE_HOW=${how})
 same => n,Set(_QUEUE_CONTEXT=\${FILTER(-._A-Za-z0-9 ,\${VOICECELL_NEXT_CONTEXT})})
 same => n,Goto(queue,${how},1)
`;
