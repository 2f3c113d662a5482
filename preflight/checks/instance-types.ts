import { typesOf } from '../facts/wanted';
import { judge, ok, willFail, type Check, type Finding } from '../verdict';

type Offerings = ReadonlyMap<string, ReadonlySet<string>>;

/** The catalogue is a snapshot of another account; this is what the own one is offered. It says nothing of capacity. */
export const instanceTypesCheck: Check = {
  name: 'instance types',
  assess: ({ cells }, { region: { offerings } }) =>
    cells.map((cell) => {
      const types = typesOf(cell);
      const needed = `${types.join(', ')} in ${cell.azId}`;
      return judge(offerings, needed, (offered) => findingOf(cell.azId, types, offered, needed));
    }),
};

function findingOf(azId: string, types: readonly string[], offered: Offerings, needed: string): Finding {
  const lacking = (zone: string): string[] => types.filter((type) => !offered.get(zone)?.has(type));
  if (lacking(azId).length === 0) return ok(`all offered in ${azId}`, needed);
  const whole = [...offered.keys()].filter((zone) => lacking(zone).length === 0).toSorted();
  const elsewhere = whole.length > 0 ? `plan the cell in ${whole.join(' or ')}` : 'no AZ of the region offers them all';
  return willFail(
    `${azId} offers no ${lacking(azId).join(', ')}`,
    needed,
    `${elsewhere}, or choose other types: \`voicecell regions --gpu TYPE\``,
  );
}
