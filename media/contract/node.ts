/**
 * What a node prepares for its containers, whoever wrote them. A container that writes to one of the directories
 * must belong to the group.
 */
export const NODE = {
  /** `uid:gid` of the kit's containers and owner of the directories below. */
  user: '10001:10001',
  /** Memory-backed: public address, certificate, sockets. Lost at reboot, never on disk. */
  runDirectory: '/run/voicecell',
  /** Recordings on their way to the vault; on media nodes a volume that outlives the instance. */
  spoolDirectory: '/var/spool/voicecell',
  /** Media nodes: spools of nodes that are gone, each mounted on a folder of its own. */
  adoptedDirectory: '/var/spool/voicecell-adopted',
  /** Media nodes: is there while the spool has no room for another recording. The media server and the agent take no calls then. */
  noNewCallsFile: '/run/voicecell/no-new-calls',
  /** Media nodes: is there while the node is to go. The media server takes no calls then, and the agent says so to the edge. */
  leavingFile: '/run/voicecell/leaving',
  /** Inference nodes: weights and compile caches, on local NVMe where the instance has it. */
  scratchDirectory: '/opt/voicecell',
  /** Edge nodes: the claimed Elastic IP, one line. */
  publicAddressFile: '/run/voicecell/public-ipv4',
  /** Edge nodes: media nodes as the proxy reads them, written by the roster. */
  dispatcherList: '/run/voicecell/dispatcher.list',
  /** Media nodes: what an agent shows at the media server's door; of this boot. */
  serverSecretFile: '/run/voicecell/server-secret',
} as const;

/** Half a minute of failures is a dead container; being busy or draining is none. */
export const LIVENESS = { intervalSeconds: 10, timeoutSeconds: 5, retries: 3, startPeriodSeconds: 60 } as const;
