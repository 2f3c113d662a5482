import type { Location } from '../../audit/posture';
import type { Resource, StackTemplate } from '../template-set';
import type { StackFile } from './assembly';
import { Creations } from './creation';
import { told } from './fault';
import { nestedIn } from './nesting';
import { isRead, type Template, type Templates } from './template';
import { expanded } from './transforms';

/** Makes stacks of templates, with those that are nested in them. */
export class StackBuilder {
  readonly stacks: StackTemplate[] = [];
  readonly limits = new Set<string>();
  /** Templates that were nested in another. */
  readonly nested = new Set<string>();
  private readonly templates: Templates;
  private readonly defaults: Pick<StackTemplate, 'region' | 'account' | 'parameters'>;
  private readonly used = new Map<string, Template>();
  private readonly origins = new Map<string, ReadonlyMap<string, string>>();
  private readonly notes = new Map<string, unknown>();
  private readonly creations: Creations;

  constructor(templates: Templates, defaults: Pick<StackTemplate, 'region' | 'account' | 'parameters'>) {
    this.templates = templates;
    this.defaults = defaults;
    this.creations = new Creations(templates.reader);
  }

  /** Templates that were judged, by path. */
  get files(): readonly { readonly path: string; readonly sha256: string }[] {
    return [...this.used.values()]
      .map(({ path, sha256 }) => ({ path, sha256 }))
      .toSorted((a, b) => (a.path < b.path ? -1 : 1));
  }

  add(template: Template, place: Omit<StackFile, 'file'>, parent?: StackTemplate['parent']): void {
    if (this.stacks.length >= MOST_STACKS)
      return void this.limits.add(`more than ${MOST_STACKS} stacks: the rest is not judged`);
    const { name, metadata, region = this.defaults.region, account = this.defaults.account } = place;
    const { parameters } = this.defaults;
    const stack = {
      name,
      templatePath: template.absolute,
      region,
      ...(account === undefined ? {} : { account }),
      ...(parameters && !parent ? { parameters } : {}),
      ...(parent ? { parent } : {}),
    };
    const { body, faults, limits, origins } = expanded(template, stack);
    for (const fault of faults) this.limits.add(told(template.path, fault));
    for (const limit of limits) this.limits.add(`${template.path}: ${limit}`);
    this.used.set(template.absolute, template);
    this.origins.set(name, origins);
    this.notes.set(name, metadata);
    const whole: StackTemplate = { ...stack, body };
    this.stacks.push(whole);
    this.addNested(template, whole, place);
  }

  locate(resource: Resource): Location | undefined {
    const { stack, logicalId } = resource;
    const notes = this.notes.get(stack.name);
    const made = notes === undefined ? undefined : this.creations.of(resource, notes);
    if (made) return made;
    const template = this.used.get(stack.templatePath);
    const key = this.origins.get(stack.name)?.get(logicalId) ?? logicalId;
    const line = template?.lines.get('Resources')?.get(key);
    return template && line !== undefined ? { file: template.path, line } : undefined;
  }

  private addNested(template: Template, stack: StackTemplate, place: Omit<StackFile, 'file'>): void {
    const unread = (id: string, why: string): unknown =>
      this.limits.add(`${template.path}: nested stack ${id} is not judged: ${why}`);
    for (const { logicalId, file } of nestedIn(stack.body.Resources ?? {}, template.absolute)) {
      if (file === undefined) unread(logicalId, 'its template is not on this machine');
      else if (ancestors(stack).includes(file)) unread(logicalId, 'it is nested in itself');
      else if (ancestors(stack).length > MOST_NESTED) unread(logicalId, 'it is nested too deep');
      else {
        const child = this.templates.read(file);
        if (!isRead(child))
          unread(logicalId, child.faults.map(({ got }) => `${this.templates.reader.named(file)} is ${got}`).join(', '));
        else {
          this.nested.add(file);
          this.add(child, { ...place, name: `${stack.name}/${logicalId}` }, { stack, logicalId });
        }
      }
    }
  }
}

const ancestors = ({ templatePath, parent }: StackTemplate): readonly string[] => [
  templatePath,
  ...(parent ? ancestors(parent.stack) : []),
];

const MOST_STACKS = 2000;

const MOST_NESTED = 20;
