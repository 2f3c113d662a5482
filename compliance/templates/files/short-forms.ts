/** A value under a tag as JSON writes it: `!GetAtt Vault.Arn` is `{ 'Fn::GetAtt': ['Vault', 'Arn'] }`. */
export function spelledOut(tag: string | undefined, value: unknown): unknown {
  if (tag === undefined || !/^![A-Za-z]/.test(tag)) return value;
  const name = tag.slice(1);
  if (name === 'Ref' || name === 'Condition') return { [name]: value };
  return { [`Fn::${name}`]: name === 'GetAtt' && typeof value === 'string' ? parted(value) : value };
}

/** An attribute may have dots itself, a logical id has none. */
function parted(text: string): readonly string[] {
  const dot = text.indexOf('.');
  return dot < 0 ? [text] : [text.slice(0, dot), text.slice(dot + 1)];
}
