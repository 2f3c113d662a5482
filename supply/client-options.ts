/** Options that tests give to send requests of AWS clients elsewhere. */
export interface ClientOptions {
  readonly endpoint?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly maxAttempts?: number;
}
