const LOCKED = { '@@operators_allowed_for_child_policies': ['@@none'] };

/** Opts out of all AI services, those to come included, and lets no policy further down opt in again. */
export const aiOptOut = {
  services: {
    ...LOCKED,
    default: { ...LOCKED, opt_out_policy: { ...LOCKED, '@@assign': 'optOut' } },
  },
} as const;
