import { json, refused, type Said } from './http';

type Input = Readonly<Record<string, unknown>>;
type Attributes = Readonly<Record<string, string>>;

/** Instances of Cloud Map's services: who registers is there until somebody deregisters it. */
export class CloudMap {
  private readonly services = new Map<string, Map<string, Attributes>>();

  enter(service: string, id: string, attributes: Attributes): void {
    this.of(service).set(id, attributes);
  }

  leave(service: string, id: string): boolean {
    return this.of(service).delete(id);
  }

  instances(service: string): ReadonlyMap<string, Attributes> {
    return this.of(service);
  }

  answer(action: string, input: Input): Said {
    const [service, id] = [String(input['ServiceId']), String(input['InstanceId'])];
    if (action === 'RegisterInstance') {
      this.enter(service, id, input['Attributes'] as Attributes);
      return json({ OperationId: id });
    }
    if (action === 'DeregisterInstance')
      return this.leave(service, id) ? json({ OperationId: id }) : refused('InstanceNotFound', id);
    if (action === 'ListInstances')
      return json({ Instances: [...this.of(service)].map(([Id, given]) => ({ Id, Attributes: given })) });
    return refused('InvalidInput', `nobody answers ${action}`);
  }

  private of(service: string): Map<string, Attributes> {
    const known = this.services.get(service) ?? new Map<string, Attributes>();
    this.services.set(service, known);
    return known;
  }
}
