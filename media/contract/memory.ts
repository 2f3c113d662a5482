/** What the ECS agent keeps back from tasks on every node, in MiB. */
export const AGENT_RESERVED_MIB = 512;

/** Hard memory limits of the kit's own containers, in MiB; the config reader checks that a node has room for them. */
export const MEMORY_MIB = {
  edge: { kamailio: 768, rtpengine: 1024, roster: 384, proxy: 256 },
  media: { server: 2048, agent: 4096, recorder: 1024, lifecycle: 160 },
} as const;
