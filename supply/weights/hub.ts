/** A file of a model repository at one commit. */
export interface HubFile {
  readonly path: string;
  readonly bytes: number;
  /** What the hub says its content is: the SHA-256 of a large file, git's own blob id of a small one. */
  readonly identity: { readonly kind: 'sha256' | 'git'; readonly hex: string };
}

/** One commit of a model repository. */
export interface Revision {
  readonly repository: string;
  readonly revision: string;
}

/** Where models come from; Hugging Face's hub or a mirror of it in production. Methods throw Unreadable with one line. */
export interface ModelHub {
  list(model: Revision): Promise<readonly HubFile[]>;
  open(model: Revision, path: string): Promise<AsyncIterable<Uint8Array>>;
}
