import { z } from 'zod';

/** Text of a form; the words are the message of the reader and the title editors show. */
export const matching = (pattern: RegExp, words: string) => z.string().regex(pattern, words).meta({ title: words });

export const cidr = matching(/^(\d{1,3}\.){3}\d{1,3}\/\d{1,2}$/, 'an IPv4 CIDR such as 198.51.100.0/24');
export const arn = matching(
  /^arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:(\d{12})?:.+$/,
  'an ARN such as arn:aws:iam::111122223333:user/name',
);
export const e164 = matching(/^\+[1-9]\d{6,14}$/, 'an E.164 number such as +12025550123');
export const hostname = matching(
  /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/,
  'a lower-case DNS name such as sip.use1.example.com',
);
export const instanceType = matching(/^[a-z0-9-]+\.[a-z0-9-]+$/, 'an EC2 instance type such as c7i.2xlarge');
export const isoDate = z.iso.date();
export const count = z.int().positive();
