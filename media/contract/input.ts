import type { Tool } from './functions';

/** Where a node stands; every container is told. */
export interface Place {
  readonly deployment: string;
  readonly region: string;
  /** AZ id. */
  readonly cell: string;
  /** ECS cluster of the cell. */
  readonly cluster: string;
  /** Private DNS namespace of the cell: a name in it resolves to this cell only. */
  readonly namespace: string;
}

/** Both ends included. */
export interface PortRange {
  readonly from: number;
  readonly to: number;
}

export interface Carrier {
  readonly name: string;
  readonly signallingCidrs: readonly string[];
  readonly mediaCidrs: readonly string[];
  readonly transport: 'tls' | 'tcp' | 'udp';
  readonly srtp: 'required' | 'none';
  /** Of the whole region, as is the rate: edge nodes share them. */
  readonly maxCalls: number;
  readonly maxCallsPerSecond: number;
  readonly failoverOrder: number;
}

export interface EdgeInput {
  readonly place: Place;
  readonly maxCallMinutes: number;
  readonly rtpPorts: PortRange;
  readonly sipHostname: string;
  readonly certificateSecretArn: string;
  readonly carriers: readonly Carrier[];
  /** Most edge nodes of the region at once. A node takes so small a share of a carrier until it knows how many there are. */
  readonly edgeNodes: number;
  /** Where new calls go when the region drains in an emergency, E.164. */
  readonly fallbackNumber: string;
  /** Name of the media service in the namespace. */
  readonly mediaService: string;
  /** What the proxy lets through, DNS names; with none there is no proxy. */
  readonly outsideHosts: readonly string[];
  /** Subnet of the cell's media nodes: nobody else may ask the proxy. */
  readonly mediaCidr: string;
}

export interface MediaInput {
  readonly place: Place;
  readonly maxCallMinutes: number;
  readonly callsPerNode: number;
  readonly rtpPorts: PortRange;
  readonly numbers: readonly NumberFunction[];
  readonly queues: readonly Queue[];
  /** Where bridged queues answer: what goes on in a call may come from there too. */
  readonly queueCidrs: readonly string[];
  /** Name in the namespace under which the proxies of the edge nodes are listed; absent where nothing may be asked outside. */
  readonly toolProxy?: string;
  /** Subnet of the cell's edge nodes: nobody else may call. */
  readonly edgeCidr: string;
  readonly fallbackNumber: string;
  readonly consent: { readonly mode: string; readonly onRefusal: string };
  readonly aiDisclosure: string;
  /** Callers pay by card: recording, transcription and the tap pause, and digits reach the payment tool alone. */
  readonly cardData?: { readonly pauseResume: boolean; readonly dtmfMask: boolean };
  /** Base URLs by the cell's private names, such as `http://stt.<namespace>:8000`. */
  readonly inference: { readonly stt: string; readonly llm: string; readonly tts: string };
  /** Served model names, as the engines list them. */
  readonly models: { readonly stt: string; readonly llm: string; readonly tts: string };
  readonly vault: {
    readonly recordings: VaultInput;
    readonly transcripts: VaultInput;
    readonly ledgerTable: string;
    /** Name of the secret with which callers' numbers are hashed. */
    readonly numberKeySecret: string;
    readonly writerRoleArn: string;
  };
}

export interface NumberFunction {
  readonly number: string;
  readonly function: string;
  readonly persona: string;
  readonly language: string;
  readonly queue: string;
  readonly greeting?: string;
  readonly voice?: string;
  readonly model?: string;
  readonly tools?: readonly Tool[];
  /** For people: no container is told. */
  readonly kpis?: readonly { readonly measure: string; readonly target: string }[];
}

/** A locked bucket, and what every object in it has to have. */
export interface VaultInput {
  readonly bucket: string;
  readonly days: number;
  readonly lockMode: 'GOVERNANCE' | 'COMPLIANCE';
  readonly clock: 'creation' | 'event';
}

/** Where humans take over, by the name that numbers use. */
export interface Queue {
  readonly name: string;
  readonly uri: string;
  /** Bridged, the recording goes on and the node stays with the call; referred, the carrier takes the call there. */
  readonly how: 'bridge' | 'refer';
}

/** Environment that every container gets. */
export const placeEnv = (place: Place): Record<string, string> => ({
  AWS_REGION: place.region,
  VOICECELL_DEPLOYMENT: place.deployment,
  VOICECELL_CELL: place.cell,
  VOICECELL_CLUSTER: place.cluster,
  VOICECELL_NAMESPACE: place.namespace,
});
