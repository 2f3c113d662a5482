/**
 * Families whose instances encrypt what they send each other in a VPC or in peered ones, unless a load balancer or transit
 * gateway stands between. Source: Amazon EC2 user guide, "Data protection", "Encryption in transit", in a rendering of 2026;
 * those in the catalogue agree with DescribeInstanceTypes. Graviton2 without an n (`m6g`, `c6g`, `g5g`) is not among them.
 */
const FAMILIES: ReadonlySet<string> = new Set(
  [
    'm5dn m5n m5zn m6a m6i m6id m6idn m6in m7a m7g m7gd m7i m7i-flex m8a m8azn m8g m8gb m8gd m8gn m8i m8id m8i-flex m8in',
    'm8idn m8ine m8ib m8idb m9g m9gd',
    'c5n c6a c6gn c6i c6id c6in c7a c7g c7gd c7gn c7i c7i-flex c8a c8g c8gb c8gd c8gn c8i c8id c8i-flex c8in c8ine c8ib c9g c9gd',
    'r5dn r5n r6a r6i r6id r6idn r6in r7a r7g r7gd r7i r7iz r8a r8g r8gb r8gd r8gn r8i r8id r8i-flex r8in r8idn r8ib r8idb',
    'x2idn x2iedn x2iezn x8g x8aedz x8i d3 d3en i3en i4g i4i i7i i7ie i8g i8ge im4gn is4gen',
    'dl1 dl2q f2 g4ad g4dn g5 g6 g6e g6f gr6 gr6f g7 g7e inf1 inf2 p3dn p4d p4de p5 p5e p5en p6-b200 p6-b300 p6e-gb200',
    'trn1 trn1n trn2 trn2u vt1 hpc6a hpc6id hpc7a hpc7g hpc8a',
  ].flatMap((line) => line.split(' ')),
);

export const encryptsInTransit = (instanceType: string): boolean => FAMILIES.has(instanceType.split('.', 1)[0] ?? '');

/** GPUs and accelerators, by their family's letters: what runs on them is inference, whoever forgot to say so. */
export const isAccelerated = (instanceType: string): boolean => /^(?:g|gr|p|inf|trn|dl)\d/.test(instanceType);
