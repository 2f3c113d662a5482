/** Whether what `fetch` threw says that nobody listens at the port. */
export const isRefused = (thrown: unknown): boolean =>
  (thrown as { readonly cause?: { readonly code?: string } }).cause?.code === 'ECONNREFUSED';
