import type { Mirrored } from './plan';

/** What a region's registry says of an image. */
export type Found =
  | { readonly state: 'there' }
  | { readonly state: 'absent' }
  | { readonly state: 'no repository' }
  /** The tag stands, for another image. */
  | { readonly state: 'taken'; readonly by: string };

/** Where the registry is, and a name and password for it in docker's form: base64 of `user:password`. */
export interface SignedIn {
  readonly registry: string;
  readonly auth: string;
}

/** The registry of an account in a region; Amazon ECR in production. Every method throws Unreadable with one line. */
export interface RegionRegistry {
  find(region: string, image: Pick<Mirrored, 'repository' | 'digest' | 'tag'>): Promise<Found>;
  signIn(region: string): Promise<SignedIn>;
}
