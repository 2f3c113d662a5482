import { type Answer, FakeNodeAws, error, xml } from './fake-node-aws';

export interface Volume {
  readonly id: string;
  /** @default an hour */
  readonly ageSeconds?: number;
  /** @default the spool's tags */
  readonly tags: Record<string, string>;
  holder?: string | undefined;
  device?: string;
  /** `attached` and `detached` are reached one look after they were asked for, as EC2 has it. */
  attachment?: 'attaching' | 'attached' | 'detaching';
}

/** Where the disk of an attached volume comes and goes. */
export interface Slots {
  plug(volume: string): void;
  unplug(volume: string): void;
}

/** AWS as the media nodes of one cell see it. The caller is an instance. */
export class FakeVolumes extends FakeNodeAws {
  readonly volumes = new Map<string, Volume>();
  readonly slots = new Map<string, Slots>();
  /** What was asked of it, but for looks. */
  readonly asked: string[] = [];
  /** Codes with which it refuses an action, for as long as they are there. */
  readonly refusals: Record<string, string> = {};
  beforeAttach: ((volume: string) => void) | undefined;
  lifecycleState = 'InService';

  static start(): Promise<FakeVolumes> {
    return new FakeVolumes().listen();
  }

  add(id: string, overrides: Partial<Volume> = {}): void {
    const tags = { 'voicecell:spool': 'use1-az4' };
    this.volumes.set(id, { id, tags, ...overrides });
  }

  protected metadata(instance: string): Readonly<Record<string, string>> {
    return { 'instance-id': instance, 'autoscaling/target-lifecycle-state': this.lifecycleState };
  }

  protected act(action: string, parameters: URLSearchParams): Answer {
    if (action === 'DescribeVolumes') return this.describe();
    const id = parameters.get('VolumeId') ?? parameters.get('ResourceId.1') ?? '';
    this.asked.push(`${action} ${id}`);
    if (action === 'AttachVolume') this.beforeAttach?.(id);
    const volume = this.volumes.get(id);
    const refusal = volume ? (this.refusals[action] ?? this.refusalOf(action, volume)) : 'InvalidVolume.NotFound';
    if (!volume || refusal) return error(refusal ?? '');
    this.change(action, volume, parameters);
    return xml(`${action}Response`, '<return>true</return>');
  }

  private refusalOf(action: string, { holder }: Volume): string | undefined {
    return holder !== undefined && (action === 'AttachVolume' || action === 'DeleteVolume') ? 'VolumeInUse' : undefined;
  }

  private change(action: string, volume: Volume, parameters: URLSearchParams): void {
    if (action === 'AttachVolume')
      Object.assign(volume, {
        holder: parameters.get('InstanceId'),
        device: parameters.get('Device'),
        attachment: 'attaching',
      });
    if (action === 'DetachVolume') volume.attachment = 'detaching';
    if (action === 'DeleteVolume') this.volumes.delete(volume.id);
    if (action === 'CreateTags') volume.tags[parameters.get('Tag.1.Key') ?? ''] = parameters.get('Tag.1.Value') ?? '';
  }

  private describe(): Answer {
    const answer = xml(
      'DescribeVolumesResponse',
      `<volumeSet>${[...this.volumes.values()].map(item).join('')}</volumeSet>`,
    );
    for (const volume of this.volumes.values()) this.goOn(volume);
    return answer;
  }

  private goOn(volume: Volume): void {
    const slots = this.slots.get(volume.holder ?? '');
    if (volume.attachment === 'attaching') {
      volume.attachment = 'attached';
      slots?.plug(volume.id);
    } else if (volume.attachment === 'detaching') {
      slots?.unplug(volume.id);
      delete volume.holder;
      delete volume.attachment;
    }
  }
}

function item({ id, ageSeconds = 3600, tags, holder, device = '', attachment = 'attached' }: Volume): string {
  const held = `<instanceId>${holder}</instanceId><device>${device}</device><status>${attachment}</status>`;
  const tagSet = Object.entries(tags).map(([key, value]) => `<item><key>${key}</key><value>${value}</value></item>`);
  return [
    `<item><volumeId>${id}</volumeId><status>${holder === undefined ? 'available' : 'in-use'}</status>`,
    `<createTime>${new Date(Date.now() - ageSeconds * 1000).toISOString()}</createTime>`,
    `<attachmentSet>${holder === undefined ? '' : `<item>${held}</item>`}</attachmentSet>`,
    `<tagSet>${tagSet.join('')}</tagSet></item>`,
  ].join('');
}
