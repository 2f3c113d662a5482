import { isAlias, isMap, isScalar, isSeq, type YAMLMap } from 'yaml';
import { isRecord } from '../template-set';
import { ofFile, Refused, repeated, type Fault } from './fault';
import type { Lines } from './parse';
import { spelledOut } from './short-forms';

interface Anchored {
  readonly value: unknown;
  /** Values in it. */
  readonly size: number;
}

/** YAML's nodes as plain JSON. What an alias stands for is made once; how much all of it would be is counted. */
export class YamlValues {
  private readonly lineAt: (offset: number) => number;
  private readonly anchors = new Map<string, Anchored | undefined>();
  private size = 0;

  constructor(lineAt: (offset: number) => number) {
    this.lineAt = lineAt;
  }

  of(node: unknown): unknown {
    if (isAlias(node)) return this.aliased(node.source, node.range?.[0]);
    this.grow(1, node);
    const anchor = isMap(node) || isSeq(node) || isScalar(node) ? node.anchor : undefined;
    if (anchor === undefined) return this.plain(node);
    const before = this.size;
    this.anchors.set(anchor, undefined);
    const value = this.plain(node);
    this.anchors.set(anchor, { value, size: this.size - before });
    return value;
  }

  /** Where the keys of the sections stand. */
  lines(root: unknown): Lines {
    const sections = isMap(root) ? root.items : [];
    return new Map(
      sections.flatMap(({ key, value }) =>
        isMap(value)
          ? [[this.keyText(key), new Map(value.items.map((pair) => [this.keyText(pair.key), this.lineOf(pair.key)]))]]
          : [],
      ),
    );
  }

  private plain(node: unknown): unknown {
    if (isMap(node)) return spelledOut(node.tag, this.block(node));
    if (isSeq(node))
      return spelledOut(
        node.tag,
        node.items.map((item) => this.of(item)),
      );
    return isScalar(node) ? spelledOut(node.tag, ONE_LETTER.has(node.source ?? '') ? node.source : node.value) : null;
  }

  private block(map: YAMLMap): Readonly<Record<string, unknown>> {
    const own = new Map<string, unknown>();
    const merged = new Map<string, unknown>();
    for (const { key, value } of map.items) {
      const name = this.keyText(key);
      if (isScalar(key) && typeof key.value === 'symbol') this.merge(merged, this.of(value), key);
      else if (own.has(name)) this.refuse(repeated(this.lineOf(key), name));
      else own.set(name, this.of(value));
    }
    return Object.fromEntries([...merged, ...own]);
  }

  /** The first of several blocks wins. */
  private merge(merged: Map<string, unknown>, value: unknown, key: unknown): void {
    for (const source of Array.isArray(value) ? value : [value]) {
      if (!isRecord(source)) this.refuse(this.fault(key, 'a merge of what is no block', 'it to << and *anchor'));
      for (const [name, item] of Object.entries(source)) if (!merged.has(name)) merged.set(name, item);
    }
  }

  private aliased(anchor: string, offset = 0): unknown {
    const found = this.anchors.get(anchor);
    const at = { range: [offset] };
    if (!found) {
      const isOpen = this.anchors.has(anchor);
      this.refuse(this.fault(at, isOpen ? 'an alias within its own anchor' : 'an alias without anchor', 'the alias'));
    }
    this.grow(found.size + 1, at);
    return found.value;
  }

  private grow(by: number, node: unknown): void {
    this.size += by;
    if (this.size > MOST_VALUES)
      this.refuse(this.fault(node, `more than ${MOST_VALUES} values`, 'it to fewer aliases'));
  }

  private keyText(key: unknown): string {
    if (isAlias(key)) return String(this.aliased(key.source, key.range?.[0]));
    if (!isScalar(key)) return key === null ? '' : this.refuse(this.fault(key, 'a key that is no text', 'the key'));
    if (key.anchor !== undefined) this.anchors.set(key.anchor, { value: key.value, size: 1 });
    return typeof key.value === 'string' ? key.value : (key.source ?? String(key.value));
  }

  private lineOf(node: unknown): number {
    const range: unknown = typeof node === 'object' && node !== null && 'range' in node ? node.range : undefined;
    return this.lineAt(Array.isArray(range) ? Number(range[0]) : 0);
  }

  private fault(node: unknown, got: string, change: string): Fault {
    return { ...ofFile(got, 'YAML as CloudFormation reads it', change), line: this.lineOf(node) };
  }

  private refuse(fault: Fault): never {
    throw new Refused(fault);
  }
}

/** YAML 1.1 has them for truths, what reads templates takes them for texts: `AttributeType: N`. */
const ONE_LETTER: ReadonlySet<string> = new Set(['y', 'Y', 'n', 'N']);

/** A template of 1 MB has some 100,000. */
const MOST_VALUES = 1_000_000;
