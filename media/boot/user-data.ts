import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AGENT_RESERVED_MIB } from '../contract/memory';
import { NODE } from '../contract/node';
import type { PortRange } from '../contract/input';
import { compactPython, compactShell } from './compact';

export interface NodeBoot {
  readonly deployment: string;
  readonly region: string;
  /** AZ id. */
  readonly cell: string;
  readonly clusterName: string;
  /** `edge` claims a public address, `media` mounts the spool volume, an inference tier mounts scratch space. */
  readonly tier: 'edge' | 'media' | 'stt' | 'llm' | 'tts';
  /** What the agent grants a stopping container that states no time of its own. */
  readonly stopTimeoutSeconds: number;
  /** Ports that the kernel must never hand out as ephemeral ones. */
  readonly reservedPorts: readonly PortRange[];
}

/**
 * User data of a node: plain text without secrets or tokens, below EC2's 16 KiB. It installs what runs at every boot and
 * runs it once; the ECS agent waits for it, and a node that cannot be made ready powers itself off.
 */
export function userData(boot: NodeBoot): string {
  return [
    '#!/bin/bash',
    'set -euo pipefail',
    // The pause keeps a broken image from being launched and thrown away many times an hour.
    "trap 'sleep 300; systemctl poweroff' ERR",
    install('/etc/ecs/ecs.config', '0644', ecsConfig(boot)),
    install('/etc/sysctl.d/90-voicecell.conf', '0644', sysctls(boot)),
    install('/etc/voicecell/node.env', '0644', nodeEnv(boot)),
    install('/usr/local/sbin/voicecell-node', '0755', compactShell(source('node.sh'))),
    ...(PROGRAMS[boot.tier] ?? []).map(program),
    ...(boot.tier === 'media' ? Object.entries(ADOPT_UNITS).map(([name, text]) => unit(name, text)) : []),
    unit('voicecell-node.service', NODE_UNIT),
    unit('ecs.service.d/10-voicecell.conf', AGENT_DROP_IN),
    'sysctl --quiet --load /etc/sysctl.d/90-voicecell.conf',
    'systemctl daemon-reload',
    'systemctl start voicecell-node.service',
    // Once the node's own spool is mounted, so that it is never taken for another's.
    ...(boot.tier === 'media' ? ['systemctl --quiet enable --now voicecell-adopt-spool.timer'] : []),
    '',
  ].join('\n');
}

/** What a tier runs beyond `node.sh`. */
const PROGRAMS: Partial<Record<NodeBoot['tier'], readonly string[]>> = {
  edge: ['ec2_api.py', 'claim-eip.py'],
  media: ['ec2_api.py', 'spool_decisions.py', 'adopt-spool.py'],
};

const PROGRAM_DIRECTORY = '/usr/local/libexec/voicecell';

const program = (file: string): string => install(`${PROGRAM_DIRECTORY}/${file}`, '0644', compactPython(source(file)));

const unit = (name: string, text: string): string => install(`/etc/systemd/system/${name}`, '0644', text);

const source = (file: string): string => readFileSync(join(__dirname, file), 'utf8');

/** The quoted delimiter keeps the shell from expanding anything in the text. */
const install = (path: string, mode: string, text: string): string =>
  `install -D -m ${mode} /dev/stdin ${path} <<'EOF'\n${text.trimEnd()}\nEOF`;

const isGpu = ({ tier }: NodeBoot): boolean => tier !== 'edge' && tier !== 'media';

function ecsConfig(boot: NodeBoot): string {
  const settings = {
    ECS_CLUSTER: boot.clusterName,
    ECS_ENABLE_TASK_IAM_ROLE: true,
    ECS_ENABLE_TASK_IAM_ROLE_NETWORK_HOST: true,
    // Logs are written with the execution role, so that the node's own role needs no rights to them.
    ECS_ENABLE_AWSLOGS_EXECUTIONROLE_OVERRIDE: true,
    ECS_AWSVPC_BLOCK_IMDS: true,
    ECS_DISABLE_PRIVILEGED: true,
    ECS_ENABLE_GPU_SUPPORT: isGpu(boot),
    ECS_ENABLE_SPOT_INSTANCE_DRAINING: false,
    ECS_CONTAINER_STOP_TIMEOUT: `${boot.stopTimeoutSeconds}s`,
    ECS_IMAGE_PULL_BEHAVIOR: 'once',
    ECS_RESERVED_MEMORY: AGENT_RESERVED_MIB,
    ECS_LOGLEVEL: 'warn',
  };
  return Object.entries(settings)
    .map(([name, value]) => `${name}=${value}`)
    .join('\n');
}

/** Twenty-five mebibytes of socket buffer hold what a burst of packets needs while a process is scheduled out. */
function sysctls({ reservedPorts }: NodeBoot): string {
  const reserved = reservedPorts.map(({ from, to }) => (from === to ? String(from) : `${from}-${to}`)).join(',');
  return [
    'net.core.rmem_max = 26214400',
    'net.core.wmem_max = 26214400',
    'net.core.rmem_default = 1048576',
    'net.core.wmem_default = 1048576',
    'net.core.netdev_max_backlog = 10000',
    ...(reserved === '' ? [] : [`net.ipv4.ip_local_reserved_ports = ${reserved}`]),
  ].join('\n');
}

function nodeEnv(boot: NodeBoot): string {
  const [uid, gid] = NODE.user.split(':');
  return [
    `DEPLOYMENT=${boot.deployment}`,
    `REGION=${boot.region}`,
    `CELL=${boot.cell}`,
    `TIER=${boot.tier}`,
    `OWNER_UID=${uid}`,
    `OWNER_GID=${gid}`,
    `RUN_DIRECTORY=${NODE.runDirectory}`,
    `SPOOL_DIRECTORY=${NODE.spoolDirectory}`,
    `ADOPTED_DIRECTORY=${NODE.adoptedDirectory}`,
    'SPOOL_VOLUME_FILE=/var/lib/voicecell/spool-volume',
    `SCRATCH_DIRECTORY=${NODE.scratchDirectory}`,
    `PUBLIC_ADDRESS_FILE=${NODE.publicAddressFile}`,
  ].join('\n');
}

const NODE_UNIT = `[Unit]
Description=Volumes and address of a voicecell node
Wants=network-online.target
After=network-online.target
Before=ecs.service
FailureAction=poweroff

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/local/sbin/voicecell-node
TimeoutStartSec=600`;

const AGENT_DROP_IN = `[Unit]
Requires=voicecell-node.service
After=voicecell-node.service`;

/** In the mount namespace of the host, or nobody else would see what it mounts: no sandboxing of file systems here. */
const ADOPT_UNITS = {
  'voicecell-adopt-spool.service': `[Unit]
Description=Spools of voicecell nodes that are gone
After=voicecell-node.service

[Service]
Type=oneshot
EnvironmentFile=/etc/voicecell/node.env
ExecStart=/usr/bin/python3 ${PROGRAM_DIRECTORY}/adopt-spool.py $DEPLOYMENT $CELL $REGION $SPOOL_DIRECTORY $ADOPTED_DIRECTORY
TimeoutStartSec=600`,
  'voicecell-adopt-spool.timer': `[Unit]
Description=Looks for them every minute

[Timer]
OnActiveSec=10
OnUnitInactiveSec=60
RandomizedDelaySec=20

[Install]
WantedBy=timers.target`,
};
