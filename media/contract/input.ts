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
  /** Where new calls go when the region drains in an emergency, E.164. */
  readonly fallbackNumber: string;
  /** Name of the media service in the namespace. */
  readonly mediaService: string;
}

export interface MediaInput {
  readonly place: Place;
  readonly maxCallMinutes: number;
  readonly callsPerNode: number;
  readonly rtpPorts: PortRange;
  readonly numbers: readonly NumberFunction[];
  readonly queues: readonly Queue[];
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
    readonly recordingsBucket: string;
    readonly transcriptsBucket: string;
    readonly ledgerTable: string;
    readonly writerRoleArn: string;
  };
}

export interface NumberFunction {
  readonly number: string;
  readonly function: string;
  readonly persona: string;
  readonly language: string;
  readonly queue: string;
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
